import { z } from "zod";
import { chatgptMessage } from "./chatgpt_message.ts";
import {
  LeftOut,
  looseNumber,
  looseText,
  type SourceChat,
  timeOf,
  titleOf,
  type UnusableChat,
} from "./source_chat.ts";
import { type SourceNode, sourceTree } from "./source_tree.ts";

/** A conversation of `conversations.json`, as far as it is used; OpenAI does not describe the format and changes it. */
const conversationSchema = z.object({
  id: looseText,
  conversation_id: looseText,
  title: looseText,
  create_time: looseNumber,
  update_time: looseNumber,
  current_node: looseText,
  mapping: z.record(z.string(), z.unknown()),
});

const nodeSchema = z.object({ parent: looseText, message: z.unknown() });

/** Whether something looks like a conversation of ChatGPT. */
export function isChatgpt(value: unknown): boolean {
  return conversationSchema.safeParse(value).success;
}

/** A chat out of a conversation of ChatGPT's export. */
export function chatgptChat(value: unknown, now: number): SourceChat | UnusableChat {
  const conversation = conversationSchema.parse(value);
  const title = titleOf(conversation.title);
  const leftOut = new LeftOut();
  const nodes = Object.entries(conversation.mapping).flatMap(([id, raw]): SourceNode[] => {
    const node = nodeSchema.safeParse(raw);
    if (node.success) {
      const message = chatgptMessage(node.data.message, leftOut);
      return [{ id, parentId: node.data.parent ?? null, message }];
    }
    leftOut.add("unreadable");
    return [];
  });
  const startedAt = timeOf(conversation.create_time) ?? timeOf(conversation.update_time) ?? now;
  const { messages, activeLeafId, detached } = sourceTree(
    nodes,
    conversation.current_node ?? null,
    startedAt,
  );
  leftOut.add("detached", detached);
  if (messages.length === 0) return { title, problem: "empty" };
  const times = { createdAt: startedAt, updatedAt: timeOf(conversation.update_time) ?? startedAt };
  const sourceId = conversation.conversation_id ?? conversation.id ?? `${startedAt}/${messages[0]?.id ?? ""}`;
  return {
    sourceId: `chatgpt/${sourceId}`,
    chat: { chat: { title, settings: {}, ...times, activeLeafId }, messages },
    leftOut: leftOut.counts,
  };
}
