import { assertEquals, assertRejects } from "@std/assert";
import { FreshetError, type ModelChange, type ModelInfo, type NodeInfo } from "../../shared/mod.ts";
import { silentLog } from "../../host/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { openStore, type Store } from "../../store/mod.ts";
import { Digests } from "./digests.ts";

const NODE = { id: "n", name: "Workstation", kind: "ollama" } as NodeInfo;
const AT = { nodeId: "n", model: "a:latest" };
const digest = (digit: string) => digit.repeat(64);
const model = (digit: string, more: Partial<ModelInfo> = {}): ModelInfo => ({
  id: "a:latest",
  name: "a:latest",
  capabilities: ["chat"],
  digest: digest(digit),
  ...more,
});

interface World {
  clock: FakeClock;
  changes: ModelChange[];
  stale: string[];
  /** Another process on the same data. */
  begin(): Digests;
}

async function withDigests(fn: (digests: Digests, world: World) => Promise<void>): Promise<void> {
  const store: Store = await openStore({ folder: ":memory:" });
  const world: World = { clock: new FakeClock(), changes: [], stale: [], begin };
  function begin() {
    return new Digests({
      store,
      clock: world.clock,
      log: silentLog,
      onChange: (change, by) => {
        if (by === "server") world.changes.push(change);
        return Promise.resolve();
      },
      onStale: (_node, { loadedDigest = "" }) => world.stale.push(loadedDigest[0] ?? ""),
    });
  }
  try {
    await fn(begin(), world);
  } finally {
    store.close();
  }
}

const look = (digests: Digests, ...models: ModelInfo[]) => digests.look(NODE, models);
const history = async (digests: Digests) =>
  (await digests.of("n", "a:latest"))?.entries.map(({ digest, by }) => `${digest[0]} ${by}`);

Deno.test("what changed while nobody looked is noticed by the next process, once", async () => {
  await withDigests(async (digests, { changes, clock, begin }) => {
    await look(digests, model("1"));
    await look(digests, model("1"));
    assertEquals([await history(digests), changes.length], [["1 found"], 0]);
    await clock.advance(60_000);
    const next = begin();
    await look(next, model("2"));
    await look(next, model("2"));
    assertEquals(await history(next), ["2 server", "1 found"]);
    assertEquals(changes.map(({ from, to }) => [from[0], to[0]]), [["1", "2"]]);
    // The one that had not looked since takes over what the other one has kept.
    await look(digests, model("2"));
    assertEquals([await history(digests), changes.length], [["2 server", "1 found"], 1]);
    assertEquals((await digests.changes("n")).length, 1);
    await digests.note("n", "a:latest");
    assertEquals(await digests.changes("n"), []);
  });
});

Deno.test("a process that has not read anew keeps what another one has written", async () => {
  await withDigests(async (digests, { begin }) => {
    const other = begin();
    await look(other, { ...model("f"), id: "b:latest" });
    await digests.during(AT, () => look(digests, model("1")));
    await look(digests, model("2"));
    await look(other, model("2"));
    await look(other, model("2"));
    assertEquals(await history(begin()), ["2 server", "1 freshet"]);
    assertEquals(await history(other), ["2 server", "1 freshet"]);
  });
});

Deno.test("what Freshet does itself is no change of others, and does not hide one", async () => {
  await withDigests(async (digests, { changes }) => {
    await look(digests, model("1"));
    await look(digests, model("2"));
    await digests.during(AT, () => look(digests, model("3")));
    assertEquals([await history(digests), changes.length], [["3 freshet", "2 server", "1 found"], 1]);
    assertEquals((await digests.changes("n")).length, 1);
    await digests.during({ ...AT, model: "b:latest" }, () => look(digests, model("4")));
    assertEquals(changes.length, 2);
  });
});

Deno.test("an instance in memory is told of once, and only where it is what the name has led to", async () => {
  await withDigests(async (digests, { stale }) => {
    const loaded = (now: string, then: string) => model(now, { loaded: true, loadedDigest: digest(then) });
    await look(digests, loaded("1", "f"));
    assertEquals(stale, [], "a server whose digests in memory are of another kind");
    await look(digests, loaded("2", "1"));
    await look(digests, loaded("2", "1"));
    assertEquals(stale, ["1"]);
    await look(digests, model("2", { loaded: true }));
    await look(digests, loaded("3", "2"));
    assertEquals(stale, ["1", "2"]);
  });
});

Deno.test("servers that tell no digests, and copies that Freshet keeps, have no history", async () => {
  await withDigests(async (digests) => {
    const { digest: _, ...untold } = model("1");
    const copy = { ...model("1"), id: `a:latest-pin-${"1".repeat(12)}` };
    await look(digests, untold, copy);
    assertEquals(await history(digests), undefined);
    assertEquals(await digests.of("n", copy.id), null);
  });
});

Deno.test("what comes under a name while Freshet puts a known model there is of somebody else", async () => {
  await withDigests(async (digests, { changes }) => {
    await look(digests, model("1"));
    const putting = { ...AT, digest: digest("2") };
    await digests.during(putting, () => look(digests, model("3")));
    assertEquals([await history(digests), changes.length], [["3 server", "1 found"], 1]);
    await digests.during(putting, () => look(digests, model("2")));
    assertEquals(await history(digests), ["2 freshet", "3 server", "1 found"]);
    // A download to the same name goes on: what it comes to is not known.
    await digests.during(AT, () => digests.during(putting, () => look(digests, model("4"))));
    assertEquals([(await history(digests))?.[0], changes.length], ["4 freshet", 1]);
  });
});

Deno.test("who notes a change does not note the next one, which nobody has seen", async () => {
  await withDigests(async (digests, { clock }) => {
    await look(digests, model("1"));
    await look(digests, model("2"));
    const [[, seen] = ["", 0]] = await digests.changes("n");
    await clock.advance(1_000);
    await look(digests, model("3"));
    const refused = await assertRejects(() => digests.note("n", "a:latest", seen), FreshetError);
    assertEquals([refused.code, (await digests.changes("n")).length], ["conflict", 1]);
    const [[, now] = ["", 0]] = await digests.changes("n");
    await digests.note("n", "a:latest", now);
    assertEquals(await digests.changes("n"), []);
    await digests.note("n", "a:latest", now);
  });
});
