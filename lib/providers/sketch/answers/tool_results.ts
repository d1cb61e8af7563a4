import type { PromptMessage } from "../../../shared/mod.ts";
import { textOf, toolNamesById } from "../../prompt.ts";

/** The results of tools at the end of the conversation, in the order of their calls. */
export function lastToolResults(messages: readonly PromptMessage[]): PromptMessage[] {
  const last = messages.findLastIndex(({ role }) => role !== "tool");
  return messages.slice(last + 1);
}

/** What the tools said. */
export function toolResultsAnswer(messages: readonly PromptMessage[]): string {
  const names = toolNamesById([...messages]);
  return lastToolResults(messages).map((message) => {
    const name = message.name ?? names.get(message.toolCallId ?? "") ?? "tool";
    return describe(name, textOf(message.content).trim());
  }).join("\n\n");
}

function describe(name: string, result: string): string {
  if (!result.includes("\n")) return `The tool \`${name}\` says: ${result}`;
  const fence = "`".repeat(Math.max(3, ...(result.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `The tool \`${name}\` says:\n\n${fence}\n${result}\n${fence}`;
}
