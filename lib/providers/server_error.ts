import { isRecord } from "./prompt.ts";

/** What a server says of an error, out of any of the shapes in use. */
export interface ServerError {
  message: string;
  /** Machine-readable names of it (`type`, `code`, `status`), in lower case. */
  names: string[];
  /** The field of the request that it is about. */
  param?: string;
  /** An HTTP status told inside the body. */
  status?: number;
  /** Seconds, where the body tells them. */
  retryAfter?: number;
}

/**
 * Reads the body of an error: `{ error: { message, type, code, param } }` of OpenAI and its like, `{ error: "…" }` of Ollama
 * and LM Studio, `{ type: "error", error: { type, message } }` of Anthropic, `{ object: "error", message }` of Mistral and
 * older vLLM, `[{ error: { status, message, details } }]` of Gemini, `{ detail }` of FastAPI, or plain text.
 */
export function parseServerError(body: unknown): ServerError {
  if (typeof body === "string") return parseText(body);
  if (Array.isArray(body)) return parseServerError(body[0]);
  if (!isRecord(body)) return { message: "", names: [] };
  const inner = body.error ?? body.detail;
  if (typeof inner === "string") return { message: inner, names: [] };
  if (Array.isArray(inner)) return { message: inner.map(describeIssue).join("; "), names: [] };
  return parseFields(isRecord(inner) ? inner : body);
}

function parseText(text: string): ServerError {
  const trimmed = text.trim();
  if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
    try {
      return parseServerError(JSON.parse(trimmed));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  // A proxy's HTML page says nothing to a person.
  return { message: trimmed.startsWith("<") ? "" : trimmed, names: [] };
}

function parseFields(fields: Record<string, unknown>): ServerError {
  const error: ServerError = { message: messageOf(fields), names: [] };
  for (const name of [fields.type, fields.code, fields.status]) {
    if (typeof name === "string") error.names.push(name.toLowerCase());
    else if (typeof name === "number" && name >= 400 && name < 600) error.status = name;
  }
  if (typeof fields.param === "string") error.param = fields.param;
  const retryAfter = retryDelay(fields.details);
  if (retryAfter !== undefined) error.retryAfter = retryAfter;
  return error;
}

function messageOf(fields: Record<string, unknown>): string {
  for (const value of [fields.message, fields.detail, fields.error]) {
    if (typeof value === "string") return value;
    if (isRecord(value) || Array.isArray(value)) return parseServerError(value).message;
  }
  return "";
}

/** One entry of FastAPI's list of issues: `{ loc: ["body", "seed"], msg }`. */
function describeIssue(issue: unknown): string {
  if (typeof issue === "string") return issue;
  if (!isRecord(issue)) return "";
  const path = Array.isArray(issue.loc) ? issue.loc.filter((part) => part !== "body").join(".") : "";
  const message = typeof issue.msg === "string" ? issue.msg : messageOf(issue);
  return path === "" ? message : `${path}: ${message}`;
}

/** Google's `RetryInfo` among the details of an error: `{ retryDelay: "34s" }`. */
function retryDelay(details: unknown): number | undefined {
  if (!Array.isArray(details)) return undefined;
  for (const detail of details) {
    if (!isRecord(detail) || typeof detail.retryDelay !== "string") continue;
    const seconds = Number.parseFloat(detail.retryDelay);
    if (Number.isFinite(seconds)) return Math.ceil(seconds);
  }
  return undefined;
}
