import { assert, assertEquals } from "@std/assert";
import type { FinishReason, RunEvent } from "../shared/mod.ts";
import { createLog, silentLog, systemClock } from "../host/mod.ts";
import { localPrincipal as me } from "../access/mod.ts";
import { keys, openStore, records, type Store } from "../store/mod.ts";
import { Runs } from "./mod.ts";

const subject = { type: "chat" as const, chatId: "c", messageId: "m" };

async function withRuns(fn: (runs: Runs, store: Store) => Promise<void>, log = silentLog): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const runs = new Runs({ store, clock: systemClock, log });
  await runs.start();
  try {
    await fn(runs, store);
  } finally {
    await runs.close();
    store.close();
  }
}

async function start(runs: Runs, store: Store, events: RunEvent[]): Promise<string> {
  const operation = store.kv.atomic();
  const prepared = runs.prepare(me, subject, operation);
  const commit = await operation.commit();
  assert(commit.ok);
  prepared.launch(commit.versionstamp, async function* (): AsyncGenerator<RunEvent, FinishReason> {
    for (const event of events) yield await Promise.resolve(event);
    return "stop";
  });
  return prepared.info.id;
}

async function stateOf(runs: Runs, id: string) {
  await Array.fromAsync(runs.subscribe(me, id, 0, new AbortController().signal));
  while (runs.active > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  return (await runs.snapshot(me, id)).state;
}

/** A text that does not become small by compression. */
function noise(chars: number): string {
  const units = Uint16Array.from({ length: chars }, () => 0x4e00 + Math.floor(Math.random() * 20_000));
  return Array.from(units, (unit) => String.fromCharCode(unit)).join("");
}

Deno.test("an event larger than a value is stored and replayed, and goes with its run", () =>
  withRuns(async (runs, store) => {
    const call = { id: "1", name: "write", arguments: noise(200_000) };
    const id = await start(runs, store, [{ type: "tool_call", call }, { type: "text", text: "done" }]);
    const state = await stateOf(runs, id);
    assertEquals([state.status, state.text, state.steps[0]?.call.arguments === call.arguments], [
      "complete",
      "done",
      true,
    ]);
    assert((await Array.fromAsync(store.kv.list({ prefix: ["blob"] }))).length > 0);
    await store.deleteBelow(keys.runLog("local", id));
    assertEquals(await Array.fromAsync(store.kv.list({ prefix: ["blob"] })), []);
  }));

Deno.test("many runs that write much at once stay below the size of a commit", () =>
  withRuns(async (runs, store) => {
    const text = noise(20_000);
    const ids = await Promise.all(
      Array.from({ length: 30 }, () => start(runs, store, [{ type: "text", text }])),
    );
    for (const id of ids) {
      const state = await stateOf(runs, id);
      assertEquals([state.status, state.text === text], ["complete", true]);
    }
  }));

Deno.test("a disk that takes no writes for a while delays a run and its end, and nothing is lost", () =>
  withRuns(async (runs, store) => {
    const open = store.kv.atomic.bind(store.kv);
    const failing = failures(3);
    const id = await start(runs, store, [{ type: "text", text: "kept" }]);
    store.kv.atomic = () => failing(open());
    const state = await stateOf(runs, id);
    assertEquals([state.status, state.text], ["complete", "kept"]);
  }));

Deno.test("an end that was committed though the commit seemed to fail is an end", () =>
  withRuns(async (runs, store) => {
    let ended = 0;
    runs.handle("chat", { finish: () => Promise.resolve(), ended: () => ended++ });
    const id = await start(runs, store, [{ type: "text", text: "all" }]);
    const open = store.kv.atomic.bind(store.kv);
    let hasBroken = false;
    store.kv.atomic = () => {
      const operation = open();
      const { commit, delete: remove } = operation;
      // Of all commits of a run only its end deletes something.
      let isEnd = false;
      operation.delete = (key) => {
        isEnd = true;
        return remove.call(operation, key);
      };
      operation.commit = async () => {
        const result = await commit.call(operation);
        if (!isEnd || hasBroken) return result;
        hasBroken = true;
        throw new Error("the connection broke");
      };
      return operation;
    };
    assertEquals((await stateOf(runs, id)).status, "complete");
    assertEquals([(await runs.get(me, id)).status, hasBroken, ended], ["complete", true, 1]);
  }));

Deno.test("a damaged run keeps neither the others from their end nor Freshet from its start", async () => {
  const errors: string[] = [];
  const log = createLog(({ message }) => errors.push(message), "error");
  const store = await openStore({ folder: ":memory:" });
  const record = (id: string) => ({
    id,
    profileId: "local",
    subject,
    status: "running" as const,
    startedAt: 0,
    ownerId: "gone",
    epoch: 1,
  });
  for (const id of ["a", "b"]) {
    await store.kv.atomic()
      .set(keys.run("local", id), store.encode(records.run, record(id)))
      .set(keys.runOwned("gone", "local", id), true)
      .commit();
  }
  await store.kv.set(keys.runLogBatch("local", "a", 1), new Uint8Array([9, 9, 9, 9]));
  const runs = new Runs({ store, clock: systemClock, log });
  await runs.start();
  assertEquals((await runs.get(me, "b")).status, "interrupted");
  assertEquals(errors, ["Cannot end a run that its process left"]);
  await runs.close();
  store.close();
});

/** The next `count` commits fail. */
function failures(count: number): (operation: Deno.AtomicOperation) => Deno.AtomicOperation {
  return (operation) => {
    if (count-- > 0) operation.commit = () => Promise.reject(new Error("disk full"));
    return operation;
  };
}
