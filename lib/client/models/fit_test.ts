import { assertEquals } from "@std/assert";
import { fitOf } from "./fit.ts";

Deno.test("a model fits where its estimate leaves a quarter of the memory", () => {
  const GB = 1_000_000_000;
  const fits = [2, 5, 8.5, 12, 20].map((gb) => fitOf(gb * GB, 12 * GB));
  assertEquals(fits, ["fits", "fits", "tight", "tooLarge", "tooLarge"]);
  assertEquals(fitOf(GB, null), "unknown");
});
