import { assertEquals, assertRejects } from "@std/assert";
import { Slots } from "./slots.ts";

const never = new AbortController().signal;

Deno.test("no more than the limit are under way, and those in line come in their order", async () => {
  const slots = new Slots();
  const order: string[] = [];
  const held = await slots.take("n", 2, never);
  const other = await slots.take("n", 2, never);
  const waiting = ["a", "b"].map(async (name) => {
    const slot = await slots.take("n", 2, never);
    order.push(name);
    return slot;
  });
  await Promise.resolve();
  assertEquals([slots.taken("n"), slots.load("n"), order], [2, 4, []]);
  held.release();
  held.release();
  const first = await waiting[0];
  assertEquals([slots.taken("n"), order], [2, ["a"]]);
  other.release();
  (await waiting[1])?.release();
  first?.release();
  assertEquals([slots.taken("n"), order], [0, ["a", "b"]]);
});

Deno.test("who gives up leaves the line without taking a turn", async () => {
  const slots = new Slots();
  const held = await slots.take("n", 1, never);
  const impatient = new AbortController();
  const gone = slots.take("n", 1, impatient.signal);
  const patient = slots.take("n", 1, never);
  impatient.abort(new DOMException("", "AbortError"));
  await assertRejects(() => gone, DOMException);
  held.release();
  (await patient).release();
  assertEquals(slots.load("n"), 0);
});

Deno.test("without a limit nobody waits", async () => {
  const slots = new Slots();
  const held = await Promise.all(Array.from({ length: 50 }, () => slots.take("n", 0, never)));
  assertEquals(slots.taken("n"), 50);
  for (const slot of held) slot.release();
  assertEquals(slots.taken("n"), 0);
});
