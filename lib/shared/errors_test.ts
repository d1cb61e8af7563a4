import { assert, assertEquals, assertFalse, assertStrictEquals } from "@std/assert";
import { ERROR_STATUS, FreshetError, isErrorBody, toFreshetError } from "./errors.ts";

Deno.test("every code has the status of an error", () => {
  for (const [code, status] of Object.entries(ERROR_STATUS)) assert(status >= 400 && status < 600, code);
});

Deno.test("a FreshetError goes through its stored form and back", () => {
  const error = new FreshetError("rate_limited", "Too many requests", {
    hint: "Wait",
    retryAfter: 7,
    field: "model",
    cause: new Error("secret"),
  });
  const body = error.toBody();
  assertEquals(body, {
    code: "rate_limited",
    message: "Too many requests",
    hint: "Wait",
    retryAfter: 7,
    field: "model",
  });
  assertEquals(FreshetError.fromBody(JSON.parse(JSON.stringify(body))).toBody(), body);
  assertEquals(error.status, 429);
});

Deno.test("what is absent is not in the body, and a cause never is", () => {
  const error = new FreshetError("internal", "Oops", { hint: undefined, cause: new Error("secret") });
  assertEquals(error.toBody(), { code: "internal", message: "Oops" });
  assertEquals((error.cause as Error).message, "secret");
  assertFalse("cause" in new FreshetError("internal", "Oops"));
});

Deno.test("toFreshetError keeps, maps aborts, and hides the rest", () => {
  const own = new FreshetError("conflict", "Changed meanwhile");
  assertStrictEquals(toFreshetError(own), own);
  assertEquals(toFreshetError(new DOMException("Aborted", "AbortError")).code, "cancelled");
  for (const other of [new Error("password is 123"), "text", undefined, new DOMException("x", "DataError")]) {
    const error = toFreshetError(other);
    assertEquals(error.code, "internal");
    assertFalse(JSON.stringify(error.toBody()).includes("password"));
    assertStrictEquals(error.cause, other);
  }
});

Deno.test("isErrorBody knows the shape", () => {
  assert(isErrorBody({ code: "not_found", message: "No such chat" }));
  for (const value of [null, undefined, "x", {}, { code: "nope", message: "x" }, { code: "internal" }]) {
    assertFalse(isErrorBody(value));
  }
  assertFalse(isErrorBody({ code: "toString", message: "x" }), "inherited names are no codes");
});
