import type { Chat } from "../../lib/shared/mod.ts";
import type { Site } from "./site.ts";

/** A message as an import takes it. */
export interface SampleMessage {
  text: string;
  role?: "user" | "assistant";
  status?: "complete" | "cancelled" | "failed" | "interrupted";
  reasoning?: string;
  finishReason?: "stop" | "length";
}

/** Puts a chat with these messages, one below the other, into the app. */
export async function importChat(site: Site, title: string, messages: SampleMessage[]): Promise<Chat> {
  const at = Date.now();
  return await site.app.json<Chat>("POST", "/api/chat/import", {
    format: "freshet-chat",
    version: 1,
    chat: {
      title,
      settings: {},
      createdAt: at,
      updatedAt: at,
      activeLeafId: `m${messages.length - 1}`,
    },
    messages: messages.map((message, i) => ({
      id: `m${i}`,
      parentId: i === 0 ? null : `m${i - 1}`,
      role: i % 2 ? "assistant" : "user",
      status: "complete",
      createdAt: at + i,
      ...message,
    })),
  }, 201);
}

/** A chat with many short messages: "message 0", "message 1", … of different heights. */
export async function importMessages(site: Site, count: number): Promise<Chat> {
  return await importChat(
    site,
    "Many messages",
    Array.from({ length: count }, (_, i) => ({
      text: `message ${i}${"\n\nwith one more paragraph of some words".repeat(i % 5)}`,
    })),
  );
}
