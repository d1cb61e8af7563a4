import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  changedChat,
  type Chat,
  type ChatFilter,
  type ChatList,
  FreshetError,
  type UpdateChatBody,
} from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";

/** The chats in no folder, or those that a filter lets through: pinned ones first, then by their last change. */
export class ChatListModel {
  readonly #chats: Signal<readonly Chat[]>;
  readonly #cursor: Signal<string | null>;
  readonly #loading = signal(false);
  readonly #api: ChatApi;
  readonly #filter: ChatFilter;

  constructor(list: ChatList, api: ChatApi, filter: ChatFilter = { folder: "none" }) {
    this.#filter = filter;
    this.#chats = signal(list.chats);
    this.#cursor = signal(list.cursor);
    this.#api = api;
  }

  get chats(): ReadonlySignal<readonly Chat[]> {
    return this.#chats;
  }

  /** Whether there are more to load. */
  get hasMore(): boolean {
    return this.#cursor.value !== null;
  }

  get loading(): ReadonlySignal<boolean> {
    return this.#loading;
  }

  async loadMore(): Promise<void> {
    const cursor = this.#cursor.peek();
    if (cursor === null || this.#loading.peek()) return;
    this.#loading.value = true;
    try {
      const list = await this.#api.listChats(cursor, this.#filter);
      const known = new Set(this.#chats.peek().map((chat) => chat.id));
      this.#chats.value = [...this.#chats.peek(), ...list.chats.filter((chat) => !known.has(chat.id))];
      this.#cursor.value = list.cursor;
    } finally {
      this.#loading.value = false;
    }
  }

  /** Fetches the newest chats again, after events may have been missed. */
  async reload(): Promise<void> {
    const list = await this.#api.listChats(null, this.#filter);
    this.#chats.value = list.chats;
    this.#cursor.value = list.cursor;
  }

  /** Shows a chat as it is now. */
  put(chat: Chat): void {
    const others = this.#chats.peek().filter((other) => other.id !== chat.id);
    const { folder, tag } = this.#filter;
    const listed = !chat.temporary && chat.deletedAt === undefined &&
      (folder === undefined || folder === (chat.folderId ?? "none")) &&
      (tag === undefined || chat.tagIds?.includes(tag));
    this.#chats.value = listed ? [...others, chat].sort(byPlace) : others;
  }

  remove(id: string): void {
    this.#chats.value = this.#chats.peek().filter((chat) => chat.id !== id);
  }

  /** Changes a chat here at once and on the server; taken back where the server refuses. */
  async update(
    chat: Chat,
    changes: UpdateChatBody,
    show: (chat: Chat) => void = (chat) => this.put(chat),
  ): Promise<Chat> {
    show(changedChat(chat, changes));
    try {
      const updated = await this.#api.updateChat(chat.id, changes);
      show(updated);
      return updated;
    } catch (error) {
      // One that somebody else has deleted must not come back to the list.
      const isGone = error instanceof FreshetError && error.code === "not_found";
      show(isGone ? { ...chat, deletedAt: chat.updatedAt } : chat);
      throw error;
    }
  }
}

/** Chats under one heading of the list. */
export interface ChatSection {
  heading: "pinned" | "today" | "yesterday" | "week" | "older";
  chats: Chat[];
}

/** The chats by when they were last changed, seen from `now` (ms since 1970). */
export function chatSections(chats: readonly Chat[], now: number): ChatSection[] {
  const today = new Date(now).setHours(0, 0, 0, 0);
  const sections = new Map<ChatSection["heading"], Chat[]>();
  for (const chat of chats) {
    const heading = headingOf(chat, today);
    sections.set(heading, [...sections.get(heading) ?? [], chat]);
  }
  return [...sections].map(([heading, list]) => ({ heading, chats: list }));
}

const DAY_MS = 24 * 60 * 60 * 1000;

function headingOf(chat: Chat, today: number): ChatSection["heading"] {
  if (chat.pinned) return "pinned";
  if (chat.updatedAt >= today) return "today";
  if (chat.updatedAt >= today - DAY_MS) return "yesterday";
  return chat.updatedAt >= today - 7 * DAY_MS ? "week" : "older";
}

function byPlace(a: Chat, b: Chat): number {
  return Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt;
}
