import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type Chat,
  type ChatFolder,
  type ChatPageData,
  type ChatTag,
  FreshetError,
  type ModelEntry,
} from "../shared/mod.ts";
import { type Texts, type Translate, translateWith } from "../shared/texts/mod.ts";
import { ChatActions } from "./chat_actions.ts";
import { ChatApi } from "./chat_api.ts";
import { ChatListModel } from "./chat_list.ts";
import { ChatModel } from "./chat_model.ts";
import { browserStorage } from "./browser_storage.ts";
import { ChatSearch } from "./chat_search.ts";
import { browserClock, type Clock } from "./clock.ts";
import { Composer } from "./composer.ts";
import { Drafts } from "./drafts.ts";
import { FileList } from "./file_list.ts";
import { LayoutModel } from "./layout_model.ts";
import { ModelCatalogue } from "./model_catalogue.ts";
import { Outbox } from "./outbox/outbox.ts";
import type { UnsentMessage } from "./outbox/unsent_message.ts";
import type { UnsentParts } from "./outbox/unsent_parts.ts";
import { type OtherLists, PageNews } from "./page_news.ts";
import type { ProfileEvents } from "./profile_events.ts";
import { RunSettings } from "./run_settings.ts";
import { Toasts } from "./toasts.ts";
import { type TokenFigures, tokenFigures } from "./token_figures.ts";
import { Turns } from "./turns.ts";
import { UiSettingsModel } from "./ui_settings.ts";

/** What the page's model may be given instead of the browser's. */
export interface PageEnvironment {
  api?: ChatApi;
  clock?: Clock;
  drafts?: Drafts;
  outbox?: Outbox;
  /** Changes the address; `replace` leaves no entry in the history. */
  navigate?: (path: string) => void;
}

/** What is over the page and not only shown: a dialog about a chat's place, its tags, a folder, or all tags. */
export type OrganiseTask =
  | { type: "move" | "tags"; chat: Chat }
  | { type: "folder"; folder?: ChatFolder; parentId?: string; chat?: Chat }
  | { type: "allTags" };

/** Everything that the islands of a chat page share. */
export class PageModel {
  readonly data: ChatPageData;
  readonly t: Translate;
  readonly api: ChatApi;
  readonly clock: Clock;
  readonly toasts: Toasts;
  readonly settings: UiSettingsModel;
  readonly models: ModelCatalogue;
  readonly chats: ChatListModel;
  readonly search: ChatSearch;
  readonly chat: ChatModel;
  readonly runSettings: RunSettings;
  readonly outbox: Outbox;
  readonly turns: Turns;
  readonly files: FileList;
  readonly composer: Composer;
  readonly actions: ChatActions;
  readonly layout: LayoutModel;
  readonly news: PageNews;
  /** Whether the next new chat is a temporary one. */
  readonly temporary: Signal<boolean> = signal(false);
  /** The folder of the next new chat. */
  readonly newFolder: Signal<string | null> = signal(null);
  readonly folders: Signal<readonly ChatFolder[]>;
  readonly tags: Signal<readonly ChatTag[]>;
  otherLists: OtherLists | undefined;
  /** What lies over the page: the command palette, the list of shortcuts, or a dialog. */
  readonly overlay: Signal<"palette" | "shortcuts" | OrganiseTask | null> = signal(null);
  /** The message that is being edited. */
  readonly editing: Signal<string | null> = signal(null);
  /** What stands in the editor of a message, where that is not its text: an edit that was not sent. */
  readonly editedText: Signal<{ id: string; text: string } | null> = signal(null);
  /** What is said to screen readers. */
  readonly announcement: Signal<string> = signal("");
  /** The connection for what happens elsewhere; there once the page has started. */
  readonly events: Signal<ProfileEvents | null> = signal(null);
  /** Messages whose HTML the server rendered, so that the browser need not do it again. */
  readonly serverRendered: Set<string>;

  readonly modelId: ReadonlySignal<string>;
  readonly modelEntry: ReadonlySignal<ModelEntry | undefined>;
  readonly tokens: ReadonlySignal<TokenFigures>;
  /** The messages of the shown chat that wait to be sent. */
  readonly unsent: ReadonlySignal<readonly UnsentMessage[]>;
  /** The code for them, once it is loaded. */
  readonly unsentParts: Signal<UnsentParts | null> = signal(null);
  #loadUnsent: (() => Promise<UnsentParts>) | undefined;

  constructor(data: ChatPageData, texts: Texts, environment: PageEnvironment = {}) {
    const onError = (error: unknown) => this.report(error);
    this.data = data;
    this.t = translateWith(texts);
    this.api = environment.api ?? new ChatApi();
    this.clock = environment.clock ?? browserClock;
    this.serverRendered = new Set(data.page.messages.map((message) => message.id));
    this.toasts = new Toasts(this.clock);
    this.settings = new UiSettingsModel(data.settings, this.api, onError);
    this.models = new ModelCatalogue(data.models, data.defaultModel, this.api);
    this.chats = new ChatListModel(data.chats, this.api);
    this.folders = signal(data.folders);
    this.tags = signal(data.tags);
    this.search = new ChatSearch(this.api, this.clock);
    this.layout = new LayoutModel(this.settings);
    this.files = new FileList(this.api);
    this.runSettings = new RunSettings(data.chat, this.api, this.clock, onError);
    this.chat = new ChatModel({
      chat: data.chat,
      page: data.page,
      running: data.running,
      api: this.api,
      clock: this.clock,
      smooth: () => this.settings.values.peek().smoothText && !prefersReducedMotion(),
    });
    const navigate = environment.navigate ?? ((path: string) => location.assign(path));
    this.outbox = environment.outbox ?? new Outbox(data.profileId, browserStorage());
    this.turns = new Turns({
      model: this.chat,
      api: this.api,
      clock: this.clock,
      settings: () => this.runSettings.values.peek(),
      newChat: () => {
        const folderId = this.newFolder.peek();
        return { ...(this.temporary.peek() ? { temporary: true } : {}), ...(folderId ? { folderId } : {}) };
      },
      outbox: this.outbox,
      isLost: () => this.events.value?.state.value === "waiting",
      onChatMade: (chat, isOpen) => {
        this.showChat(chat);
        if (!isOpen) return;
        this.runSettings.receive(chat);
        history.pushState(null, "", `/chat/${chat.id}`);
      },
      onWaiting: (wasTried) => this.deliver(wasTried),
    });
    this.composer = new Composer({
      model: this.chat,
      turns: this.turns,
      files: this.files,
      drafts: environment.drafts ?? new Drafts(),
      clock: this.clock,
      t: this.t,
    });
    this.actions = new ChatActions({
      api: this.api,
      model: this.chat,
      chats: this.chats,
      toasts: this.toasts,
      t: this.t,
      navigate,
      show: (chat) => this.showChat(chat),
      leave: () => this.newChat(),
    });
    this.news = new PageNews(this);
    this.modelId = computed(() => this.runSettings.values.value.model || this.#unchosenModel());
    this.modelEntry = computed(() => this.models.find(this.modelId.value));
    this.tokens = computed(() => this.#tokens());
    this.unsent = computed(() => {
      const pending = this.turns.pending.value?.id;
      return this.outbox.of(this.turns.lane).filter(({ id, waiting }) => waiting && id !== pending);
    });
  }

  /** Leaves the open chat for one yet to be made. */
  newChat(temporary = false, key?: string, folderId: string | null = null): void {
    this.composer.keepDraft();
    if (this.chat.chat.peek()) history.pushState(null, "", "/");
    this.turns.beginChat(key);
    this.chat.reset();
    this.runSettings.receive(null);
    this.temporary.value = temporary;
    this.newFolder.value = folderId;
    this.editing.value = null;
    this.composer.setText("");
    this.composer.restoreDraft();
    this.layout.close();
  }

  /** Shows a chat as it is now: where it belongs in the lists, and in the dialog about it. */
  showChat(chat: Chat): void {
    this.chats.put(chat);
    this.otherLists?.put(chat);
    const task = this.overlay.peek();
    if (task instanceof Object && "chat" in task && task.chat?.id === chat.id) {
      this.overlay.value = { ...task, chat };
    }
  }

  /** Loads what messages need that have to wait, and sends those; call once all of the page is there. */
  async startUnsent(load: () => Promise<UnsentParts>): Promise<void> {
    this.#loadUnsent = undefined;
    try {
      this.unsentParts.value = await load();
    } catch (error) {
      // A TypeError says that it could not be fetched: it is tried again when the server is back.
      if (!(error instanceof TypeError)) throw error;
      this.#loadUnsent = load;
    }
  }

  /** Sends what waits in the outbox, at once or after a while. */
  deliver(later = false): void {
    const delivery = this.unsentParts.peek()?.delivery;
    if (this.#loadUnsent) this.startUnsent(this.#loadUnsent).catch(reportError);
    else if (later) delivery?.comeBack();
    else delivery?.deliver().catch(reportError);
  }

  /** Tells of a failure in a toast; what is no failure of a request is a bug and reported as one. */
  report(error: unknown): void {
    if (error instanceof FreshetError) this.toasts.error(error);
    else reportError(error);
  }

  /** As the server chooses: the person's default where it is there, else the best one. */
  #unchosenModel(): string {
    const wished = this.settings.values.value.defaultModel;
    return wished && this.models.find(wished) ? wished : this.models.best.value;
  }

  #tokens(): TokenFigures {
    const live = this.chat.live.value;
    return tokenFigures({
      messages: this.chat.branch.value.messages,
      live: live && { usage: live.usage.value, tokens: live.tokens.value },
      systemPrompt: this.runSettings.values.value.systemPrompt ?? this.settings.values.value.systemPrompt,
      draft: this.composer.text.value,
      draftFileTokens: this.files.files.value.reduce((sum, file) => sum + (file.attachment?.tokens ?? 0), 0),
      contextLength: this.modelEntry.value?.contextLength,
    });
  }
}

function prefersReducedMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

let shared: PageModel | undefined;
const byData = new WeakMap<ChatPageData, PageModel>();

/** The model of the page: one for all its islands in the browser, one for each rendering (so for each `data`) on the server. */
export function pageModel(data: ChatPageData, texts: Texts): PageModel {
  if (typeof document !== "undefined") return shared ??= new PageModel(data, texts);
  const model = byData.get(data) ?? new PageModel(data, texts);
  byData.set(data, model);
  return model;
}
