import { assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { memoryStore } from "./backup/testing.ts";
import { keys } from "./keys.ts";
import { type LayoutUpgrade, setLayout, upgradeLayout } from "./layout.ts";
import type { Store } from "./store.ts";

const COUNT = 25;

/** Moves ten entries at a time; `dieAfter` steps it dies like a process that is killed. */
function mover(dieAfter = Infinity): LayoutUpgrade & { steps: number } {
  const upgrade = {
    to: 2,
    steps: 0,
    async step(store: Store, operation: Deno.AtomicOperation, from: unknown) {
      if (upgrade.steps === dieAfter) throw new Error("killed");
      upgrade.steps++;
      const entries = await Array.fromAsync(store.kv.list({ prefix: ["old"] }, { limit: 10 }));
      for (const { key, value } of entries) operation.delete(key).set(["new", ...key.slice(1)], value);
      return entries.length < 10 ? undefined : Number(from ?? 0) + entries.length;
    },
  };
  return upgrade;
}

async function filled(shared = false): Promise<Store> {
  const store = await memoryStore({ shared });
  for (let i = 0; i < COUNT; i++) await store.kv.set(["old", i], i);
  return store;
}

async function moved(store: Store): Promise<number[]> {
  return (await Array.fromAsync(store.kv.list<number>({ prefix: ["new"] }))).map(({ value }) => value);
}

const ALL = Array.from({ length: COUNT }, (_, i) => i);

Deno.test("an upgrade of the layout runs once after a backup, and goes on where it was killed", async () => {
  const store = await filled();
  const clock = new FakeClock();
  const backups: number[] = [];
  const backup = (layout: number) => Promise.resolve(void backups.push(layout));
  try {
    await assertRejects(
      () => upgradeLayout(store, { clock, backup, upgrades: [mover(2)] }),
      Error,
      "killed",
    );
    assertEquals((await moved(store)).length, 20);
    const rest = mover();
    await upgradeLayout(store, { clock, backup, upgrades: [rest] });
    assertEquals([await moved(store), rest.steps, backups], [ALL, 1, [1]]);
    await upgradeLayout(store, { clock, backup, upgrades: [mover(0)] });
    assertEquals([(await store.kv.get(keys.layout())).value, backups], [{ layout: 2 }, [1]]);
  } finally {
    store.close();
  }
});

Deno.test("nothing is changed without a backup, nor in a store of a newer Freshet", async () => {
  const store = await filled();
  const clock = new FakeClock();
  try {
    const backup = () => Promise.reject(new FreshetError("storage", "Cannot write"));
    await assertRejects(() => upgradeLayout(store, { clock, backup, upgrades: [mover()] }), FreshetError);
    assertEquals(await moved(store), []);
    await setLayout(store, 3);
    const error = await assertRejects(() => upgradeLayout(store, { clock, backup }), FreshetError);
    assertEquals(error.message, "Cannot open the store: it was written by a newer Freshet (layout 3)");
  } finally {
    store.close();
  }
});

Deno.test("of instances that share a store one upgrades, and the others wait for it or take over from a dead one", async () => {
  const store = await filled(true);
  const clock = new FakeClock();
  try {
    const lease = { processId: "other", until: clock.now() + 30_000 };
    await store.kv.set(keys.layoutLease(), lease);
    let isDone = false;
    const upgrade = mover();
    const backup = () => Promise.resolve();
    const waiting = upgradeLayout(store, { clock, backup, upgrades: [upgrade] }).then(() => isDone = true);
    for (let i = 0; i < 5; i++) await clock.advance(2_000);
    assertEquals([isDone, upgrade.steps], [false, 0]);
    for (let i = 0; i < 60 && !isDone; i++) await clock.advance(2_000);
    await waiting;
    assertEquals([await moved(store), (await store.kv.get(keys.layoutLease())).value], [ALL, null]);
  } finally {
    store.close();
  }
});
