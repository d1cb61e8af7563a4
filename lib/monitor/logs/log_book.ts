import { LOG_LINES_MAX, type LogFilter, type LogLine, newId } from "../../shared/mod.ts";
import { isAtLeast, type LogEntry } from "../../host/mod.ts";
import { mask, MASKED } from "./mask.ts";
import { isSecretName } from "./secret_name.ts";

/** Characters that are kept, if there are not too many lines before. */
const CHARS_MAX = 8_000_000;
const MESSAGE_MAX_CHARS = 2_000;
const FIELD_MAX_CHARS = 12_000;
/** Lines that one batch looks through, so that a reader with much to catch up on takes turns with others. */
const BATCH_LINES = 200;

/** What a follower of the log is given; `missed` lines were gone before it came to read them. */
export interface LogBatch {
  lines: LogLine[];
  missed: number;
}

/** What a `LogBook` may be told. */
export interface LogBookOptions {
  /** Secrets that are masked wherever they stand. */
  secrets?: readonly string[];
  maxLines?: number;
}

/**
 * The latest lines of the log, in memory and without secrets. A follower keeps nothing but its place in them: one that reads
 * too slowly costs nothing and is told how much it has missed.
 */
export class LogBook {
  /** Of this process. */
  readonly #id = newId();
  readonly #lines: LogLine[] = [];
  readonly #parts = new Set<string>();
  readonly #wakes = new Set<() => void>();
  readonly #secrets: readonly string[];
  readonly #maxLines: number;
  #seq = 0;
  #chars = 0;

  constructor({ secrets = [], maxLines = LOG_LINES_MAX }: LogBookOptions = {}) {
    this.#secrets = secrets;
    this.#maxLines = maxLines;
  }

  /** The parts that have spoken, by name. */
  get parts(): string[] {
    return [...this.#parts].sort();
  }

  /** Where the log stands now, as a text that another process does not take for one of its own. */
  get place(): string {
    return this.placeOf(this.#seq);
  }

  /** The place after the numbered line. */
  placeOf(seq: number): string {
    return `${this.#id}-${seq}`;
  }

  /** The number of the line that a place stands after. That of another process is before all lines of this one; one that is none is now. */
  seqOf(place: string | null): number {
    const [, id, seq] = place?.match(/^([\w]+)-(\d{1,15})$/) ?? [];
    if (seq === undefined) return this.#seq;
    return id === this.#id ? Math.min(Number(seq), this.#seq) : 0;
  }

  /** How many wait for lines. */
  get followers(): number {
    return this.#wakes.size;
  }

  add(entry: LogEntry): void {
    const line = this.#lineOf(entry);
    this.#lines.push(line);
    this.#parts.add(line.part);
    this.#chars += charsOf(line);
    while (this.#lines.length > this.#maxLines || this.#chars > CHARS_MAX) {
      const oldest = this.#lines.shift();
      if (!oldest) break;
      this.#chars -= charsOf(oldest);
    }
    for (const wake of this.#wakes) wake();
    this.#wakes.clear();
  }

  /** The latest `limit` lines that the filter lets through, oldest first. */
  latest(filter: LogFilter, limit = LOG_LINES_MAX): LogLine[] {
    const found: LogLine[] = [];
    for (let i = this.#lines.length - 1; i >= 0 && found.length < limit; i--) {
      const line = this.#lines[i];
      if (line && matches(line, filter)) found.push(line);
    }
    return found.reverse();
  }

  /**
   * Lines after the numbered one as they come, until the signal is aborted; what came meanwhile comes in one batch. A batch is
   * empty where the filter lets none of the new lines through.
   */
  async *follow(
    filter: LogFilter,
    afterSeq: number,
    signal: AbortSignal,
  ): AsyncGenerator<LogBatch, void, undefined> {
    let place = Math.min(afterSeq, this.#seq);
    let missed = 0;
    while (!signal.aborted) {
      const start = Math.max(0, this.#lines.length - (this.#seq - place));
      missed += Math.max(0, this.#seq - place - this.#lines.length);
      const batch = this.#lines.slice(start, start + BATCH_LINES);
      place = batch.at(-1)?.seq ?? this.#seq;
      if (batch.length > 0) yield { lines: batch.filter((line) => matches(line, filter)), missed };
      missed = 0;
      if (place === this.#seq) await this.#next(signal);
    }
  }

  #next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#wakes.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      if (signal.aborted) return resolve();
      this.#wakes.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }

  #lineOf({ at, level, part, message, fields }: LogEntry): LogLine {
    const line: LogLine = {
      seq: ++this.#seq,
      at,
      level,
      part,
      message: this.#clean(message, MESSAGE_MAX_CHARS),
    };
    const entries = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined);
    if (entries.length === 0) return line;
    const texts = entries.map(([name, value]) => {
      return [name, isSecretName(name) ? MASKED : this.#clean(textOf(value), FIELD_MAX_CHARS)];
    });
    return { ...line, fields: Object.fromEntries(texts) };
  }

  #clean(text: string, maxChars: number): string {
    const cut = text.length > maxChars ? `${text.slice(0, maxChars).replace(/[\w.~+/=-]+$/, "")} …` : text;
    return mask(cut, this.#secrets);
  }
}

/** Whether a line is one that the filter asks for. */
export function matches(line: LogLine, { level, part, text }: LogFilter): boolean {
  if (level && !isAtLeast(line.level, level)) return false;
  if (part && line.part !== part) return false;
  if (!text) return true;
  const sought = text.toLowerCase();
  const has = (hay: string) => hay.toLowerCase().includes(sought);
  return has(line.message) || has(line.part) ||
    Object.entries(line.fields ?? {}).some(([name, value]) => has(name) || has(value));
}

function charsOf({ message, fields }: LogLine): number {
  return Object.values(fields ?? {}).reduce((sum, value) => sum + value.length, message.length + 100);
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) {
    const text = value.stack ?? `${value.name}: ${value.message}`;
    return value.cause instanceof Error ? `${text}\ncaused by ${textOf(value.cause)}` : text;
  }
  try {
    return JSON.stringify(value) ?? String(value);
  } catch (error) {
    if (error instanceof TypeError) return String(value);
    throw error;
  }
}
