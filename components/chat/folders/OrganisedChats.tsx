import { folderLists } from "../../../lib/client/folders/folder_lists.ts";
import { usePage } from "../context.ts";
import { ChosenChats } from "./ChosenChats.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { FolderTree } from "./FolderTree.tsx";

/** The choice of a tag, and the folders; or the chats of what was chosen. */
export function OrganisedChats() {
  const model = usePage();
  const { search, folders } = model;
  const lists = folderLists(model);
  const isSearching = search.query.value.trim() !== "";
  const chosen = lists.filtered.value;
  return (
    <>
      <FilterBar />
      {!isSearching && (chosen ? <ChosenChats {...chosen} /> : folders.value.length > 0 && <FolderTree />)}
    </>
  );
}
