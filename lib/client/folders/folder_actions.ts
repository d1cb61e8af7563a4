import {
  type Chat,
  type ChatFolder,
  type ChatTag,
  type CreateFolderBody,
  FreshetError,
  newId,
  type UpdateChatBody,
  type UpdateFolderBody,
} from "../../shared/mod.ts";
import type { PageModel } from "../page_model.ts";

const FOLDERS = "/api/chat/folders";
const TAGS = "/api/chat/tags";

/** Makes a folder, and puts a chat into it where one is given. */
export function createFolder(model: PageModel, body: CreateFolderBody, chat?: Chat): Promise<void> {
  const headers = { "idempotency-key": newId(model.clock.now()) };
  return model.actions.try(async () => {
    const folder = await model.api.client.post<ChatFolder>(FOLDERS, body, { headers });
    show(model, folder);
    if (chat) await moveChat(model, chat, folder.id);
  });
}

/** Renames, colours, folds or moves a folder, here at once. */
export function updateFolder(model: PageModel, folder: ChatFolder, changes: UpdateFolderBody): Promise<void> {
  const before = model.folders.peek();
  const { before: next, ...fields } = changes;
  const { parentId, ...rest } = { ...folder, ...fields };
  show(model, { ...rest, ...(parentId ? { parentId } : {}) });
  if (next !== undefined) model.folders.value = placed(model.folders.peek(), folder.id, next);
  return model.actions.try(async () => {
    try {
      await model.api.client.patch<ChatFolder>(`${FOLDERS}/${folder.id}`, changes);
    } catch (error) {
      model.folders.value = before;
      throw error;
    }
  });
}

/** Deletes a folder; a toast offers to bring it back. */
export function deleteFolder(model: PageModel, folder: ChatFolder): Promise<void> {
  const { api, actions, toasts, search, t } = model;
  const path = `${FOLDERS}/${folder.id}`;
  return actions.try(async () => {
    await api.client.delete(path);
    if (search.filter.peek()?.folder === folder.id) search.choose({});
    model.folders.value = model.folders.peek().filter(({ id }) => id !== folder.id);
    toasts.show({
      kind: "info",
      message: t("folders.deleted", { name: folder.name }),
      action: {
        label: t("undo"),
        run: () =>
          void actions.try(async () => show(model, await api.client.post<ChatFolder>(`${path}/restore`))),
      },
    });
  });
}

/** Puts a chat into a folder, or out of any for null; a toast says so and offers to undo it. */
export function moveChat(model: PageModel, chat: Chat, folderId: string | null): Promise<void> {
  const { actions, toasts, t } = model;
  const before = chat.folderId ?? null;
  if (before === folderId) return Promise.resolve();
  const name = model.folders.peek().find(({ id }) => id === folderId)?.name;
  return actions.try(async () => {
    const moved = await place(model, chat, { folderId });
    toasts.show({
      kind: "info",
      message: name === undefined ? t("folders.movedOut") : t("folders.moved", { name }),
      action: {
        label: t("undo"),
        run: () => void actions.try(() => moveBack(model, moved, before)),
      },
    });
  });
}

/** Undoes a move, but not what others have moved since: the chat stays there then, and is shown there. */
async function moveBack(model: PageModel, chat: Chat, folderId: string | null): Promise<void> {
  try {
    await place(model, chat, { folderId, fromFolderId: chat.folderId ?? null });
  } catch (error) {
    if (error instanceof FreshetError && error.code === "conflict") {
      model.showChat(await model.api.chat(chat.id));
    }
    throw error;
  }
}

async function place(model: PageModel, chat: Chat, changes: UpdateChatBody): Promise<Chat> {
  const moved = await model.chats.update(chat, changes, (shown) => model.showChat(shown));
  if (model.chat.chat.peek()?.id === moved.id) model.chat.chat.value = moved;
  return moved;
}

/** The folder that a folder changes places with when it moves by one among those beside it; undefined at the end. */
export function neighbour(
  folders: readonly ChatFolder[],
  folder: ChatFolder,
  step: -1 | 1,
): ChatFolder | undefined {
  const beside = folders.filter(({ parentId }) => parentId === folder.parentId);
  return beside[beside.findIndex(({ id }) => id === folder.id) + step];
}

/** Moves a folder by one among those beside it. */
export function stepFolder(model: PageModel, folder: ChatFolder, step: -1 | 1): Promise<void> {
  const folders = model.folders.peek();
  const other = neighbour(folders, folder, step);
  if (!other) return Promise.resolve();
  const after = step === 1 ? neighbour(folders, other, 1)?.id ?? null : other.id;
  return updateFolder(model, folder, { before: after });
}

/** The tag of a name, made where there is none; null where the server refuses it. */
export async function findTag(model: PageModel, name: string): Promise<ChatTag | null> {
  let found: ChatTag | null = null;
  await model.actions.try(async () => {
    const tag = await model.api.client.post<ChatTag>(TAGS, { name });
    model.tags.value = sorted([...model.tags.peek().filter(({ id }) => id !== tag.id), tag]);
    found = tag;
  });
  return found;
}

/** Gives a tag another name everywhere. */
export function renameTag(model: PageModel, tag: ChatTag, name: string): Promise<void> {
  return model.actions.try(async () => {
    const renamed = await model.api.client.patch<ChatTag>(`${TAGS}/${tag.id}`, { name });
    model.tags.value = sorted(model.tags.peek().map((each) => each.id === tag.id ? renamed : each));
  });
}

/** Deletes a tag everywhere. */
export function deleteTag(model: PageModel, tag: ChatTag): Promise<void> {
  return model.actions.try(async () => {
    await model.api.client.delete(`${TAGS}/${tag.id}`);
    if (model.search.filter.peek()?.tag === tag.id) model.search.choose({});
    model.tags.value = model.tags.peek().filter(({ id }) => id !== tag.id);
  });
}

function show(model: PageModel, folder: ChatFolder): void {
  const all = model.folders.peek();
  const isKnown = all.some(({ id }) => id === folder.id);
  model.folders.value = isKnown ? all.map((each) => each.id === folder.id ? folder : each) : [...all, folder];
}

function placed(folders: readonly ChatFolder[], id: string, next: string | null): ChatFolder[] {
  const others = folders.filter((folder) => folder.id !== id);
  const at = next === null ? others.length : others.findIndex((folder) => folder.id === next);
  return [...others.slice(0, at), ...folders.filter((folder) => folder.id === id), ...others.slice(at)];
}

function sorted(tags: ChatTag[]): ChatTag[] {
  return tags.sort((a, b) => a.name.localeCompare(b.name));
}
