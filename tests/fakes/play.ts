import type { FakeAnswer } from "./script.ts";
import { finished, type FinishedAnswer, type Wire } from "./wire.ts";

/** Waits; ends early when the signal is aborted. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<void>;

/** Thrown where a script breaks the connection. */
export class Died extends Error {}

const encoder = new TextEncoder();
const GARBAGE = "\u0000\u0001<html>502 Bad Gateway</html>\n\n";

/** The bytes of a scripted answer in their time, cut as the script says. */
export async function* play(
  answer: FakeAnswer,
  wire: Wire,
  delay: Delay,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const limit = answer.interruption?.type === "die" ? answer.interruption.afterBytes : Infinity;
  let sent = 0;
  for await (const piece of cut(answer, perform(answer, wire, delay, signal))) {
    if (sent + piece.length >= limit) {
      if (limit > sent) yield piece.subarray(0, limit - sent);
      throw new Died();
    }
    sent += piece.length;
    yield piece;
  }
  if (limit !== Infinity) throw new Died();
}

async function* perform(answer: FakeAnswer, wire: Wire, delay: Delay, signal: AbortSignal) {
  const whole = finished(answer);
  const { interruption } = answer;
  yield encoder.encode(wire.start());
  for (const [i, delta] of whole.deltas.entries()) {
    if (interruption && "afterDeltas" in interruption && interruption.afterDeltas === i) {
      if (yield* interrupt(interruption, wire, signal)) return;
    }
    if (typeof answer.chunking !== "function") await delay(pause(answer, i), signal);
    if (signal.aborted) return;
    yield encoder.encode(wire.delta(delta));
  }
  yield* finish(whole, answer, wire, signal);
}

async function* finish(whole: FinishedAnswer, { interruption }: FakeAnswer, wire: Wire, signal: AbortSignal) {
  if (interruption && "afterDeltas" in interruption && interruption.afterDeltas >= whole.deltas.length) {
    if (yield* interrupt(interruption, wire, signal)) return;
  }
  yield encoder.encode(wire.end(whole));
}

/** True where it ends the answer. */
async function* interrupt(
  interruption: NonNullable<FakeAnswer["interruption"]>,
  wire: Wire,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, boolean> {
  switch (interruption.type) {
    case "hang":
      await aborted(signal);
      return true;
    case "error":
      yield encoder.encode(wire.error(interruption.kind));
      return true;
    case "garbage":
      yield encoder.encode(interruption.bytes ?? GARBAGE);
      return false;
    case "cut":
      return true;
    case "die":
      return false;
  }
}

function pause(answer: FakeAnswer, index: number): number {
  return (index === 0 ? answer.firstTokenMs : answer.paceMs) ?? 0;
}

async function* cut({ chunking }: FakeAnswer, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (typeof chunking === "function") {
    yield* chunking(await collect(bytes));
    return;
  }
  for await (const piece of bytes) {
    for (let i = 0; i < piece.length; i += chunking ?? piece.length) {
      yield piece.subarray(i, i + (chunking ?? piece.length));
    }
  }
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Blob(await Array.fromAsync(bytes, (piece) => piece.slice())).arrayBuffer());
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** Real time. */
export const realDelay: Delay = (ms, signal) => {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
};
