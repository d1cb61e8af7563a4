import { z } from "zod";
import { type LeftOut, leftOutNote, looseNumber, looseText, timeOf } from "./source_chat.ts";
import type { SourceMessage } from "./source_tree.ts";

const messageSchema = z.object({
  author: z.object({ role: z.string() }),
  create_time: looseNumber,
  recipient: looseText,
  content: z.object({
    content_type: z.string().catch("text"),
    parts: z.array(z.unknown()).nullish().catch(null),
    text: looseText,
    language: looseText,
    thoughts: z.array(z.unknown()).nullish().catch(null),
  }),
  metadata: z.object({
    model_slug: looseText,
    is_visually_hidden_from_conversation: z.boolean().nullish().catch(null),
    attachments: z.array(z.unknown()).nullish().catch(null),
  }).nullish().catch(null),
});

const attachmentSchema = z.object({
  id: looseText,
  name: looseText,
  mime_type: looseText,
  mimeType: looseText,
});
const partSchema = z.object({ content_type: z.string(), asset_pointer: looseText, text: looseText });
const thoughtSchema = z.object({ summary: looseText, content: looseText });

type Content = z.infer<typeof messageSchema>["content"];

/** What only says how an answer came about, or is a person's settings: no part of the conversation. */
const SILENT = new Set(["reasoning_recap", "user_editable_context", "model_editable_context"]);
/** Marks of sources, which lead nowhere outside of ChatGPT. */
const CITATION = /\u{e200}[^\u{e201}]{0,500}\u{e201}/gu;
const MODEL_MAX_CHARS = 300;
/** The tool that opens a text beside the conversation; the text stands in nothing but its call. */
const CREATE_CANVAS = "canmore.create_textdoc";
const canvasSchema = z.object({ type: looseText, content: z.string().min(1) });

/** A message of ChatGPT's export; null for what is none here. */
export function chatgptMessage(value: unknown, leftOut: LeftOut): SourceMessage | null {
  if (value === null || value === undefined) return null;
  const parsed = messageSchema.safeParse(value);
  if (!parsed.success) {
    leftOut.add("unreadable");
    return null;
  }
  const { author: { role }, content, metadata, recipient, create_time } = parsed.data;
  const isHidden = metadata?.is_visually_hidden_from_conversation === true;
  if (isHidden || role === "system" || SILENT.has(content.content_type)) return null;
  const createdAt = timeOf(create_time);
  const time = createdAt === undefined ? {} : { createdAt };
  const attachments = attachmentsOf(metadata?.attachments ?? []);
  if (role === "user") {
    const files = attachments.filter(({ isImage }) => !isImage);
    leftOut.add("files", files.length);
    const notes = files.map(({ name }) => leftOutNote("File", name));
    return { role, text: paragraphs([...textsOf(content, attachments, leftOut), ...notes]), ...time };
  }
  const model = metadata?.model_slug?.slice(0, MODEL_MAX_CHARS);
  const fields = { role: "assistant" as const, ...(model ? { model } : {}), ...time };
  if (content.content_type === "thoughts") return { ...fields, text: "", reasoning: thoughtsOf(content) };
  const isToTool = role === "assistant" && recipient !== null && recipient !== undefined &&
    recipient !== "all";
  const canvas = isToTool && recipient === CREATE_CANVAS ? canvasText(content) : null;
  if (canvas !== null) return { ...fields, text: canvas };
  if (isToTool || role === "tool") {
    // What a tool drew was shown to the person; what it was asked and answered otherwise was not.
    const images = role === "tool" ? imagesOf(content, attachments, leftOut) : [];
    if (images.length === 0) leftOut.add("toolSteps");
    return images.length === 0 ? null : { ...fields, text: paragraphs(images) };
  }
  if (role !== "assistant") {
    leftOut.add("unreadable");
    return null;
  }
  return { ...fields, text: paragraphs(textsOf(content, attachments, leftOut)).replaceAll(CITATION, "") };
}

/** The text of a canvas as it was when it was made; null where the call cannot be read. */
function canvasText({ parts, text }: Content): string | null {
  const call = parts?.find((part) => typeof part === "string") ?? text ?? "";
  const { data } = canvasSchema.safeParse(parseJson(call));
  if (!data) return null;
  const language = /^code\/([\w+#-]{1,20})$/.exec(data.type ?? "")?.[1];
  return language === undefined ? data.content.trim() : fenced(data.content, language);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

interface NamedFile {
  id: string;
  name: string;
  isImage: boolean;
}

function attachmentsOf(values: unknown[]): NamedFile[] {
  return values.flatMap((value) => {
    const { data } = attachmentSchema.safeParse(value);
    if (!data) return [];
    const type = data.mime_type ?? data.mimeType ?? "";
    return [{ id: data.id ?? "", name: data.name ?? "", isImage: type.startsWith("image/") }];
  });
}

function textsOf(content: Content, files: NamedFile[], leftOut: LeftOut): string[] {
  if (content.content_type === "code") {
    const language = /^[\w+#-]{1,20}$/.test(content.language ?? "") ? content.language : "";
    return content.text ? [fenced(content.text, language === "unknown" ? "" : language ?? "")] : [];
  }
  const parts = content.parts ?? (content.text ? [content.text] : []);
  return parts.flatMap((part) => typeof part === "string" ? [part] : otherPart(part, files, leftOut));
}

function otherPart(part: unknown, files: NamedFile[], leftOut: LeftOut): string[] {
  const { data } = partSchema.safeParse(part);
  if (data?.content_type === "image_asset_pointer") {
    leftOut.add("images");
    const file = files.find(({ id }) => id !== "" && data.asset_pointer?.includes(id));
    return [leftOutNote("Image", file?.name)];
  }
  if (data?.content_type.endsWith("_asset_pointer")) {
    leftOut.add("files");
    return [leftOutNote("Recording")];
  }
  if (data?.text) return [data.text];
  leftOut.add("unreadable");
  return [];
}

function imagesOf(content: Content, files: NamedFile[], leftOut: LeftOut): string[] {
  return (content.parts ?? []).flatMap((part) => {
    const { data } = partSchema.safeParse(part);
    return data?.content_type === "image_asset_pointer" ? otherPart(part, files, leftOut) : [];
  });
}

function thoughtsOf({ thoughts }: Content): string {
  return paragraphs((thoughts ?? []).flatMap((value) => {
    const { data } = thoughtSchema.safeParse(value);
    return data ? [data.content ?? data.summary ?? ""] : [];
  }));
}

function paragraphs(texts: string[]): string {
  return texts.map((text) => text.trim()).filter(Boolean).join("\n\n");
}

/** A fence that is longer than any within. */
function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}
