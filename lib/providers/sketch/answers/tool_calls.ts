import type { ChatRequest, ToolDefinition } from "../../../shared/mod.ts";
import { sampleValue } from "./sample.ts";

/** A call that is to be made. */
export interface WantedCall {
  name: string;
  arguments: string;
}

const ARITHMETIC = /[\d.()+*\/^×÷%−\s-]{3,200}/g;
const TIME =
  /\bwhat(?:'s| is) (?:the )?(?:current )?(?:time|date)\b|\bwhat time is it\b|\bwhat day is\b|\btoday'?s date\b|\bcurrent (?:time|date)\b/i;
const TIME_ZONE = /\b([A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+|UTC)\b/;
/** Longer texts are no question that a tool answers. */
const MAX_QUESTION = 2_000;
const SEARCH =
  /\b(?:search|look|find)\b.*\b(?:attachments?|attached|files?)\b.*?\bfor\s+"?([^"?\n]+?)"?[?.]?$/i;

/** The tools to call for what the person asks; none where none is offered or fits. */
export function wantedCalls(request: ChatRequest, question: string): WantedCall[] {
  const tools = request.toolChoice === "none" ? [] : request.tools ?? [];
  const named = typeof request.toolChoice === "object" ? request.toolChoice.name : undefined;
  const forced = tools.find((tool) => tool.name === named) ??
    (request.toolChoice === "required" ? tools[0] : undefined);
  const asked = namedInText(tools, question);
  if (asked.length > 0) return forced ? asked.filter(({ name }) => !named || name === named) : asked;
  const fitting = fittingCalls(tools, question).filter(({ name }) => !named || name === named);
  if (fitting.length > 0) return fitting;
  return forced ? [{ name: forced.name, arguments: JSON.stringify(sampleValue(forced.parameters)) }] : [];
}

/** "call NAME with {…}": the JSON is passed on as it was written, right or wrong. */
function namedInText(tools: readonly ToolDefinition[], text: string): WantedCall[] {
  return tools.flatMap((tool) => {
    const name = RegExp.escape(tool.name);
    const pattern = new RegExp(
      `\\b(?:call|use|run)\\s+(?:the\\s+)?(?:tool\\s+)?[\`"]?${name}(?![\\w-])`,
      "gi",
    );
    return [...text.matchAll(pattern)].map((match) => {
      const after = text.slice(match.index + match[0].length);
      const json = /^[`"]?(?:\s+tool)?(?:\s+with)?\s*(?=\{)/.exec(after);
      return { name: tool.name, arguments: json ? jsonAtStart(after.slice(json[0].length)) : "{}" };
    });
  });
}

/** A JSON object at the start of a text, up to its closing brace or, where it has none, the end of the line. */
function jsonAtStart(text: string): string {
  let depth = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (match[0] === "{") depth++;
    else if (match[0] === "}") depth--;
    if (depth === 0) return text.slice(0, match.index + 1);
  }
  return text.split("\n", 1)[0] ?? "";
}

function fittingCalls(tools: readonly ToolDefinition[], question: string): WantedCall[] {
  if (question.length > MAX_QUESTION) return [];
  const offered = (name: string) => tools.some((tool) => tool.name === name);
  const expression = arithmeticIn(question);
  if (expression && offered("calculator")) {
    return [{ name: "calculator", arguments: JSON.stringify({ expression }) }];
  }
  if (TIME.test(question) && offered("current_time")) {
    const timeZone = TIME_ZONE.exec(question)?.[1];
    return [{ name: "current_time", arguments: JSON.stringify(timeZone ? { timeZone } : {}) }];
  }
  const query = SEARCH.exec(question)?.[1];
  if (query && offered("read_attachment")) {
    return [{ name: "read_attachment", arguments: JSON.stringify({ query }) }];
  }
  return [];
}

/** The calculation in a short question; a date is none. */
export function arithmeticIn(question: string): string | undefined {
  if (question.length > 300) return undefined;
  const runs = (question.match(ARITHMETIC) ?? []).map((run) =>
    run.trim().replace(/^[.%*\/^×÷]+|[.\s]+$/g, "").trim()
  );
  return runs.find((run) => /[\d)]\s*[-+*\/^×÷%−]\s*[-−(]*\s*\d/.test(run) && !/^\d{4}-\d\d-\d\d$/.test(run));
}
