import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { instanceIdOf, openStore } from "./mod.ts";

Deno.test("an instance keeps its id, whichever of its processes asks first, and another one has another", async () => {
  const store = await openStore({ folder: ":memory:" });
  const ids = await Promise.all([instanceIdOf(store), instanceIdOf(store)]);
  assertMatch(ids[0] ?? "", /^[0-9a-f]{8}$/);
  assertEquals(ids, [await instanceIdOf(store), await instanceIdOf(store)]);
  const other = await openStore({ folder: ":memory:" });
  assertNotEquals(await instanceIdOf(other), ids[0]);
  other.close();
  store.close();
});
