import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Chat, ChatList } from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";

/** The person's chats, pinned ones first, then by their last change. */
export class ChatListModel {
  readonly #chats: Signal<readonly Chat[]>;
  readonly #cursor: Signal<string | null>;
  readonly #loading = signal(false);
  readonly #api: ChatApi;

  constructor(list: ChatList, api: ChatApi) {
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
      const list = await this.#api.listChats(cursor);
      const known = new Set(this.#chats.peek().map((chat) => chat.id));
      this.#chats.value = [...this.#chats.peek(), ...list.chats.filter((chat) => !known.has(chat.id))];
      this.#cursor.value = list.cursor;
    } finally {
      this.#loading.value = false;
    }
  }

  /** Fetches the newest chats again, after events may have been missed. */
  async reload(): Promise<void> {
    const list = await this.#api.listChats();
    this.#chats.value = list.chats;
    this.#cursor.value = list.cursor;
  }

  /** Shows a chat as it is now. */
  put(chat: Chat): void {
    const others = this.#chats.peek().filter((other) => other.id !== chat.id);
    const listed = !chat.temporary && chat.deletedAt === undefined;
    this.#chats.value = listed ? [...others, chat].sort(byPlace) : others;
  }

  remove(id: string): void {
    this.#chats.value = this.#chats.peek().filter((chat) => chat.id !== id);
  }

  /** Changes a chat here at once and on the server; taken back where the server refuses. */
  async update(chat: Chat, changes: { title?: string; pinned?: boolean }): Promise<Chat> {
    this.put({ ...chat, ...changes });
    try {
      const updated = await this.#api.updateChat(chat.id, changes);
      this.put(updated);
      return updated;
    } catch (error) {
      this.put(chat);
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
