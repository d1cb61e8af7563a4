import { type Signal, signal } from "@preact/signals";
import type { ProcessRequest } from "../../../shared/mod.ts";
import type { ApiRoute } from "./run_api.ts";

/** The methods that can be sent. */
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

/** What is wrong with a draft, at which of its fields. */
export type DraftProblem =
  | { field: "path" }
  | { field: "headers"; line: number }
  | { field: "body"; message: string };

/** A request that is being written. */
export class RequestDraft {
  readonly method: Signal<string> = signal("GET");
  readonly path: Signal<string> = signal("/");
  /** One a line. */
  readonly headers: Signal<string> = signal("");
  readonly body: Signal<string> = signal("");

  /** Fills in a route; its parameters are left to the person. */
  useRoute({ method, path }: ApiRoute): void {
    this.method.value = METHODS.find((known) => known === method) ?? "GET";
    this.path.value = path;
    if (this.takesBody() && this.body.peek().trim() === "") this.body.value = "{}";
  }

  /** Fills in a whole request. */
  use({ method, path, headers, body }: ProcessRequest): void {
    this.method.value = method;
    this.path.value = path;
    this.headers.value = Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join("\n");
    this.body.value = body;
  }

  /** Whether its method comes with a body. */
  takesBody(): boolean {
    return ["POST", "PUT", "PATCH", "DELETE"].includes(this.method.value);
  }

  /** The request, or what is wrong with it. A body is JSON unless a header says otherwise. */
  read(): { request: ProcessRequest } | { problem: DraftProblem } {
    const path = this.path.value.trim();
    if (!path.startsWith("/")) return { problem: { field: "path" } };
    const headers = readHeaders(this.headers.value);
    if ("problem" in headers) return headers;
    const request: ProcessRequest = { method: this.method.value, path, headers: headers.headers, body: "" };
    const body = this.body.value;
    if (!this.takesBody() || body.trim() === "") return { request };
    const type = Object.entries(request.headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
    if (type === undefined) request.headers["content-type"] = "application/json";
    if (type === undefined || type.includes("json")) {
      const message = jsonProblem(body);
      if (message !== null) return { problem: { field: "body", message } };
    }
    return { request: { ...request, body } };
  }
}

function readHeaders(text: string): { headers: Record<string, string> } | { problem: DraftProblem } {
  const headers: Record<string, string> = {};
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const [, name, value] = /^\s*([!#$%&'*+.^`|~\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return { problem: { field: "headers", line: i + 1 } };
    headers[name] = value;
  }
  return { headers };
}

function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : String(error);
  }
}
