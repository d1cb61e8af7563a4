import { assertEquals, assertMatch } from "@std/assert";
import { formatAgo } from "./ago.ts";

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;

Deno.test("times are told by how long ago they were, and by their day after a week", () => {
  const told = (ms: number, language = "en") => formatAgo(NOW - ms, NOW, language);
  assertEquals(told(30_000), "");
  assertEquals(told(MINUTE), "1 minute ago");
  assertEquals(told(59 * MINUTE), "59 minutes ago");
  assertEquals(told(25 * 60 * MINUTE), "yesterday");
  assertEquals(told(3 * 24 * 60 * MINUTE, "de"), "vor 3 Tagen");
  assertMatch(told(30 * 24 * 60 * MINUTE), /^Oct 2\d, 2026$/);
  assertEquals(told(-5 * MINUTE), "", "a clock that is behind makes no future of it");
});
