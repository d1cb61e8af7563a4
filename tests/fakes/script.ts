/** One step of a scripted answer; a bare string is text. */
export type FakeDelta =
  | string
  | { type: "reasoning"; text: string }
  | {
    type: "tool_call";
    id?: string;
    name: string;
    /** JSON. */
    arguments: string;
    /** Into how many events the arguments are split where the protocol streams them; 1 unless given. */
    fragments?: number;
  };

/** Failures with an official status and body in every protocol. */
export type FailureKind =
  | "auth"
  | "rate_limit"
  | "context_length"
  | "model_not_found"
  | "overloaded"
  | "server_error"
  | "bad_request";

/** A response that is not 2xx: in the protocol's own form, or as given. */
export type FakeFailure =
  | { kind: FailureKind; retryAfter?: number | string }
  | { status: number; body: unknown; headers?: Record<string, string> };

/** How a stream goes wrong. */
export type Interruption =
  /** Sends nothing more and keeps the connection open. */
  | { type: "hang"; afterDeltas: number }
  /** Breaks the connection; with 0 bytes, before there is a response. */
  | { type: "die"; afterBytes: number }
  /** Tells an error inside the stream. */
  | { type: "error"; afterDeltas: number; kind: FailureKind }
  /** Sends bytes that are not of the protocol, then goes on. */
  | { type: "garbage"; afterDeltas: number; bytes?: string }
  /** Ends the response properly, but without what ends an answer. */
  | { type: "cut"; afterDeltas: number };

/** What a fake answers with. */
export interface FakeAnswer {
  deltas?: FakeDelta[];
  /** "tool_calls" where there is a call, else "stop", unless given. */
  finish?: "stop" | "length" | "tool_calls" | "content_filter";
  /** null for a server that reports none. */
  usage?: { prompt: number; completion: number; reasoning?: number; cached?: number } | null;
  /** ms before the first delta; Ollama holds its headers back for as long. */
  firstTokenMs?: number;
  /** ms before every further delta. */
  paceMs?: number;
  failure?: FakeFailure;
  interruption?: Interruption;
  /**
   * How the bytes are cut: into pieces of at most so many bytes, or any way a function cuts the whole body (which then comes
   * without pauses).
   */
  chunking?: number | ((body: Uint8Array) => Uint8Array[]);
}

/** A request for an answer, as all protocols have it in common. */
export interface FakePrompt {
  model: string;
  streamed: boolean;
  messages: { role: string; text: string; images: number }[];
  /** Names of the tools on offer. */
  tools: string[];
}

/** What to answer next: always the same, one after the other (the last of them from then on), or by the request. */
export type Script = FakeAnswer | FakeAnswer[] | ((prompt: FakePrompt) => FakeAnswer);

/** A model that repeats what it was told, word by word, and uses the result of a tool when it gets one. */
export function echo(prompt: FakePrompt): FakeAnswer {
  const last = prompt.messages.at(-1);
  const text = last?.role === "tool"
    ? `The tool says: ${last.text}`
    : `You said: ${last?.text ?? ""}${last?.images ? ` (with ${last.images} images)` : ""}`;
  return { deltas: words(text) };
}

/** A model that calls a tool where one is on offer, and answers with its result. */
export function callsTool(name: string, args: unknown, id = "call_1"): (prompt: FakePrompt) => FakeAnswer {
  return (prompt) => {
    if (prompt.messages.at(-1)?.role === "tool" || !prompt.tools.includes(name)) return echo(prompt);
    return { deltas: [{ type: "tool_call", id, name, arguments: JSON.stringify(args) }] };
  };
}

/** The text in pieces as a model streams them: words with the space before them. */
export function words(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}
