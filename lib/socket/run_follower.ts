import type { RunMessage, RunSnapshot } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import { type Clock, sleep } from "../host/mod.ts";
import type { Runs } from "../runs/mod.ts";
import { messagesOf } from "./run_messages.ts";

/** Characters that are handed over at once; the rest stays in the run's log until the client has taken them. */
const PART_CHARS = 128 * 1024;
/** ms until a run that went over to another process is looked at again. */
const TAKEN_OVER_MS = 500;

/** A run to follow, and from where. */
export interface FollowOptions {
  runs: Runs;
  clock: Clock;
  principal: Principal;
  runId: string;
  afterSeq: number;
  signal: AbortSignal;
  /** Resolves when the client has taken the messages. */
  write(messages: readonly RunMessage[]): Promise<void>;
}

/** Writes what a run says after `afterSeq` up to its end, in its own process or another. Throws `not_found`. */
export async function followRun(options: FollowOptions): Promise<void> {
  const { runs, clock, principal, runId, signal, write } = options;
  let seq = options.afterSeq;
  while (!signal.aborted) {
    for await (const batch of runs.subscribe(principal, runId, seq, signal)) {
      for (const part of partsOf(messagesOf(runId, batch))) {
        await write(part);
        if (signal.aborted) return;
      }
      const last = batch.at(-1);
      if (last?.event.type === "end") return;
      seq = last?.seq ?? seq;
    }
    if (signal.aborted) return;
    const snapshot = await runs.snapshot(principal, runId);
    if (snapshot.run.status === "running") await sleep(clock, TAKEN_OVER_MS, signal).catch(() => "aborted");
    // Nothing comes after the end, but a client that asks there has to hear of it.
    else if (snapshot.state.seq <= seq) return await write([endOf(runId, snapshot)]);
  }
}

function* partsOf(messages: readonly RunMessage[]): Generator<RunMessage[], void, undefined> {
  let part: RunMessage[] = [];
  let chars = 0;
  for (const message of messages) {
    part.push(message);
    chars += "text" in message ? message.text.length : 0;
    if (chars < PART_CHARS) continue;
    yield part;
    part = [];
    chars = 0;
  }
  if (part.length > 0) yield part;
}

function endOf(runId: string, { run, state }: RunSnapshot): RunMessage {
  const { seq, finishReason, error, metrics } = state;
  return {
    type: "status",
    status: "end",
    runId,
    seq,
    outcome: run.status === "running" ? "interrupted" : run.status,
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(error === undefined ? {} : { error }),
    ...(metrics === undefined ? {} : { metrics }),
  };
}
