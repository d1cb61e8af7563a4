import type { PromptMessage } from "../../shared/mod.ts";
import { textOf } from "../prompt.ts";

/** A file that stands in a message, as the chat writes it there. */
export interface AttachedFile {
  name: string;
  text: string;
}

const FILE = /^File ([^\n]+):\n(`{3,})\n([^]*)\n\2$/;

/** The system prompt. */
export function systemText(messages: readonly PromptMessage[]): string {
  return messages.filter(({ role }) => role === "system").map(({ content }) => textOf(content)).join("\n");
}

/** The last message of the person. */
function lastUserMessage(messages: readonly PromptMessage[]): PromptMessage | undefined {
  return messages.findLast(({ role }) => role === "user");
}

/** What the person wrote last, without attached files. */
export function personText(messages: readonly PromptMessage[]): string {
  const texts =
    lastUserMessage(messages)?.content.flatMap((part) => part.type === "text" ? [part.text] : []) ?? [];
  return texts.filter((text) => !FILE.test(text)).join("\n\n");
}

/** The files attached to the conversation, those of the last message first. */
export function attachedFiles(messages: readonly PromptMessage[]): AttachedFile[] {
  return messages.toReversed().flatMap(({ role, content }) => {
    if (role !== "user") return [];
    return content.flatMap((part) => {
      const match = part.type === "text" ? FILE.exec(part.text) : null;
      return match ? [{ name: match[1] ?? "", text: match[3] ?? "" }] : [];
    });
  });
}

/** True if the last message of the person holds an image. */
export function hasImage(messages: readonly PromptMessage[]): boolean {
  return lastUserMessage(messages)?.content.some(({ type }) => type === "image") ?? false;
}
