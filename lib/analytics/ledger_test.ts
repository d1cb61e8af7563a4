import { assertEquals } from "@std/assert";
import { silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { localPrincipal } from "../access/mod.ts";
import { openStore, type Store } from "../store/mod.ts";
import { type CallRecord, Ledger } from "./mod.ts";

const row: Omit<CallRecord, "id"> = {
  profileId: "local",
  at: 0,
  source: { type: "api", endpoint: "/v1/chat/completions" },
  model: "m",
  attempts: [],
  outcome: "complete",
  usage: { promptTokens: 1, completionTokens: 1, totalTokens: 2, estimated: true },
  durationMs: 1,
};

async function withLedger(
  fn: (ledger: Ledger, clock: FakeClock, store: Store) => Promise<void>,
): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const ledger = new Ledger({ store, clock, log: silentLog });
  try {
    await fn(ledger, clock, store);
  } finally {
    await ledger.flush();
    store.close();
  }
}

const models = async (ledger: Ledger) =>
  (await ledger.latest(localPrincipal)).map(({ model }) => model).toReversed();

Deno.test("calls are entered together after a while, each once", () =>
  withLedger(async (ledger, clock, store) => {
    for (let i = 0; i < 450; i++) ledger.record({ ...row, model: `m${i}` });
    const count = async () => (await Array.fromAsync(store.kv.list({ prefix: ["ledger"] }))).length;
    assertEquals(await count(), 0);
    await clock.advance(200);
    assertEquals((await models(ledger)).at(-1), "m449");
    assertEquals(await count(), 450);
  }));

Deno.test("a name of any length that a client asks for is entered, cut", () =>
  withLedger(async (ledger) => {
    const name = Array.from({ length: 100_000 }, (_, i) => Math.sin(i).toString(36)).join("");
    ledger.record({ ...row, model: name });
    ledger.record(row);
    assertEquals(await models(ledger), [name.slice(0, 300), "m"]);
  }));

Deno.test("what the disk does not take is kept for the next try", () =>
  withLedger(async (ledger, clock, store) => {
    const atomic = store.kv.atomic.bind(store.kv);
    store.kv.atomic = () => {
      throw new Error("disk full");
    };
    ledger.record(row);
    await clock.advance(200);
    store.kv.atomic = atomic;
    ledger.record({ ...row, model: "n" });
    assertEquals(await models(ledger), ["m", "n"]);
  }));
