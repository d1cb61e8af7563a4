import type { Chat, ChatExport, ChatImportReport } from "../shared/mod.ts";
import type { Language } from "../shared/texts/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import { exportChat, exportChats, type ExportOptions } from "./export/export_chat.ts";
import { exportMarkdown } from "./export/export_markdown.ts";
import { importChat, type ImportChatOptions } from "./import/import_chat.ts";
import { importChats } from "./import/import_chats.ts";
import type { ImportedChat } from "./import/imported_chat.ts";
import { shareHtml } from "./share/share_html.ts";
import { MessageTree } from "./tree.ts";

/** Chats as files: out of Freshet and into it. */
export class Transfers {
  readonly #options: ExportOptions & ImportChatOptions & { clock: Clock };

  constructor(options: ExportOptions & ImportChatOptions & { clock: Clock }) {
    this.#options = options;
  }

  /** A chat with every branch, as JSON. */
  async exportJson(principal: Principal, chatId: string): Promise<ChatExport> {
    return await exportChat(principal, chatId, this.#options);
  }

  /** The active branch of a chat, as Markdown. */
  async exportMarkdown(principal: Principal, chatId: string): Promise<string> {
    return await exportMarkdown(principal, chatId, this.#options);
  }

  /** The active branch of a chat as one HTML file to share, in parts. Throws `not_found` at once. */
  async exportHtml(
    principal: Principal,
    chatId: string,
    language: Language,
  ): Promise<AsyncGenerator<string, void, undefined>> {
    const { store, chats, attachments } = this.#options;
    const { value: chat } = await chats.get(principal, chatId);
    const tree = new MessageTree(store, principal.profileId, chatId);
    const messages = await Array.fromAsync(tree.upFrom(chat.activeLeafId));
    return shareHtml({ chat, messages: messages.reverse(), principal, attachments, language });
  }

  /** Makes a chat out of an exported one. */
  async import(principal: Principal, imported: ImportedChat): Promise<Chat> {
    return await importChat(principal, imported, this.#options);
  }

  /** Imports the chats of an export of ChatGPT, Open WebUI or Freshet (JSON or ZIP), each only once. */
  async importAll(principal: Principal, body: AsyncIterable<Uint8Array>): Promise<ChatImportReport> {
    return await importChats(principal, body, this.#options);
  }

  /** All chats as one JSON list that `importAll` reads, chat by chat. */
  async *exportAll(principal: Principal): AsyncGenerator<string, void, undefined> {
    yield* exportChats(principal, this.#options);
  }
}
