import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type FinishReason,
  FreshetError,
  type RunEvent,
  type RunState,
  type SequencedEvent,
} from "../shared/mod.ts";
import { silentLog, systemClock } from "../host/mod.ts";
import { localPrincipal } from "../access/mod.ts";
import { keys, openStore, records, type RunRecord, type Store } from "../store/mod.ts";
import { type Generate, Runs } from "./mod.ts";

const subject = { type: "chat" as const, chatId: "c1", messageId: "m1" };

/** Runs over a store, with what their finisher was given. */
interface Bench {
  store: Store;
  runs: Runs;
  finished: RunState[];
  start(generate: Generate): Promise<string>;
  follow(id: string, afterSeq?: number, signal?: AbortSignal): Promise<SequencedEvent[]>;
}

async function withRuns(fn: (bench: Bench) => Promise<void>): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const bench = await benchOn(store);
  try {
    await fn(bench);
  } finally {
    await bench.runs.close();
    store.close();
  }
}

async function benchOn(store: Store): Promise<Bench> {
  const runs = new Runs({ store, clock: systemClock, log: silentLog });
  const finished: RunState[] = [];
  runs.handle("chat", {
    finish: (_run, state) => {
      finished.push(state);
      return Promise.resolve();
    },
  });
  await runs.start();
  return {
    store,
    runs,
    finished,
    start: async (generate) => {
      const operation = store.kv.atomic();
      const prepared = runs.prepare(localPrincipal, subject, operation);
      const commit = await operation.commit();
      assert(commit.ok);
      prepared.launch(commit.versionstamp, generate);
      return prepared.info.id;
    },
    follow: async (id, afterSeq = 0, signal = new AbortController().signal) => {
      const batches = await Array.fromAsync(runs.subscribe(localPrincipal, id, afterSeq, signal));
      return batches.flat().map(({ seq, event }) => ({ seq, event }));
    },
  };
}

async function* words(count: number): AsyncGenerator<RunEvent, FinishReason, undefined> {
  for (let i = 0; i < count; i++) {
    yield { type: "text", text: `w${i} ` };
    if (i % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return "stop";
}

/** Says one word and waits until the run is stopped. */
async function* patient(signal: AbortSignal): AsyncGenerator<RunEvent, FinishReason, undefined> {
  yield { type: "text", text: "begun" };
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  signal.throwIfAborted();
  return "stop";
}

const textOf = (events: SequencedEvent[]) =>
  events.map(({ event }) => event.type === "text" ? event.text : "").join("");
const expected = (count: number) => Array.from({ length: count }, (_, i) => `w${i} `).join("");

Deno.test("a run's events are contiguous, complete and end once", () =>
  withRuns(async ({ start, follow, finished }) => {
    const events = await follow(await start(() => words(500)));
    assertEquals(events.map(({ seq }) => seq), events.map((_, i) => i + 1));
    assertEquals(textOf(events), expected(500));
    assertEquals(events.filter(({ event }) => event.type === "end").length, 1);
    assertEquals(events.at(-1)?.event.type, "end");
    assertEquals(finished.map(({ text, status }) => [text, status]), [[expected(500), "complete"]]);
  }));

Deno.test("an event is seen only after the commit that holds it", () =>
  withRuns(async ({ start, runs, store }) => {
    const id = await start(() => words(200));
    for await (const batch of runs.subscribe(localPrincipal, id, 0, new AbortController().signal)) {
      const last = batch.at(-1)?.seq ?? 0;
      const prefix = keys.runLog("local", id);
      const stored = await Array.fromAsync(store.list(records.runLog, { prefix }));
      assert(stored.flatMap(({ value }) => value).some(({ seq }) => seq >= last));
    }
  }));

Deno.test("a client that comes back at any place gets exactly the rest, live and after the end", () =>
  withRuns(async ({ start, follow, runs }) => {
    const id = await start(() => words(120));
    const live = await follow(id, 3);
    assertEquals(live[0]?.seq, 4);
    const all = await follow(id);
    for (let after = 0; after <= all.length; after++) {
      assertEquals(await follow(id, after), all.slice(after));
    }
    const { state, run } = await runs.snapshot(localPrincipal, id);
    assertEquals([state.text, state.seq, run.status], [expected(120), all.length, "complete"]);
  }));

Deno.test("many subscribers and runs at once: nobody misses or repeats a character", () =>
  withRuns(async ({ start, follow }) => {
    const ids = await Promise.all(Array.from({ length: 30 }, (_, i) => start(() => words(50 + i))));
    await Promise.all(ids.map(async (id, i) => {
      const seen = await Promise.all(Array.from({ length: 5 }, () => follow(id)));
      for (const events of seen) assertEquals(textOf(events), expected(50 + i));
    }));
  }));

Deno.test("cancelling ends the generation and keeps what was written", () =>
  withRuns(async ({ start, follow, runs, finished }) => {
    let isAborted = false;
    const id = await start((signal) => {
      signal.addEventListener("abort", () => isAborted = true);
      return patient(signal);
    });
    const following = follow(id);
    await runs.cancel(localPrincipal, id);
    const end = (await following).at(-1)?.event;
    assertEquals(end?.type === "end" ? end.outcome : end, "cancelled");
    assertEquals([isAborted, finished[0]?.text, finished[0]?.status], [true, "begun", "cancelled"]);
    await runs.cancel(localPrincipal, id);
  }));

Deno.test("a failing generation ends the run with the typed error, and nothing of an unforeseen one leaks", () =>
  withRuns(async ({ start, follow }) => {
    const failing = (error: Error) =>
      async function* (): AsyncGenerator<RunEvent, FinishReason, undefined> {
        yield { type: "text", text: "half" };
        await Promise.resolve();
        throw error;
      };
    const typed =
      (await follow(await start(failing(new FreshetError("rate_limited", "Slow down", { retryAfter: 7 })))))
        .at(-1)?.event;
    assertEquals(typed?.type === "end" && [typed.outcome, typed.error?.code, typed.error?.retryAfter], [
      "failed",
      "rate_limited",
      7,
    ]);
    const other = (await follow(await start(failing(new Error("secret path /etc"))))).at(-1)?.event;
    assert(
      other?.type === "end" && other.error?.code === "internal" && !JSON.stringify(other).includes("secret"),
    );
  }));

Deno.test("runs of other profiles do not exist", () =>
  withRuns(async ({ start, runs, follow }) => {
    const id = await start(() => words(10));
    const stranger = { ...localPrincipal, profileId: "stranger" };
    const signal = new AbortController().signal;
    for (
      const attempt of [
        () => runs.snapshot(stranger, id),
        () => runs.cancel(stranger, id),
        () => Array.fromAsync(runs.subscribe(stranger, id, 0, signal)),
      ]
    ) assertEquals((await assertRejects(attempt, FreshetError)).code, "not_found");
    await follow(id);
  }));

Deno.test("what a dead process left is ended as interrupted, with all that was committed", () =>
  withRuns(async ({ start, store }) => {
    const id = await start(patient);
    const reader = new AbortController();
    for await (const batch of benchSubscribe(store, id, reader.signal)) if (batch > 0) break;
    // The owner of the run becomes a process that is gone.
    const stored = await store.get(records.run, keys.run("local", id));
    assert(stored);
    const record: RunRecord = { ...stored.value, ownerId: "gone" };
    await store.kv.atomic().set(stored.key, store.encode(records.run, record))
      .delete(keys.runOwned(stored.value.ownerId, "local", id)).set(keys.runOwned("gone", "local", id), true)
      .commit();
    const next = await benchOn(store);
    assertEquals(next.finished.map(({ text, status }) => [text, status]), [["begun", "interrupted"]]);
    const events = await next.follow(id);
    assertEquals([textOf(events), events.at(-1)?.event.type], ["begun", "end"]);
    await next.runs.close();
  }));

Deno.test("a process that lost its run writes nothing more", () =>
  withRuns(async ({ start, store, finished, runs }) => {
    let proceed = () => {};
    const gate = new Promise<void>((resolve) => proceed = resolve);
    const id = await start(async function* () {
      yield { type: "text", text: "mine" };
      await gate;
      yield { type: "text", text: " and too late" };
      return "stop" as const;
    });
    for await (const batch of benchSubscribe(store, id, new AbortController().signal)) if (batch > 0) break;
    const stored = await store.get(records.run, keys.run("local", id));
    assert(stored);
    await store.kv.set(
      stored.key,
      store.encode(records.run, { ...stored.value, ownerId: "other", epoch: 2 }),
    );
    proceed();
    await runs.drain(1_000);
    assertEquals(finished, []);
    const log = await Array.fromAsync(store.list(records.runLog, { prefix: keys.runLog("local", id) }));
    assertEquals(textOf(log.flatMap(({ value }) => value)), "mine");
  }));

Deno.test("draining interrupts what does not end in time and refuses new runs", () =>
  withRuns(async ({ start, runs, finished }) => {
    await start(patient);
    await runs.drain(20);
    assertEquals(finished.map(({ status }) => status), ["interrupted"]);
    await assertRejects(() => start(patient), FreshetError, "shutting down");
  }));

/** Counts the events in the store's log until there are some. */
async function* benchSubscribe(store: Store, id: string, signal: AbortSignal): AsyncGenerator<number> {
  while (!signal.aborted) {
    const log = await Array.fromAsync(store.list(records.runLog, { prefix: keys.runLog("local", id) }));
    yield log.length;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

Deno.test("a subscriber that leaves while its run is looked up leaves nothing behind", () =>
  withRuns(async ({ runs, start, follow }) => {
    const id = await start(() => words(3));
    await follow(id);
    while (runs.active > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const leaving = new AbortController();
    const first = runs.subscribe(localPrincipal, id, 0, leaving.signal).next();
    leaving.abort();
    assertEquals((await first).done, true);
  }));
