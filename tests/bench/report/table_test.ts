import { assertEquals } from "@std/assert";
import { formatMegabytes, formatNumber, formatTable, withUnit } from "./table.ts";

Deno.test("columns are aligned, names left and figures right", () => {
  assertEquals(
    formatTable(["what", "a", "bb"], [["requests/s", "1,200", "9"], ["x", "1"]]),
    "  what            a  bb\n" +
      "  ──────────  ─────  ──\n" +
      "  requests/s  1,200   9\n" +
      "  x               1\n",
  );
});

Deno.test("numbers are short enough to compare", () => {
  assertEquals([0, 0.012345, 1.5, 99.94, 1234.5].map(formatNumber), ["0", "0.0123", "1.5", "99.9", "1,235"]);
  assertEquals([withUnit(2, "ms"), withUnit(NaN, "ms"), formatMegabytes(61_500_000)], [
    "2 ms",
    "–",
    "61.5 MB",
  ]);
});
