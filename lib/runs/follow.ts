import { keys, records, type Store } from "../store/mod.ts";
import { type CommittedEvent, encodeEvent, type LiveRun } from "./live_run.ts";
import { readLog } from "./run_log.ts";

/** A live run's events: each subscriber is no more than a place in the list of what was committed. */
export async function* followLive(
  live: LiveRun,
  afterSeq: number,
  signal: AbortSignal,
): AsyncGenerator<CommittedEvent[], void, undefined> {
  let seq = afterSeq;
  while (!signal.aborted) {
    const events = live.committed.slice(seq);
    if (events.length > 0) {
      seq = events.at(-1)?.seq ?? seq;
      yield events;
    } else if (live.isClosed) {
      return;
    } else {
      await live.changed(signal);
    }
  }
}

/** The events of a run that has ended, or that another process has in hand: read from the log whenever its head moves. */
export async function* followLog(
  store: Store,
  { profileId, runId, afterSeq }: { profileId: string; runId: string; afterSeq: number },
  signal: AbortSignal,
): AsyncGenerator<CommittedEvent[], void, undefined> {
  // A client that left while its run was looked up; nobody would end the watch.
  if (signal.aborted) return;
  const watch = store.kv.watch([keys.runHead(profileId, runId), keys.run(profileId, runId)]).getReader();
  const onAbort = () => void watch.cancel();
  signal.addEventListener("abort", onAbort, { once: true });
  let seq = afterSeq;
  try {
    for (;;) {
      // Asked before the log is read: what ends in between is still in the log.
      const run = await store.get(records.run, keys.run(profileId, runId));
      const events = await readLog(store, profileId, runId, seq);
      seq = events.at(-1)?.seq ?? seq;
      if (events.length > 0) yield events.map((event) => ({ ...event, bytes: encodeEvent(runId, event) }));
      if (run?.value.status !== "running" || signal.aborted) return;
      if ((await watch.read()).done) return;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    await watch.cancel();
  }
}
