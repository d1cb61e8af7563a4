import type { Principal } from "../../access/mod.ts";
import { MessageTree } from "../tree.ts";
import type { ExportOptions } from "./export_chat.ts";

/** The active branch as Markdown. */
export async function exportMarkdown(
  principal: Principal,
  chatId: string,
  options: Pick<ExportOptions, "store" | "chats">,
): Promise<string> {
  const { value: chat } = await options.chats.get(principal, chatId);
  const tree = new MessageTree(options.store, principal.profileId, chatId);
  const parts: string[] = [];
  for await (const message of tree.upFrom(chat.activeLeafId)) {
    const who = message.role === "user" ? "You" : message.model ?? "Model";
    const files = (message.attachments ?? []).map(({ name }) => `*Attached: ${name}*\n\n`).join("");
    parts.push(`## ${who} (${new Date(message.createdAt).toISOString()})\n\n${files}${message.text}\n`);
  }
  return `# ${chat.title}\n\n${parts.reverse().join("\n")}`;
}
