import type { Translate } from "../../lib/shared/texts/mod.ts";

interface ToolInfo {
  name: string;
  title: string;
  description: string;
}

/** The tools that come with Freshet have texts for people; what they say of themselves is for models. */
const KNOWN = {
  calculator: "tool.calculator",
  current_time: "tool.currentTime",
  read_attachment: "tool.readAttachment",
} as const;

/** What a tool is called, and what it does, in the person's language. */
export function toolWords(
  { name, title, description }: ToolInfo,
  t: Translate,
): { title: string; hint: string } {
  const key = Object.hasOwn(KNOWN, name) ? KNOWN[name as keyof typeof KNOWN] : undefined;
  return key ? { title: t(key), hint: t(`${key}.hint`) } : { title, hint: description };
}
