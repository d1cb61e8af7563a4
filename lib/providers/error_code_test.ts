import { assertEquals } from "@std/assert";
import type { ErrorCode } from "../shared/mod.ts";
import { errorCodeOf } from "./error_code.ts";

Deno.test("a context that is too long is known by the words of each server", () => {
  const texts = [
    "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens",
    "the request exceeds the available context size. try increasing the context size or enable context shift",
    "Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens",
    "the input length exceeds the context length",
    "prompt is too long: 210000 tokens > 200000 maximum",
    "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
    "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
    "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000",
    "Requested token count exceeds the model's maximum context length of 8192 tokens",
  ];
  for (const message of texts) {
    assertEquals(errorCodeOf(400, { message, names: [] }), "context_length", message);
    // Some servers answer 500, or tell it inside a stream.
    assertEquals(errorCodeOf(500, { message, names: [] }), "context_length", message);
    assertEquals(errorCodeOf(undefined, { message, names: [] }), "context_length", message);
  }
});

Deno.test("other words mean what they say", () => {
  const cases: [number | undefined, string, ErrorCode][] = [
    [404, "model 'x' not found", "model_not_found"],
    [404, "The model `x` does not exist.", "model_not_found"],
    [404, "model: claude-x", "model_not_found"],
    [400, "no such model", "model_not_found"],
    [401, "Repository not found", "model_not_found"],
    [404, "404 page not found", "upstream"],
    [400, "API key not valid. Please pass a valid API key.", "auth"],
    [400, "Your credit balance is too low to access the Anthropic API.", "auth"],
    [402, "Payment Required", "auth"],
    [400, "registry.ollama.ai/library/gemma:2b does not support tools", "unsupported"],
    [400, "temperature must be at most 2", "invalid_request"],
    [408, "", "stalled"],
    [500, "model requires more system memory (9.1 GiB) than is available (7.0 GiB)", "upstream"],
    [undefined, "an error was encountered while running the model", "upstream"],
  ];
  for (const [status, message, code] of cases) {
    assertEquals(errorCodeOf(status, { message, names: [] }), code, message);
  }
});

Deno.test("a name says more than the status, but for that of a wrong request", () => {
  assertEquals(errorCodeOf(429, { message: "", names: ["insufficient_quota"] }), "auth");
  assertEquals(errorCodeOf(undefined, { message: "", names: ["overloaded_error"] }), "unavailable");
  assertEquals(errorCodeOf(429, { message: "", names: ["badrequesterror"] }), "rate_limited");
  assertEquals(errorCodeOf(undefined, { message: "", names: ["invalid_request_error"] }), "invalid_request");
  assertEquals(errorCodeOf(undefined, { message: "", names: [], status: 503 }), "unavailable");
});
