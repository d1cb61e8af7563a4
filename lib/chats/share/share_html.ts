import type { Attachment, Chat, Message } from "../../shared/mod.ts";
import { type Language, type Translate, translator } from "../../shared/texts/mod.ts";
import type { Principal } from "../../access/mod.ts";
import { highlightCode } from "../../highlight/mod.ts";
import { escapeHtml, renderMarkdown } from "../../markdown/mod.ts";
import type { Attachments } from "../attachments.ts";
import { withMathMl } from "./share_math.ts";
import { SHARE_STYLES } from "./share_styles.ts";

/** Bytes of pictures in one file; more than that are named only. */
const IMAGES_MAX_BYTES = 40 * 1024 * 1024;
/** Longer code (characters) stays plain, as on the page. */
const HIGHLIGHT_MAX_CHARS = 400_000;
/** What a browser shows as a picture without being able to run anything in it. */
const RASTER = /^image\/(?:png|jpeg|gif|webp)$/;

/** What a shared chat is made of. */
export interface SharedChat {
  chat: Pick<Chat, "title">;
  /** The active branch, oldest first. */
  messages: Message[];
  principal: Principal;
  attachments: Pick<Attachments, "bytes">;
  language: Language;
}

/**
 * A chat as one HTML file that needs nothing else: no script, nothing from outside, pictures within. What models and people wrote
 * is sanitised as on the page, and the file's own policy forbids everything that it does not need. In parts, a message each.
 */
export async function* shareHtml(shared: SharedChat): AsyncGenerator<string, void, undefined> {
  const { chat, messages, language } = shared;
  const t = translator(language);
  const title = escapeHtml(chat.title || t("chats.untitled"));
  const facts = [
    messages[0] && formatTime(messages[0].createdAt, language),
    t("share.messages", { count: messages.length }),
  ].filter(Boolean).map((fact) => escapeHtml(fact ?? "")).join(" · ");
  yield `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${SHARE_STYLES}</style>
</head>
<body>
<header><h1>${title}</h1><p class="facts">${facts}</p></header>
<main>
`;
  const budget = { bytes: IMAGES_MAX_BYTES };
  for (const message of messages) {
    // Between messages others get their turn: colouring much code takes a while.
    await new Promise((resolve) => setTimeout(resolve));
    yield await articleHtml(message, shared, t, budget);
  }
  yield `</main>\n<footer>${escapeHtml(t("share.footer"))}</footer>\n</body>\n</html>\n`;
}

async function articleHtml(message: Message, shared: SharedChat, t: Translate, budget: { bytes: number }) {
  const { role, createdAt, text, reasoning, status } = message;
  const who = escapeHtml(role === "user" ? t("share.you") : message.model ?? t("share.model"));
  const at = new Date(createdAt);
  const files = await Promise.all(
    (message.attachments ?? []).map((file) => fileHtml(file, shared, budget)),
  );
  const thoughts = reasoning
    ? `<details class="thoughts"><summary>${escapeHtml(t("share.thoughts"))}</summary>${await markdown(
      reasoning,
      t,
    )}</details>`
    : "";
  const note = status === "complete" ? "" : `<p class="note">${escapeHtml(t("share.unfinished"))}</p>`;
  return `<article class="${role}">
<p class="by">${who} <time datetime="${at.toISOString()}">${
    escapeHtml(formatTime(createdAt, shared.language))
  }</time></p>
<div class="body">${files.join("")}${thoughts}${await markdown(text, t, role === "user")}${note}</div>
</article>
`;
}

async function markdown(text: string, t: Translate, breaks = false): Promise<string> {
  const html = renderMarkdown(text, { copyLabel: "", taskLabel: t("code.task"), breaks, highlight });
  return await withMathMl(html);
}

function highlight(code: string, language: string): string | undefined {
  return code.length > HIGHLIGHT_MAX_CHARS ? undefined : highlightCode(code, language);
}

async function fileHtml(
  { id, name, kind, mediaType, sizeBytes }: Attachment,
  { principal, attachments }: SharedChat,
  budget: { bytes: number },
): Promise<string> {
  if (kind === "image" && RASTER.test(mediaType) && sizeBytes <= budget.bytes) {
    budget.bytes -= sizeBytes;
    const bytes = await attachments.bytes(principal, id);
    if (bytes) {
      return `<img class="shot" alt="${
        escapeHtml(name)
      }" src="data:${mediaType};base64,${bytes.toBase64()}">`;
    }
  }
  return `<p class="file">📎 ${escapeHtml(name)}</p>`;
}

function formatTime(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(at);
}
