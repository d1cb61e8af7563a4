import { assertEquals } from "@std/assert";
import { FairQueue } from "./fair_queue.ts";

function served(
  queue: FairQueue<string>,
  count: number,
  may: (value: string) => boolean = () => true,
): string[] {
  const values: string[] = [];
  for (let i = 0; i < count; i++) {
    queue.next((value) => {
      if (!may(value)) return false;
      values.push(value);
      return true;
    });
  }
  return values;
}

Deno.test("a tenant that comes late stands behind one call of a flood, not behind all", () => {
  const queue = new FairQueue<string>();
  for (let i = 1; i <= 100; i++) queue.add({ tenant: "flood", value: `f${i}` });
  assertEquals(served(queue, 3), ["f1", "f2", "f3"]);
  queue.add({ tenant: "late", value: "l1" });
  queue.add({ tenant: "late", value: "l2" });
  const next = served(queue, 6);
  assertEquals(next.filter((value) => value.startsWith("l")), ["l1", "l2"]);
  assertEquals(next.indexOf("l2") <= 4, true, next.join());
});

Deno.test("turns alternate between tenants, and each one's calls keep their order", () => {
  const queue = new FairQueue<string>();
  for (const tenant of ["a", "b", "c"]) {
    for (let i = 1; i <= 3; i++) queue.add({ tenant, value: `${tenant}${i}` });
  }
  assertEquals(queue.inOrder().map(({ value }) => value), [
    "a1",
    "b1",
    "c1",
    "a2",
    "b2",
    "c2",
    "a3",
    "b3",
    "c3",
  ]);
  assertEquals(served(queue, 9), ["a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3"]);
  assertEquals(queue.size, 0);
});

Deno.test("who was away has saved up no turns", () => {
  const queue = new FairQueue<string>();
  for (let i = 1; i <= 50; i++) queue.add({ tenant: "busy", value: `b${i}` });
  served(queue, 40);
  for (let i = 1; i <= 10; i++) queue.add({ tenant: "back", value: `k${i}` });
  const next = served(queue, 10);
  assertEquals(next.filter((value) => value.startsWith("k")).length, 5);
});

Deno.test("a call that cannot begin holds up nobody", () => {
  const queue = new FairQueue<string>();
  queue.add({ tenant: "a", value: "stuck" });
  queue.add({ tenant: "a", value: "a2" });
  queue.add({ tenant: "b", value: "b1" });
  assertEquals(served(queue, 3, (value) => value !== "stuck").toSorted(), ["a2", "b1"]);
  assertEquals(queue.size, 1);
});

Deno.test("who leaves leaves no gap, and the largest tenant's newest call is found", () => {
  const queue = new FairQueue<string>();
  const entry = { tenant: "a", value: "a1" };
  queue.add(entry);
  for (const value of ["b1", "b2"]) queue.add({ tenant: "b", value });
  assertEquals([queue.remove(entry), queue.remove(entry), queue.size], [true, false, 2]);
  assertEquals(queue.newestOfLargest()?.value, "b2");
});
