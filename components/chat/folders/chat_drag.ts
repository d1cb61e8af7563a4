import { moveChat } from "../../../lib/client/folders/folder_actions.ts";
import type { PageModel } from "../../../lib/client/page_model.ts";
import type { Chat } from "../../../lib/shared/mod.ts";

/** What a folder that is dragged is called. */
const FOLDER_TYPE = "application/x-freshet-folder";

/** Whether what is dragged may be a chat: the browser drags links by itself, and only a drop tells where they lead. */
export function isChatDrag({ dataTransfer }: DragEvent): boolean {
  const types = dataTransfer?.types ?? [];
  return types.includes("text/uri-list") && !types.includes(FOLDER_TYPE);
}

/** Moves the chat whose link was dropped into a folder, or out of any for null; another link does nothing. */
export function dropChat(model: PageModel, { dataTransfer }: DragEvent, folderId: string | null): void {
  const [line = ""] = (dataTransfer?.getData("text/uri-list") ?? "").split(/\r?\n/);
  const url = URL.canParse(line) ? new URL(line) : null;
  const id = url?.origin === location.origin ? /^\/chat\/([0-9a-z]{26})$/.exec(url.pathname)?.[1] : undefined;
  if (id === undefined) return;
  model.actions.try(async () => {
    await moveChat(model, await model.api.client.get<Chat>(`/api/chat/sessions/${id}`), folderId);
  }).catch(reportError);
}

/** Begins to drag a folder. */
export function dragFolder({ dataTransfer }: DragEvent, id: string): void {
  dataTransfer?.setData(FOLDER_TYPE, id);
}

/** Whether a folder is dragged. */
export function isFolderDrag({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes(FOLDER_TYPE) ?? false;
}

/** The id of the folder that was dropped. */
export function draggedFolder({ dataTransfer }: DragEvent): string {
  return dataTransfer?.getData(FOLDER_TYPE) ?? "";
}
