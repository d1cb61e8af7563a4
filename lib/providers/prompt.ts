import type { ContentPart, PromptMessage } from "../shared/mod.ts";

/** An image of a prompt. */
export type ImagePart = Extract<ContentPart, { type: "image" }>;

/** The text of a message; its parts are separate pieces (a question, an attached file), so a blank line keeps them apart. */
export function textOf(content: ContentPart[]): string {
  return content.flatMap((part) => part.type === "text" ? [part.text] : []).join("\n\n");
}

/** The images of a message. */
export function imagesOf(content: ContentPart[]): ImagePart[] {
  return content.filter((part) => part.type === "image");
}

/** The image as a `data:` URL. */
export function dataUrl(image: ImagePart): string {
  return `data:${image.mediaType};base64,${image.data}`;
}

/**
 * The arguments of a tool call as an object, for protocols that carry no text there. What a model wrote wrongly becomes an
 * empty object: its call stays in the history, and the tool's result says what was wrong.
 */
export function parseArguments(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** The names of the tools called, by the id of the call: some protocols want them with a result. */
export function toolNamesById(messages: PromptMessage[]): Map<string, string> {
  return new Map(messages.flatMap((message) => message.toolCalls ?? []).map((call) => [call.id, call.name]));
}

/** True for an object that is no array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
