import { z } from "zod";
import { isId } from "../../shared/mod.ts";
import { chatImportSchema } from "./imported_chat.ts";
import { chatgptChat, isChatgpt } from "./chatgpt.ts";
import type { JsonItem } from "./json_items.ts";
import { isOpenWebui, openWebuiChat } from "./open_webui.ts";
import { LeftOut, looseText, type SourceChat, titleOf, type UnusableChat } from "./source_chat.ts";

const titled = z.object({ title: looseText });
const ownFormat = z.object({
  format: z.literal("freshet-chat"),
  chat: z.object({ id: looseText, title: looseText }),
  attachments: z.array(z.unknown()).nullish().catch(null),
});

/** A chat of an export by whatever program it is. */
export function readItem(item: JsonItem, now: number): SourceChat | UnusableChat {
  if ("problem" in item) return { title: "", problem: item.problem };
  const value = parse(item.json);
  const own = ownFormat.safeParse(value);
  if (own.success) return ownChat(value, own.data);
  if (isChatgpt(value)) return chatgptChat(value, now);
  if (isOpenWebui(value)) return openWebuiChat(value, now);
  return { title: titleOf(titled.safeParse(value).data?.title), problem: "unknownFormat" };
}

function ownChat(value: unknown, { chat: { id, title }, attachments }: z.infer<typeof ownFormat>) {
  const parsed = chatImportSchema.safeParse(value);
  if (!parsed.success) return { title: titleOf(title), problem: "unknownFormat" as const };
  const { chat, messages } = parsed.data;
  const leftOut = new LeftOut();
  leftOut.add("files", attachments?.length ?? 0);
  const source: SourceChat = {
    sourceId: `freshet/${id ?? `${chat.createdAt}/${messages[0]?.id ?? ""}`}`,
    chat: parsed.data,
    leftOut: leftOut.counts,
  };
  return id && isId(id) ? { ...source, chatId: id } : source;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
