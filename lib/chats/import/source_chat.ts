import { z } from "zod";
import type { ImportProblem, LeftOutKind } from "../../shared/mod.ts";
import type { ImportedChat } from "./imported_chat.ts";

/** A chat of an export, ready to be kept. */
export interface SourceChat {
  /** What tells it from every other chat of its program. */
  sourceId: string;
  /** Of Freshet's own exports: the id that it had. */
  chatId?: string;
  chat: ImportedChat;
  leftOut: Partial<Record<LeftOutKind, number>>;
}

/** That something is no chat, or one of which nothing can be kept. */
export interface UnusableChat {
  title: string;
  problem: ImportProblem;
}

const TITLE_MAX_CHARS = 300;
const LATEST = 99_999_999_999_999;
/** Times below this are seconds, above it milliseconds; it is the year 5138 in the one and 1973 in the other. */
const SECONDS_BELOW = 100_000_000_000;

/** A text that may be missing or be something else. */
export const looseText = z.string().nullish().catch(null);

/** A number that may be missing or be something else. */
export const looseNumber = z.number().nullish().catch(null);

/** ms since 1970 of seconds or milliseconds, or undefined for what is no time. */
export function timeOf(value: number | null | undefined): number | undefined {
  if (value === null || value === undefined || !(value > 0)) return undefined;
  return Math.min(LATEST, Math.round(value < SECONDS_BELOW ? value * 1000 : value));
}

/** A title as chats have it: one line, well formed, not too long. */
export function titleOf(value: string | null | undefined): string {
  return (value ?? "").replaceAll(/\s+/g, " ").trim().slice(0, TITLE_MAX_CHARS).toWellFormed();
}

/** Says within a message what was left out of it. The name comes from outside: it must not become Markdown. */
export function leftOutNote(what: "Image" | "File" | "Recording", name?: string | null): string {
  const plain = (name ?? "").replaceAll(/[^\p{L}\p{N} .,()+-]+/gu, " ").trim().slice(0, 120);
  return plain === "" ? `*(${what} left out)*` : `*(${what} left out: ${plain})*`;
}

/** Counts what is left out of a chat. */
export class LeftOut {
  readonly counts: Partial<Record<LeftOutKind, number>> = {};

  add(kind: LeftOutKind, count = 1): void {
    if (count > 0) this.counts[kind] = (this.counts[kind] ?? 0) + count;
  }
}
