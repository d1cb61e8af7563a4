import { assertEquals } from "@std/assert";
import { retryAfterOf } from "./retry_after.ts";

const NOW = Date.parse("2026-01-01T00:00:00Z");

function seconds(headers: Record<string, string>, message = "", retryAfter?: number) {
  const error = { message, names: [], ...(retryAfter === undefined ? {} : { retryAfter }) };
  return retryAfterOf(new Headers(headers), error, NOW);
}

Deno.test("retryAfterOf reads the headers", () => {
  assertEquals(seconds({ "retry-after": "7" }), 7);
  assertEquals(seconds({ "retry-after": "1.2" }), 2);
  assertEquals(seconds({ "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT" }), 30);
  assertEquals(seconds({ "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }), 0);
  assertEquals(seconds({ "retry-after-ms": "1500", "retry-after": "9" }), 2);
  for (const value of ["", "soon", "-1"]) assertEquals(seconds({ "retry-after": value }), undefined, value);
});

Deno.test("retryAfterOf reads the body and words after them", () => {
  assertEquals(seconds({}, "", 34), 34);
  assertEquals(seconds({}, "Please try again in 20s. Visit us"), 20);
  assertEquals(seconds({}, "Please try again in 1m20.5s."), 81);
  assertEquals(seconds({}, "Please try again in 120ms."), 1);
  assertEquals(seconds({}, "Try again later"), undefined);
});
