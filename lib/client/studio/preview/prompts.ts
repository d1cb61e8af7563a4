import type { Translate } from "../../../shared/texts/mod.ts";
import type { ConsoleEntry } from "./console_log.ts";
import { type PickedElement, shorten, type SourcePosition } from "./messages.ts";

/** A model needs the cause, not every repetition of it. */
const ERRORS = 8;
const ERROR_CHARS = 1200;
const STACK_LINES = 6;

/** What asks a model to repair errors: each with its place and the top of its stack. */
export function fixPrompt(errors: readonly ConsoleEntry[], t: Translate): string {
  const lead = t(errors.length === 1 ? "preview.fix.prompt" : "preview.fix.promptMany");
  return `${lead}\n\n${errors.slice(-ERRORS).map((entry) => fenced(errorText(entry))).join("\n\n")}\n`;
}

/** How an element that was pointed at stands in a prompt. */
export function elementPrompt({ selector, html }: PickedElement, t: Translate): string {
  return `${t("preview.pick.prompt", { selector: selector.replaceAll("`", "'") })}\n${
    fenced(html, "html")
  }\n`;
}

/** A place as people and models write it: `app.ts:3:7`. */
export function positionText({ path, line, column }: SourcePosition): string {
  return [path, line, column].filter((part) => part !== undefined).join(":");
}

function errorText({ text, position, stack }: ConsoleEntry): string {
  const lines = [position ? `${text} (${positionText(position)})` : text];
  if (stack) {
    // Engines begin a stack with the message, or leave it out.
    const [first = "", ...rest] = stack.split("\n");
    const frames = text.includes(first.trim()) ? rest : [first, ...rest];
    lines.push(...frames.slice(0, STACK_LINES));
  }
  return shorten(lines.join("\n"), ERROR_CHARS);
}

/** A fence longer than any within. */
function fenced(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
