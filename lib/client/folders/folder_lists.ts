import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Chat, ChatFilter, ChatList } from "../../shared/mod.ts";
import { ChatListModel } from "../chat_list.ts";
import type { PageModel } from "../page_model.ts";
import type { OtherLists } from "../page_news.ts";

const NOTHING: ChatList = { chats: [], cursor: null };

/** A list and whether it was asked for. */
interface Entry {
  list: ChatListModel;
  ready: Signal<boolean>;
}

/** The lists of chats in folders that were opened, and the one of a chosen folder or tag. */
export class FolderLists implements OtherLists {
  readonly #model: PageModel;
  readonly #folders = new Map<string, Entry>();
  readonly #filtered = signal<Entry | null>(null);

  constructor(model: PageModel) {
    this.#model = model;
    for (const [id, list] of Object.entries(model.data.folderChats)) {
      this.#folders.set(id, this.#entry(list, { folder: id }, true));
    }
    if (typeof document === "undefined") return;
    effect(() => {
      const filter = model.search.filter.value;
      const entry = filter && this.#entry(NOTHING, filter, false);
      this.#filtered.value = entry;
      if (entry) this.#load(entry);
    });
  }

  /** The chats of the chosen folder or tag; null where none is chosen. */
  get filtered(): ReadonlySignal<Entry | null> {
    return this.#filtered;
  }

  /** The chats of a folder. */
  of(folderId: string): Entry {
    const known = this.#folders.get(folderId);
    if (known) return known;
    const entry = this.#entry(NOTHING, { folder: folderId }, false);
    this.#folders.set(folderId, entry);
    this.#load(entry);
    return entry;
  }

  put(chat: Chat): void {
    for (const { list } of this.#all()) list.put(chat);
  }

  remove(chatId: string): void {
    for (const { list } of this.#all()) list.remove(chatId);
  }

  async reload(): Promise<void> {
    await Promise.all(this.#all().map(fetchList));
  }

  #all(): Entry[] {
    const filtered = this.#filtered.peek();
    return [...this.#folders.values(), ...(filtered ? [filtered] : [])];
  }

  #entry(list: ChatList, filter: ChatFilter, isReady: boolean): Entry {
    return { list: new ChatListModel(list, this.#model.api, filter), ready: signal(isReady) };
  }

  #load(entry: Entry): void {
    if (typeof document === "undefined") return;
    fetchList(entry).catch((error) => this.#model.report(error));
  }
}

async function fetchList({ list, ready }: Entry): Promise<void> {
  await list.reload();
  ready.value = true;
}

const known = new WeakMap<PageModel, FolderLists>();

/** The lists of a page, which hear of changes from here on. */
export function folderLists(model: PageModel): FolderLists {
  const lists = known.get(model) ?? new FolderLists(model);
  known.set(model, lists);
  model.otherLists = lists;
  return lists;
}
