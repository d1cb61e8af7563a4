import { assertEquals } from "@std/assert";
import { readRange } from "./range.ts";

Deno.test("ranges are read as RFC 9110 has them", () => {
  const cases: [string | null, number, ReturnType<typeof readRange>][] = [
    [null, 10, undefined],
    ["bytes=0-", 10, { start: 0, end: 9 }],
    ["bytes=2-4", 10, { start: 2, end: 4 }],
    ["bytes=2-400", 10, { start: 2, end: 9 }],
    ["bytes=-3", 10, { start: 7, end: 9 }],
    ["bytes=-300", 10, { start: 0, end: 9 }],
    ["Bytes=9-9", 10, { start: 9, end: 9 }],
    ["bytes=10-", 10, "unsatisfiable"],
    ["bytes=-0", 10, "unsatisfiable"],
    ["bytes=0-", 0, "unsatisfiable"],
    ["bytes=4-2", 10, undefined],
    ["bytes=-", 10, undefined],
    ["bytes=1-2,4-5", 10, undefined],
    ["items=0-1", 10, undefined],
    ["bytes=a-b", 10, undefined],
  ];
  for (const [header, size, expected] of cases) {
    assertEquals(readRange(header, size), expected, String(header));
  }
});
