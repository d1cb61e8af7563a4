import { type FilesPageData, PAGE_SIZE } from "../../../components/files/page_data.ts";
import type { State } from "../../../lib/app/mod.ts";
import { type FileFolder, FreshetError } from "../../../lib/shared/mod.ts";
import { joinFilePath } from "../../../lib/shared/files/mod.ts";

/** What the page is rendered from; where a folder cannot be read, it says why. */
export async function pageData(
  { services, principal }: State,
  query: URLSearchParams,
  add: FilesPageData["add"] = { path: "", problem: null },
): Promise<FilesPageData> {
  const { files, config } = services;
  const data: FilesPageData = {
    folders: [],
    shown: null,
    preview: null,
    trash: null,
    add,
    problem: null,
    canManage: principal.type === "person" && principal.scopes.has("admin"),
    canChat: config.features.attachments && principal.scopes.has("chat"),
  };
  try {
    const folders = data.folders = await files.folders.list(principal);
    if (query.has("trash")) return { ...data, trash: await files.trash.list(principal) };
    const folder = chosenFolder(folders, query.get("folder"));
    if (!folder) return data;
    const { path, entries, total } = await files.list(principal, folder.id, query.get("path") ?? "");
    const from = firstOf(query.get("from"), entries.length);
    const shown = { folderId: folder.id, path, entries: entries.slice(from, from + PAGE_SIZE), total, from };
    const name = query.get("show");
    if (name === null) return { ...data, shown };
    const options = { documents: query.has("text") };
    const preview = await files.preview(principal, folder.id, joinFilePath(path, name), options);
    return { ...data, shown, preview };
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    return { ...data, problem: error.toBody() };
  }
}

/** The one that is asked for, or else the first that is there. Throws `not_found` for one that is not in the list. */
function chosenFolder(folders: readonly FileFolder[], id: string | null): FileFolder | undefined {
  if (id === null) return folders.find(({ isThere }) => isThere);
  const folder = folders.find((each) => each.id === id);
  if (folder) return folder;
  throw new FreshetError("not_found", "There is no such folder in the list");
}

function firstOf(text: string | null, count: number): number {
  const from = Number(text ?? 0);
  return Number.isSafeInteger(from) && from > 0 && from < count ? from - from % PAGE_SIZE : 0;
}
