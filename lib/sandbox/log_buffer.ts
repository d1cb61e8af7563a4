import { stripVTControlCharacters } from "node:util";
import type { LogLine } from "./sandbox.ts";

const LINE_CHARS_MAX = 8_000;
/** What a line costs beyond its text. */
const LINE_BYTES = 64;

/** The last lines of a process, as many as fit. */
export class LogBuffer {
  #lines: LogLine[] = [];
  #bytes = 0;
  #nextSeq = 1;
  #isClosed = false;
  #changed = Promise.withResolvers<void>();

  constructor(readonly bytesMax: number) {}

  append(stream: LogLine["stream"], text: string, at = Date.now()): void {
    const clean = stripVTControlCharacters(text).slice(0, LINE_CHARS_MAX);
    this.#lines.push({ seq: this.#nextSeq++, at, stream, text: clean });
    this.#bytes += costOf(clean);
    let dropped = 0;
    while (this.#bytes > this.bytesMax && dropped < this.#lines.length - 1) {
      this.#bytes -= costOf(this.#lines[dropped]?.text ?? "");
      dropped++;
    }
    if (dropped > 0) this.#lines.splice(0, dropped);
    this.#wake();
  }

  /** No more lines come. */
  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  /** The lines after `afterSeq` that are kept. */
  after(afterSeq: number): LogLine[] {
    return this.#lines.filter(({ seq }) => seq > afterSeq);
  }

  /** The lines after `afterSeq`, then new ones until the log is closed or `signal` is aborted. */
  async *follow(afterSeq: number, signal: AbortSignal): AsyncGenerator<LogLine[]> {
    let last = afterSeq;
    const aborted = Promise.withResolvers<void>();
    const onAbort = () => aborted.resolve();
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      while (!signal.aborted) {
        const { promise } = this.#changed;
        const lines = this.after(last);
        last = lines.at(-1)?.seq ?? last;
        if (lines.length > 0) yield lines;
        else if (this.#isClosed) return;
        else await Promise.race([promise, aborted.promise]);
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

/** Feeds a stream into a log, line by line. A line that does not end is cut, so that it cannot fill the memory. */
export async function logStream(
  bytes: ReadableStream<Uint8Array>,
  onLine: (text: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = (lines.pop() ?? "").slice(0, LINE_CHARS_MAX);
    for (const line of lines) onLine(line);
  }
  if (rest) onLine(rest);
}

function costOf(text: string): number {
  return text.length * 2 + LINE_BYTES;
}
