import { assertEquals } from "@std/assert";
import { formatDuration } from "./duration.ts";

Deno.test("durations are written as OpenAI writes them", () => {
  const expected: [number, string][] = [
    [0, "0s"],
    [-5, "0s"],
    [0.2, "1ms"],
    [120, "120ms"],
    [1_000, "1s"],
    [8_640, "8.64s"],
    [59_999.5, "1m0s"],
    [86_400, "1m26.4s"],
    [360_000, "6m0s"],
    [3_723_000, "1h2m3s"],
  ];
  for (const [ms, text] of expected) assertEquals(formatDuration(ms), text);
});
