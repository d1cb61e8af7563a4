import { assertEquals } from "@std/assert";
import { parseServerError } from "./server_error.ts";

Deno.test("parseServerError reads every shape in use", () => {
  const openai = {
    error: { message: "No", type: "invalid_request_error", param: "seed", code: "unknown_parameter" },
  };
  assertEquals(parseServerError(JSON.stringify(openai)), {
    message: "No",
    names: ["invalid_request_error", "unknown_parameter"],
    param: "seed",
  });
  assertEquals(parseServerError('{"error":"model not found"}'), { message: "model not found", names: [] });
  const anthropic = {
    type: "error",
    error: { type: "overloaded_error", message: "Overloaded" },
    request_id: "r",
  };
  assertEquals(parseServerError(anthropic), { message: "Overloaded", names: ["overloaded_error"] });
  assertEquals(parseServerError({ object: "error", message: "No", type: "BadRequestError", code: 400 }), {
    message: "No",
    names: ["badrequesterror"],
    status: 400,
  });
  const retry = { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "33.4s" };
  const gemini = [{ error: { code: 429, message: "Quota", status: "RESOURCE_EXHAUSTED", details: [retry] } }];
  assertEquals(parseServerError(gemini), {
    message: "Quota",
    names: ["resource_exhausted"],
    status: 429,
    retryAfter: 34,
  });
  assertEquals(parseServerError({ detail: "Not Found" }).message, "Not Found");
  const issue = { type: "extra_forbidden", loc: ["body", "seed"], msg: "Extra inputs are not permitted" };
  assertEquals(parseServerError({ detail: [issue] }).message, "seed: Extra inputs are not permitted");
  assertEquals(
    parseServerError({ object: "error", message: { detail: [issue] } }).message,
    "seed: Extra inputs are not permitted",
  );
});

Deno.test("parseServerError keeps plain text and drops HTML", () => {
  assertEquals(parseServerError("404 page not found").message, "404 page not found");
  assertEquals(parseServerError("<html><h1>502</h1></html>").message, "");
  assertEquals(parseServerError('{"error": "cut of').message, '{"error": "cut of');
  for (const nothing of ["", null, undefined, 7, {}, [], { error: null }]) {
    assertEquals(parseServerError(nothing), { message: "", names: [] });
  }
});
