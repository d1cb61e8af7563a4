import type { HttpFailure } from "./http_failure.ts";
import { isRecord } from "./prompt.ts";
import { parseServerError, type ServerError } from "./server_error.ts";

/**
 * Fields without which a request still means what the person asked. Servers that call themselves compatible refuse one or
 * another of them, and models of one service differ: an answer at the default temperature is better than none.
 */
const OPTIONAL_FIELDS = [
  "continue_final_message",
  "add_generation_prompt",
  "stream_options",
  "parallel_tool_calls",
  "reasoning_effort",
  "presence_penalty",
  "frequency_penalty",
  "temperature",
  "top_p",
  "seed",
  "random_seed",
  "output_config.effort",
  "thinking",
  "think",
];

const REFUSAL =
  /unsupported|not support|unrecognized|unrecognised|unknown|unexpected|not (permitted|allowed)|extra (inputs|fields)|forbidden|deprecated|only works|input should be '/i;
const REFUSAL_CODES = new Set(["unsupported_parameter", "unsupported_value", "unknown_parameter"]);

/** What servers call a field whose name they leave out. */
const WORDS = new Map([
  ["think", "think(ing)?"],
  ["reasoning_effort", "reasoning[_. ]effort|thinking mode"],
]);

/**
 * The body without the optional field that a 400 or 422 refuses by name; undefined where it is about something else. Each
 * time a field goes, so it comes to an end.
 */
export function withoutRefused(failure: HttpFailure, body: string): string | undefined {
  if (failure.status !== 400 && failure.status !== 422) return undefined;
  const request: unknown = JSON.parse(body);
  if (!isRecord(request)) return undefined;
  const error = parseServerError(failure.body);
  const amended = replaceRefused(error, request) ?? dropRefused(error, request);
  return amended && JSON.stringify(amended);
}

function dropRefused(
  error: ServerError,
  request: Record<string, unknown>,
): Record<string, unknown> | undefined {
  if (!REFUSAL.test(error.message) && !error.names.some((name) => REFUSAL_CODES.has(name))) return undefined;
  for (const path of OPTIONAL_FIELDS) {
    const [field = path, inner] = path.split(".");
    const value = request[field];
    if (value === undefined || !isAbout(error, inner ?? field)) continue;
    const { [field]: _, ...rest } = request;
    if (inner === undefined) return rest;
    if (!isRecord(value) || value[inner] === undefined) continue;
    const { [inner]: __, ...others } = value;
    return Object.keys(others).length === 0 ? rest : { ...rest, [field]: others };
  }
  return undefined;
}

/** Refusals that tell what to send instead. */
function replaceRefused(
  error: ServerError,
  request: Record<string, unknown>,
): Record<string, unknown> | undefined {
  if ("max_tokens" in request && error.message.includes("max_completion_tokens")) {
    const { max_tokens, ...rest } = request;
    return { ...rest, max_completion_tokens: max_tokens };
  }
  if (request.reasoning_effort === "none" && isAbout(error, "reasoning_effort")) {
    const least = ["minimal", "low"].find((effort) => error.message.includes(`'${effort}'`));
    if (least !== undefined) return { ...request, reasoning_effort: least };
  }
  const format = request.response_format;
  // LM Studio: "'response_format.type' must be 'json_schema' or 'text'".
  if (
    isRecord(format) && format.type === "json_object" && /response_format.*json_schema/i.test(error.message)
  ) {
    const json_schema = { name: "object", schema: { type: "object" } };
    return { ...request, response_format: { type: "json_schema", json_schema } };
  }
  return undefined;
}

function isAbout(error: ServerError, field: string): boolean {
  if (error.param !== undefined && error.param.split(".").includes(field)) return true;
  return new RegExp(`\\b(${WORDS.get(field) ?? field})\\b`, "i").test(error.message);
}
