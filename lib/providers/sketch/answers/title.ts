import { withoutDirectives } from "../directives.ts";
import { keywords } from "../words.ts";

const LONGEST_TITLE_WORDS = 6;

/** True for the system prompt that asks for the title of a conversation. */
export function asksForTitle(systemPrompt: string): boolean {
  return systemPrompt.startsWith("Write a title");
}

/** Three to six words of what the person asked first; what follows a line of three dashes is the answer to it. */
export function titleAnswer(conversation: string): string {
  const question = withoutDirectives(conversation.split("\n\n---\n\n")[0] ?? "");
  const words = [...new Set(keywords(question))].slice(0, LONGEST_TITLE_WORDS);
  if (words.length === 0) return "Chat with Sketch";
  const title = words.length < 3 ? `Chat about ${words.join(" ")}` : words.join(" ");
  return title.charAt(0).toUpperCase() + title.slice(1);
}
