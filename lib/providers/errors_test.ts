import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { httpError, networkError, readError } from "./errors.ts";
import { HttpFailure } from "./http_failure.ts";

const KEY = "topsecretkey";
const CONTEXT = {
  kind: "openai",
  endpoint: { nodeId: "n1", baseUrl: "http://user:pass@10.0.0.5:1234/v1?key=abc", apiKey: KEY },
  model: "m",
} as const;

function http(status: number, body: string) {
  return httpError(new HttpFailure(status, new Headers(), body), CONTEXT);
}

Deno.test("no message holds a key, credentials or a query of the address", () => {
  const body = `Bad key ${KEY} and sk-proj-abcdefghijklmnop1234, hf_abcdefghijklmnopqrst.`;
  const errors = [http(401, body), networkError(new TypeError("connection refused"), CONTEXT)];
  for (const error of errors) {
    for (const secret of [KEY, "abcdefghijklmnop", "user", "pass", "abc"]) {
      assertFalse(`${error.message} ${error.hint}`.includes(secret), error.message);
    }
    assertFalse(JSON.stringify(error.toBody()).includes(KEY));
  }
});

Deno.test("a long message is cut, on one line and without a full stop", () => {
  const { message } = http(400, `One.\n  Two ${"x".repeat(2000)}.`);
  assertStringIncludes(message, "One. Two xxx");
  assertEquals(message.length < 600, true);
});

Deno.test("a failed connection tells why", () => {
  const cause = new Error(
    "error sending request: client error (Connect): dns error: failed to lookup address",
  );
  const error = networkError(new TypeError("fetch failed", { cause }), CONTEXT);
  assertEquals(error.message, "Cannot reach the server at 10.0.0.5:1234: its name cannot be found");
  assertEquals(error.hint, "Start the server, or check its address in Settings");
});

Deno.test("a hosted service that cannot be reached is no reason to start a server", () => {
  const hosted = {
    kind: "openai",
    endpoint: { nodeId: "n1", baseUrl: "https://api.openai.com/v1" },
  } as const;
  const error = networkError(new TypeError("connection refused"), hosted);
  assertEquals(error.message, "Cannot reach OpenAI: nothing answers there");
  assertEquals(error.hint, "Check the connection to the internet");
});

Deno.test("what breaks while reading is upstream's doing", () => {
  assertEquals(readError(new TypeError("error reading a body from connection"), CONTEXT).code, "upstream");
  assertEquals(readError(new SyntaxError("Unexpected token"), CONTEXT).code, "upstream");
  assertEquals(readError(new TypeError("Invalid URL: 'x'"), CONTEXT).code, "unreachable");
});
