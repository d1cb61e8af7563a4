import type { Signal } from "@preact/signals";
import { type Chat, type ChatFolder, type ChatTag, FreshetError, type ProfileEvent } from "../shared/mod.ts";
import type { Translate } from "../shared/texts/mod.ts";
import type { ChatApi } from "./chat_api.ts";
import type { ChatListModel } from "./chat_list.ts";
import type { ChatModel } from "./chat_model.ts";
import type { FileList } from "./file_list.ts";
import type { ModelCatalogue } from "./model_catalogue.ts";
import type { RunSettings } from "./run_settings.ts";
import type { Toasts } from "./toasts.ts";
import type { Turns } from "./turns.ts";
import type { UiSettingsModel } from "./ui_settings.ts";

/** Lists of chats beside the one of the page, which hear of what changes; their code is loaded when there are folders or tags. */
export interface OtherLists {
  put(chat: Chat): void;
  remove(chatId: string): void;
  reload(): Promise<unknown>;
}

/** The parts of a page that something may have happened to elsewhere. */
export interface NewsParts {
  readonly t: Translate;
  readonly api: ChatApi;
  readonly toasts: Toasts;
  readonly settings: UiSettingsModel;
  readonly models: ModelCatalogue;
  readonly chats: ChatListModel;
  readonly chat: ChatModel;
  readonly runSettings: RunSettings;
  readonly turns: Turns;
  readonly files: FileList;
  readonly folders: Signal<readonly ChatFolder[]>;
  readonly tags: Signal<readonly ChatTag[]>;
  readonly otherLists: OtherLists | undefined;
  showChat(chat: Chat): void;
  newChat(): void;
}

/** Brings what happens elsewhere into the page: in other tabs, by other clients, and while its connection was lost. */
export class PageNews {
  readonly #page: NewsParts;

  constructor(page: NewsParts) {
    this.#page = page;
  }

  /** Takes what happened elsewhere. */
  receive(event: ProfileEvent): void {
    const page = this.#page;
    const open = page.chat.chat.peek();
    switch (event.type) {
      case "folders:changed":
        quietly(this.#reloadFolders(event.moved));
        break;
      case "tags:changed":
        quietly(this.#reloadTags());
        break;
      case "chat:changed":
        page.showChat(event.chat);
        if (open?.id === event.chat.id) {
          page.chat.chat.value = event.chat;
          page.runSettings.receive(event.chat);
        }
        break;
      case "chat:deleted":
        page.chats.remove(event.chatId);
        page.otherLists?.remove(event.chatId);
        if (open?.id === event.chatId) page.newChat();
        break;
      case "messages:changed":
        page.turns.hear(event);
        break;
      case "nodes:changed":
        quietly(page.models.reload());
        break;
      case "settings:changed":
        page.settings.receive(event.settings);
        break;
      case "system:alert":
        page.toasts.alert(event.alert, page.t);
    }
  }

  /** Fetches again what events may have changed while we did not hear them. */
  catchUp(): void {
    const { chat, models, files, turns } = this.#page;
    quietly(Promise.all([chat.reload(), this.#reloadFolders(true), this.#reloadTags(), models.reload()]));
    if (files.waiting) quietly(files.retry().then(() => turns.setProblem(null)));
  }

  /** Lists begin anew only where chats have moved: somebody may have come far down in one. */
  async #reloadFolders(moved = false): Promise<void> {
    const { api, chats, otherLists } = this.#page;
    const lists = moved ? [chats.reload(), otherLists?.reload()] : [];
    const [folders] = await Promise.all([api.folders(), ...lists]);
    this.#page.folders.value = folders;
  }

  async #reloadTags(): Promise<void> {
    this.#page.tags.value = await this.#page.api.tags();
  }
}

/** What only refreshes may fail: the connection's own banner says that the server is away. */
function quietly(work: Promise<unknown>): void {
  work.catch((error) => {
    if (!(error instanceof FreshetError)) reportError(error);
  });
}
