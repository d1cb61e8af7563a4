import { assert, assertEquals } from "@std/assert";
import type { ProfileEvent } from "../shared/mod.ts";
import { silentLog, systemClock } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { createCipher, keys, SharedFeed, Store } from "./mod.ts";

const PROFILE = "local";
const event = (chatId: string): ProfileEvent => ({ type: "chat:deleted", chatId });

interface Instance {
  store: Store;
  feed: SharedFeed;
  /** What it was told of others: the type, or "all" where anything may have changed. */
  elsewhere: string[];
  /** Told and not yet taken by a page that listens from the start. */
  page: AsyncGenerator<ProfileEvent[], void, undefined>;
}

/** Runs a test on two instances that share one database. */
async function withTwo(
  fn: (a: Instance, b: Instance, kv: Deno.Kv) => Promise<void>,
  clock = systemClock,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  const leave = new AbortController();
  const start = async (): Promise<Instance> => {
    const store = new Store(kv, createCipher(new Uint8Array(32)), { encryptAll: true, shared: true });
    const elsewhere: string[] = [];
    const onElsewhere = async (_: string, event?: { type: string }) => {
      await Promise.resolve();
      elsewhere.push(event?.type ?? "all");
    };
    const feed = new SharedFeed({ store, clock, log: silentLog, onElsewhere });
    await feed.hear(PROFILE);
    return { store, feed, elsewhere, page: feed.subscribe(PROFILE, leave.signal) };
  };
  const instances = [await start(), await start()];
  const [a, b] = instances;
  try {
    assert(a && b);
    await fn(a, b, kv);
  } finally {
    leave.abort();
    for (const { feed } of instances) await feed.close();
    kv.close();
  }
}

/** The next events of a page, as many as that. */
async function take({ page }: Instance, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const { value } = await page.next();
    if (!value) return [...ids, "cut off"];
    ids.push(...value.map((event) => event.type === "chat:deleted" ? event.chatId : event.type));
  }
  return ids;
}

Deno.test("what one instance publishes reaches the pages of both, in order and once", () =>
  withTwo(async (a, b) => {
    for (let i = 0; i < 5; i++) a.feed.publish(PROFILE, event(`a${i}`));
    const expected = ["a0", "a1", "a2", "a3", "a4"];
    assertEquals(await take(b, 5), expected);
    b.feed.publish(PROFILE, event("b"));
    assertEquals(await take(a, 6), [...expected, "b"]);
    assertEquals(await take(b, 1), ["b"]);
    assertEquals([a.elsewhere, b.elsewhere], [["all", "chat:deleted"], ["all", "chat:deleted"]]);
  }));

Deno.test("both publish at the same time and nothing is lost", () =>
  withTwo(async (a, b) => {
    const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
    for (let i = 0; i < 30; i++) {
      a.feed.publish(PROFILE, event(`a${i}`));
      b.feed.publish(PROFILE, event(`b${i}`));
      await turn();
    }
    const expected = Array.from({ length: 30 }, (_, i) => [`a${i}`, `b${i}`]).flat().sort();
    const [onA, onB] = await Promise.all([take(a, 60), take(b, 60)]);
    assertEquals([onA.toSorted(), onB.toSorted()], [expected, expected]);
    const order = (ids: string[], from: string) => ids.filter((id) => id.startsWith(from));
    for (const from of ["a", "b"]) assertEquals(order(onA, from), order(onB, from));
  }));

Deno.test("what an instance keeps in memory is dropped before its pages are told", () =>
  withTwo(async (a, b) => {
    a.feed.publish(PROFILE, { type: "nodes:changed" });
    assertEquals(await take(b, 1), ["nodes:changed"]);
    assertEquals(b.elsewhere, ["all", "nodes:changed"]);
  }));

Deno.test("instances tell each other what no page is told, and nothing of other profiles", () =>
  withTwo(async (a, b) => {
    a.feed.tellInstances(PROFILE, { type: "api_keys:changed" });
    a.feed.publish("other", event("other"));
    a.feed.publish(PROFILE, event("last"));
    assertEquals(await take(b, 1), ["last"]);
    assertEquals(b.elsewhere, ["all", "api_keys:changed", "chat:deleted"]);
  }));

Deno.test("more than is kept at once: pages of the others load afresh, one's own go on", () =>
  withTwo(async (a, b) => {
    for (let i = 0; i < 300; i++) a.feed.publish(PROFILE, event(String(i)));
    assertEquals((await take(a, 300)).at(-1), "299");
    assertEquals(await take(b, 1), ["cut off"]);
    assertEquals(b.elsewhere, ["all", "all"]);
  }));

Deno.test("events too large to be kept together are still noticed", () =>
  withTwo(async (a, b, kv) => {
    const noise = Array.from({ length: 4_000 }, () => crypto.randomUUID()).join("");
    a.feed.publish(PROFILE, event(noise));
    assertEquals(await take(b, 1), ["cut off"]);
    assert((await kv.get<Uint8Array>(keys.feed(PROFILE))).value);
  }));

Deno.test("a watch that died in silence is made up for by asking", async () => {
  const clock = new FakeClock();
  await withTwo(async (a, b, kv) => {
    const watch = kv.watch;
    // A watch of one more instance that never tells anything but what is there.
    kv.watch = ((wanted: Deno.KvKey[]) => {
      const reader = watch.call(kv, wanted).getReader();
      return new ReadableStream<unknown>({
        async start(controller) {
          const { value } = await reader.read();
          if (value) controller.enqueue(value);
          await reader.cancel();
        },
      });
    }) as unknown as typeof kv.watch;
    const heard: string[] = [];
    const store = new Store(kv, createCipher(new Uint8Array(32)), { encryptAll: true, shared: true });
    const onElsewhere = (_: string, event?: { type: string }) => {
      heard.push(event?.type ?? "all");
      return Promise.resolve();
    };
    const deaf = new SharedFeed({ store, clock, log: silentLog, onElsewhere });
    await deaf.hear(PROFILE);
    const leave = new AbortController();
    const page = deaf.subscribe(PROFILE, leave.signal);
    a.feed.publish(PROFILE, event("missed"));
    assertEquals(await take(b, 1), ["missed"]);
    assertEquals(heard, ["all"]);
    await clock.advance(30_000);
    assertEquals((await page.next()).value, [event("missed")]);
    leave.abort();
    await deaf.close();
  }, clock);
});

Deno.test("what was published before the end is told", async () => {
  await withTwo(async (a, b) => {
    a.feed.publish(PROFILE, event("last"));
    await a.feed.close();
    a.feed.publish(PROFILE, event("too late"));
    b.feed.publish(PROFILE, event("b"));
    assertEquals((await take(b, 2)).toSorted(), ["b", "last"]);
  });
});
