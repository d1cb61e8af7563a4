import { assertEquals } from "@std/assert";
import { fitOf } from "./fit.ts";

Deno.test("a model fits where its estimate leaves a quarter of the memory", () => {
  const GB = 1_000_000_000;
  const fits = [2, 5, 8.5, 12, 20].map((gb) =>
    fitOf(gb * GB, { memoryBytes: 12 * GB, gpuMemoryBytes: null })
  );
  assertEquals(fits, ["fits", "fits", "tight", "tooLarge", "tooLarge"]);
  assertEquals(fitOf(GB, { memoryBytes: null, gpuMemoryBytes: null }), "unknown");
});

Deno.test("what the graphics cards hold is told apart, and memory holds what they cannot", () => {
  const GB = 1_000_000_000;
  const machine = { memoryBytes: 16 * GB, gpuMemoryBytes: 8 * GB };
  assertEquals([2, 5, 8, 20, 40].map((gb) => fitOf(gb * GB, machine)), [
    "onCards",
    "onCards",
    "fits",
    "tooLarge",
    "tooLarge",
  ]);
  assertEquals(fitOf(17.5 * GB, machine), "tight");
  const cardsAlone = { memoryBytes: null, gpuMemoryBytes: 8 * GB };
  assertEquals([fitOf(5 * GB, cardsAlone), fitOf(20 * GB, cardsAlone)], ["onCards", "unknown"]);
});
