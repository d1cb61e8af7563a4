import { assertEquals, assertRejects } from "@std/assert";
import { sideBySide } from "./side_by_side.ts";

Deno.test("works side by side within the limit, and returns in order", async () => {
  let atOnce = 0;
  let most = 0;
  const work = [3, 1, 2, 1].map((count, index) =>
    async function* () {
      most = Math.max(most, ++atOnce);
      for (let i = 0; i < count; i++) yield await Promise.resolve(`${index}.${i}`);
      atOnce--;
      return index;
    }
  );
  const seen: string[] = [];
  const generator = sideBySide(work, 2);
  let step = await generator.next();
  while (!step.done) {
    seen.push(step.value);
    step = await generator.next();
  }
  assertEquals([step.value, most, seen.toSorted()], [[0, 1, 2, 3], 2, [
    "0.0",
    "0.1",
    "0.2",
    "1.0",
    "2.0",
    "2.1",
    "3.0",
  ]]);
});

Deno.test("when one fails, the others are ended and those that wait do not begin", async () => {
  let ended = 0;
  let begun = 0;
  const work = Array.from({ length: 5 }, (_, index) =>
    async function* () {
      begun++;
      try {
        for (let i = 0;; i++) {
          if (index === 1 && i === 2) throw new Error("no");
          yield await Promise.resolve(i);
        }
      } finally {
        ended++;
      }
    });
  await assertRejects(() => Array.fromAsync(sideBySide(work, 2)), Error, "no");
  assertEquals([begun, ended], [2, 2]);
});
