import { FreshetError } from "../shared/mod.ts";
import type { JailedProcess } from "./jail.ts";

const OUTPUT_BYTES_MAX = 4_000_000;

/** What a program came to. */
export interface ToolOutcome {
  code: number;
  stdout: string;
  stderr: string;
  /** It was ended because it took too long. */
  isTimedOut: boolean;
  /** It was ended because it wrote too much. */
  isFlooded: boolean;
}

/** Waits for a program and collects what it writes, at most 4 MB of each stream. An abort ends it and throws the signal's reason. */
export async function runToEnd(
  process: JailedProcess,
  options: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<ToolOutcome> {
  const { timeoutMs, signal } = options;
  let isTimedOut = false;
  let isFlooded = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    process.kill();
  }, timeoutMs);
  const onAbort = () => process.kill();
  const onFlood = () => {
    isFlooded = true;
    process.kill();
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    const [stdout, stderr, status] = await Promise.all([
      collect(process.stdout, onFlood),
      collect(process.stderr, onFlood),
      process.status,
    ]);
    signal?.throwIfAborted();
    if (status.code === 97) throw new FreshetError("internal", "Cannot limit the memory of a process here");
    return { code: status.code, stdout, stderr, isTimedOut, isFlooded };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

async function collect(stream: ReadableStream<Uint8Array>, onFlood: () => void): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    // Read on until it has ended, so that the pipe is closed in order.
    if (bytes > OUTPUT_BYTES_MAX) onFlood();
    else text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
