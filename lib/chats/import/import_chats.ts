import { createHash } from "node:crypto";
import { type ChatImportReport, FreshetError, idOf, type LeftOutKind } from "../../shared/mod.ts";
import type { Principal } from "../../access/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { importChat, type ImportChatOptions } from "./import_chat.ts";
import { exportItems, type ImportLimits } from "./export_items.ts";
import { readItem } from "./read_item.ts";
import type { SourceChat, UnusableChat } from "./source_chat.ts";

/** Problems that are named one by one. */
const PROBLEMS_MAX = 50;

/** What an import of many chats needs. */
export interface ImportOptions extends ImportChatOptions {
  clock: Clock;
  limits?: ImportLimits;
}

/**
 * Imports the chats of an export of ChatGPT, Open WebUI or Freshet, one after another while it arrives. Every chat has an id that
 * comes from its source, so that the same export again makes nothing twice; what came before an error stays.
 */
export async function importChats(
  principal: Principal,
  body: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<ChatImportReport> {
  const report: ChatImportReport = {
    chats: 0,
    messages: 0,
    existing: 0,
    leftOut: {},
    failed: 0,
    problems: [],
  };
  for await (const item of exportItems(body, options.limits)) {
    const source = readItem(item, options.clock.now());
    const problem = "problem" in source ? source : await keep(principal, source, options, report);
    if (!problem) continue;
    report.failed++;
    if (report.problems.length < PROBLEMS_MAX) report.problems.push(problem);
  }
  return report;
}

async function keep(
  principal: Principal,
  source: SourceChat,
  options: ImportOptions,
  report: ChatImportReport,
): Promise<UnusableChat | null> {
  const { chats } = options;
  const { chat } = source.chat;
  const chatId = source.chatId ?? derivedId(source.sourceId, chat.createdAt);
  const before = await chats.find(principal, chatId);
  if (before && before.value.deletedAt === undefined) {
    report.existing++;
    return null;
  }
  try {
    if (before) await chats.restore(principal, chatId);
    else await importChat(principal, source.chat, options, chatId);
  } catch (error) {
    if (error instanceof FreshetError && error.code === "invalid_request") {
      return { title: chat.title, problem: "notATree" };
    }
    throw error;
  }
  report.chats++;
  report.messages += source.chat.messages.length;
  for (const [kind, count] of Object.entries(source.leftOut) as [LeftOutKind, number][]) {
    report.leftOut[kind] = (report.leftOut[kind] ?? 0) + count;
  }
  return null;
}

/** Always the same id for the same thing; sorts by when it was made, as all ids do. */
function derivedId(source: string, time: number): string {
  return idOf(Math.floor(time), createHash("sha256").update(source).digest());
}
