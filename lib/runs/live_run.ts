import {
  type AnswerMetrics,
  encodeSse,
  eventId,
  initialRunState,
  reduceRun,
  type RunEvent,
  type RunState,
  type SequencedEvent,
} from "../shared/mod.ts";
import type { RunRecord } from "../store/mod.ts";

/** Deltas that wait for the same commit are joined up to this many characters, far below what a value may hold. */
const JOIN_CHARS = 16_000;
/** A generation that is this far ahead of the disk has to wait. */
const AHEAD_CHARS = 256_000;

const FIRST_TOKENS: ReadonlySet<RunEvent["type"]> = new Set([
  "text",
  "reasoning",
  "tool_call",
  "planning",
  "code:chunk",
]);

const encoder = new TextEncoder();

/** An event that was committed, with its bytes on the wire, made once for all subscribers. */
export interface CommittedEvent extends SequencedEvent {
  readonly bytes: Uint8Array;
}

/** A run that this process has in hand: what waits for a commit, and what was committed and may be seen. */
export class LiveRun {
  record: RunRecord;
  /** The version of the run's record; every append checks it, so that a run taken over by another process stops here. */
  versionstamp: string;
  readonly committed: CommittedEvent[] = [];
  readonly #controller = new AbortController();
  #state: RunState = initialRunState();
  #pending: RunEvent[] = [];
  #pendingChars = 0;
  #lastSeq = 0;
  #waiting = new Set<() => void>();
  #isClosed = false;
  #firstTokenAt: number | undefined;

  constructor(record: RunRecord, versionstamp: string) {
    this.record = record;
    this.versionstamp = versionstamp;
  }

  /** Aborted when the run is to stop; its reason is the outcome. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The state that the committed events add up to. */
  get state(): RunState {
    return this.#state;
  }

  /** True after the terminal event was committed, or after the run was lost to another process. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** True while events wait for a commit. */
  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  /** True when every event was committed: none waits, and none is on its way to the disk. */
  get isSettled(): boolean {
    return this.#pending.length === 0 && this.#lastSeq === this.#state.seq;
  }

  /** True while the generation has to wait for the disk. */
  get isAhead(): boolean {
    return this.#pendingChars > AHEAD_CHARS;
  }

  /** Asks the run to stop. */
  stop(outcome: "cancelled" | "interrupted"): void {
    this.#controller.abort(outcome);
  }

  /** Puts an event in line for the next commit; text that waits already grows by it. */
  append(event: RunEvent, now: number): void {
    if (FIRST_TOKENS.has(event.type)) this.#firstTokenAt ??= now;
    const text = growing(event);
    if (text === undefined) {
      this.#pending.push(event);
      return;
    }
    this.#pendingChars += text.length;
    for (let at = 0; at < text.length; at += JOIN_CHARS) {
      this.#appendText(event, text.slice(at, at + JOIN_CHARS));
    }
  }

  #appendText(event: RunEvent, text: string): void {
    const last = this.#pending.at(-1);
    if (last && goesOn(last, event) && (growing(last)?.length ?? 0) + text.length <= JOIN_CHARS) {
      if (last.type === "code:chunk") last.chunk += text;
      else if (last.type === "text" || last.type === "reasoning") last.text += text;
      return;
    }
    if (event.type === "code:chunk") this.#pending.push({ ...event, chunk: text });
    else if (event.type === "text" || event.type === "reasoning") this.#pending.push({ ...event, text });
  }

  /** Hands out what waits, up to about a commit's worth, numbered; the caller commits it and then calls `deliver`. */
  take(): SequencedEvent[] {
    const taken: SequencedEvent[] = [];
    let chars = 0;
    while (this.#pending.length > 0 && chars < 2 * JOIN_CHARS) {
      const event = this.#pending.shift();
      if (!event) break;
      const text = growing(event);
      if (text !== undefined) {
        chars += text.length;
        this.#pendingChars -= text.length;
      } else if (event.type === "tool_result") chars += event.content.length;
      taken.push({ seq: ++this.#lastSeq, event });
    }
    return taken;
  }

  /** Makes committed events visible. */
  deliver(events: SequencedEvent[]): void {
    for (const { seq, event } of events) {
      this.#state = reduceRun(this.#state, { seq, event });
      this.committed.push({ seq, event, bytes: encodeEvent(this.record.id, { seq, event }) });
    }
    this.#wake();
  }

  /** Ends all subscriptions after what was committed. */
  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  /** Resolves at the next delivery or close, or when the signal is aborted. */
  async changed(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    this.#waiting.add(wake);
    signal.addEventListener("abort", wake, { once: true });
    await promise;
    this.#waiting.delete(wake);
    signal.removeEventListener("abort", wake);
  }

  /** Begins with events that were committed before, by whoever had the run in hand. */
  restore(events: SequencedEvent[]): void {
    this.#lastSeq = events.at(-1)?.seq ?? 0;
    this.deliver(events);
  }

  /** What was measured up to now. */
  metrics(now: number): AnswerMetrics {
    const metrics: AnswerMetrics = { durationMs: now - this.record.startedAt };
    if (this.#firstTokenAt === undefined) return metrics;
    metrics.firstTokenMs = this.#firstTokenAt - this.record.startedAt;
    const seconds = (now - this.#firstTokenAt) / 1000;
    const tokens = this.#state.usage?.completionTokens ?? 0;
    if (seconds > 0 && tokens > 0) metrics.tokensPerSecond = Math.round(tokens / seconds * 10) / 10;
    return metrics;
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** An event as it is sent: id `runId.seq`, named by its type. */
export function encodeEvent(runId: string, { seq, event }: SequencedEvent): Uint8Array {
  return encoder.encode(
    encodeSse({ id: eventId(runId, seq), event: event.type, data: JSON.stringify(event) }),
  );
}

/** The text of an event that the next one of its kind may go on with; undefined for other events. */
function growing(event: RunEvent): string | undefined {
  if (event.type === "text" || event.type === "reasoning") return event.text;
  return event.type === "code:chunk" ? event.chunk : undefined;
}

function goesOn(last: RunEvent, event: RunEvent): boolean {
  if (last.type === "code:chunk") return event.type === "code:chunk" && last.filePath === event.filePath;
  return last.type === event.type;
}
