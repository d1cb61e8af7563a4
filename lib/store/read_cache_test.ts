import { assertEquals, assertRejects } from "@std/assert";
import { ReadCache } from "./mod.ts";

/** A cache whose reads end by hand. */
function setUp() {
  const reads: PromiseWithResolvers<string>[] = [];
  const cache = new ReadCache(() => {
    const read = Promise.withResolvers<string>();
    reads.push(read);
    return read.promise;
  });
  return { cache, reads };
}

Deno.test("what is asked for at the same time and after is read once", async () => {
  const { cache, reads } = setUp();
  const both = Promise.all([cache.get("a"), cache.get("a")]);
  reads[0]?.resolve("one");
  assertEquals([await both, await cache.get("a"), reads.length], [["one", "one"], "one", 1]);
  void cache.get("b");
  assertEquals(reads.length, 2);
});

Deno.test("what was read before a change does not come back after it", async () => {
  const { cache, reads } = setUp();
  const before = cache.get("a");
  assertEquals(cache.forget("a"), before);
  const after = cache.get("a");
  reads[1]?.resolve("new");
  assertEquals(await after, "new");
  reads[0]?.resolve("old");
  assertEquals([await before, await cache.get("a"), reads.length], ["old", "new", 2]);
});

Deno.test("a read that failed is tried again, and takes no later one along", async () => {
  const { cache, reads } = setUp();
  const failing = cache.get("a");
  cache.forget("a");
  const good = cache.get("a");
  reads[1]?.resolve("good");
  reads[0]?.reject(new Error("locked"));
  await assertRejects(() => failing, Error, "locked");
  assertEquals([await good, await cache.get("a"), reads.length], ["good", "good", 2]);
  cache.forget("a");
  const failed = cache.get("a");
  reads[2]?.reject(new Error("locked"));
  await assertRejects(() => failed, Error, "locked");
  void cache.get("a");
  assertEquals([reads.length, cache.forget("b")], [4, undefined]);
});
