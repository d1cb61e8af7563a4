import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FilesPageModel } from "../../lib/client/files/files_page_model.ts";
import type { FolderModel } from "../../lib/client/files/folder_model.ts";

export const FilesContext = createContext<FilesPageModel | null>(null);

/** The model of the page of files. Throws outside of a `FilesScope`. */
export function useFiles(): FilesPageModel {
  const model = useContext(FilesContext);
  if (!model) throw new Error("Cannot use the page's files outside of a FilesScope");
  return model;
}

/** The same where a folder is shown. Throws where none is. */
export function useFolder(): FilesPageModel & { folder: FolderModel } {
  const model = useFiles();
  if (!model.folder) throw new Error("Cannot use the folder: none is shown");
  return model as FilesPageModel & { folder: FolderModel };
}
