import type { FailureKind, FakeAnswer, FakeDelta, FakePrompt } from "./script.ts";

/** A finished call of a tool or an other whole delta; never a bare string. */
export type WholeDelta = Exclude<FakeDelta, string> | { type: "text"; text: string };

/** How a protocol writes one streamed answer. An object is made for each answer, so that it can count. */
export interface Wire {
  readonly contentType: string;
  /** Before the first delta. */
  start(): string;
  /** The events of one delta. */
  delta(delta: WholeDelta): string;
  /** After the last delta: finish reason, usage, end marker. */
  end(answer: FinishedAnswer): string;
  /** An error inside the stream. */
  error(kind: FailureKind): string;
}

/** An answer with what the protocols leave to defaults filled in. */
export interface FinishedAnswer {
  deltas: WholeDelta[];
  finish: NonNullable<FakeAnswer["finish"]>;
  usage: NonNullable<FakeAnswer["usage"]> | null;
}

/** A status and body in a protocol's official form. */
export interface HttpError {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** What a fake server sends back. */
export type Reply =
  | { type: "json"; status?: number; headers?: Record<string, string>; body: unknown }
  | { type: "text"; status: number; body: string }
  | {
    /** Chunks of a body that come in their time; `Died` thrown by them breaks the connection. */
    type: "chunks";
    contentType: string;
    chunks: (wait: (ms: number) => Promise<void>, signal: AbortSignal) => AsyncIterable<string>;
  }
  | {
    type: "answer";
    prompt: FakePrompt;
    wire: Wire;
    /** The body where the client did not ask for a stream. */
    whole: (answer: FinishedAnswer) => unknown;
    failure: (kind: FailureKind) => HttpError;
    /** True for servers that send no headers before the first token. */
    headersWithFirstToken?: boolean;
  };

/** Fills in the defaults. */
export function finished(answer: FakeAnswer): FinishedAnswer {
  const deltas = (answer.deltas ?? []).map((delta): WholeDelta =>
    typeof delta === "string" ? { type: "text", text: delta } : delta
  );
  const calls = deltas.some((delta) => delta.type === "tool_call");
  return {
    deltas,
    finish: answer.finish ?? (calls ? "tool_calls" : "stop"),
    usage: answer.usage === undefined ? { prompt: 11, completion: deltas.length } : answer.usage,
  };
}

/** The text of all deltas of a kind. */
export function joined(answer: FinishedAnswer, type: "text" | "reasoning"): string {
  return answer.deltas.map((delta) => delta.type === type ? delta.text : "").join("");
}

/** The calls among the deltas. */
export function callsOf(answer: FinishedAnswer): Extract<WholeDelta, { type: "tool_call" }>[] {
  return answer.deltas.filter((delta) => delta.type === "tool_call");
}

/** Cuts the text into `count` pieces of about one length. */
export function split(text: string, count: number): string[] {
  const size = Math.max(1, Math.ceil(text.length / count));
  return Array.from(
    { length: Math.ceil(text.length / size) },
    (_, i) => text.slice(i * size, (i + 1) * size),
  );
}
