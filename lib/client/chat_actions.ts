import {
  type BranchMessage,
  type Chat,
  type ChatExport,
  FreshetError,
  type UpdateChatBody,
} from "../shared/mod.ts";
import type { Translate } from "../shared/texts/mod.ts";
import type { ChatApi } from "./chat_api.ts";
import type { ChatListModel } from "./chat_list.ts";
import type { ChatModel } from "./chat_model.ts";
import type { Toasts } from "./toasts.ts";

/** Changes the address without a reload. */
export type Navigate = (path: string) => void;

/** What `ChatActions` needs. */
export interface ChatActionsOptions {
  api: ChatApi;
  model: ChatModel;
  chats: ChatListModel;
  toasts: Toasts;
  t: Translate;
  navigate: Navigate;
  /** Lists a chat where it belongs now. */
  show(chat: Chat): void;
  /** Leaves the open chat for a new one. */
  leave(): void;
}

/** What can be done to chats and messages; failures are told in a toast, deletions can be undone there. */
export class ChatActions {
  readonly #options: ChatActionsOptions;

  constructor(options: ChatActionsOptions) {
    this.#options = options;
  }

  rename(chat: Chat, title: string): Promise<void> {
    const wanted = title.trim();
    if (wanted === "" || wanted === chat.title) return Promise.resolve();
    return this.update(chat, { title: wanted });
  }

  togglePin(chat: Chat): Promise<void> {
    return this.update(chat, { pinned: !chat.pinned });
  }

  delete(chat: Chat): Promise<void> {
    const { api, model, toasts, show, t } = this.#options;
    return this.try(async () => {
      await api.deleteChat(chat.id);
      show({ ...chat, deletedAt: chat.updatedAt });
      if (model.chat.peek()?.id === chat.id) this.#options.leave();
      toasts.show({
        kind: "info",
        message: t("chats.deleted", { title: chat.title || t("chats.untitled") }),
        action: { label: t("undo"), run: () => this.#restore(chat) },
      });
    });
  }

  importFile(file: File): Promise<void> {
    const { api, t, navigate } = this.#options;
    return this.try(async () => {
      const chat = await api.importChat(parseExport(await file.text(), t("chats.importInvalid")));
      navigate(`/chat/${chat.id}`);
    });
  }

  /** Goes to another version of a message: an edit or a regeneration. */
  select(messageId: string): Promise<void> {
    const { api, model } = this.#options;
    return this.#onOpenChat(async (chatId) => model.showPage(await api.selectMessage(chatId, messageId)));
  }

  /** Deletes a message with all that follows it. */
  deleteMessage(message: BranchMessage): Promise<void> {
    const { api, model, toasts, t } = this.#options;
    return this.#onOpenChat(async (chatId) => {
      await api.deleteMessage(chatId, message.id);
      await model.reload();
      toasts.show({
        kind: "info",
        message: t("message.deleted"),
        action: {
          label: t("undo"),
          run: () =>
            this.try(async () => {
              await api.restoreMessage(chatId, message.id);
              await model.reload();
            }),
        },
      });
    });
  }

  /** Loads earlier pages until a message is there; false where it is not on the active branch. */
  async seek(messageId: string): Promise<boolean> {
    const { model } = this.#options;
    const isThere = () => model.branch.peek().messages.some((message) => message.id === messageId);
    while (!isThere()) {
      if (!await model.loadEarlier(SEEK_PAGE)) return false;
    }
    return true;
  }

  /** Runs something that may fail, and tells how it did. */
  async try(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      this.#options.toasts.error(error);
    }
  }

  #onOpenChat(action: (chatId: string) => Promise<void>): Promise<void> {
    const id = this.#options.model.chat.peek()?.id;
    return id === undefined ? Promise.resolve() : this.try(() => action(id));
  }

  /** Changes a chat, here at once. */
  update(chat: Chat, changes: UpdateChatBody): Promise<void> {
    const { chats, model, show } = this.#options;
    return this.try(async () => {
      const updated = await chats.update(chat, changes, show);
      if (model.chat.peek()?.id === updated.id) model.chat.value = updated;
    });
  }

  #restore(chat: Chat): Promise<void> {
    const { api, show } = this.#options;
    return this.try(async () => show(await api.restoreChat(chat.id)));
  }
}

/** Messages in a page while a far one is looked for. */
const SEEK_PAGE = 200;

function parseExport(text: string, message: string): ChatExport {
  try {
    return JSON.parse(text) as ChatExport;
  } catch (error) {
    throw new FreshetError("invalid_request", message, { cause: error });
  }
}
