import { assertEquals } from "@std/assert";
import { HttpFailure } from "./http_failure.ts";
import { withoutRefused } from "./refused.ts";

function amend(error: unknown, request: unknown, status = 400): unknown {
  const failure = new HttpFailure(status, new Headers(), JSON.stringify({ error }));
  const amended = withoutRefused(failure, JSON.stringify(request));
  return amended === undefined ? undefined : JSON.parse(amended);
}

Deno.test("withoutRefused drops the optional field that is refused by name", () => {
  const request = { model: "m", temperature: 0.5, seed: 1 };
  const unsupported = "Unsupported value: 'temperature' does not support 0.5 with this model.";
  assertEquals(amend({ message: unsupported }, request), { model: "m", seed: 1 });
  assertEquals(amend({ message: "No.", param: "seed", code: "unsupported_parameter" }, request), {
    model: "m",
    temperature: 0.5,
  });
  assertEquals(amend('"qwen2:7b" does not support thinking', { model: "m", think: true }), { model: "m" });
  const thinking = '"thinking.type.disabled" is not supported for this model.';
  assertEquals(amend({ message: thinking }, { model: "m", thinking: { type: "disabled" } }), { model: "m" });
});

Deno.test("withoutRefused drops a part of a field alone", () => {
  const config = { effort: "low", format: { type: "json_schema" } };
  const message = "output_config.effort: this model does not support effort";
  assertEquals(amend({ message }, { output_config: config }), { output_config: { format: config.format } });
  assertEquals(amend({ message }, { model: "m", output_config: { effort: "low" } }), { model: "m" });
});

Deno.test("withoutRefused sends what the server says to send instead", () => {
  const message =
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
  assertEquals(amend({ message }, { max_tokens: 9 }), { max_completion_tokens: 9 });
  const lmStudio = "'response_format.type' must be 'json_schema' or 'text'";
  assertEquals(amend(lmStudio, { response_format: { type: "json_object" } }), {
    response_format: { type: "json_schema", json_schema: { name: "object", schema: { type: "object" } } },
  });
});

Deno.test("withoutRefused takes the least reasoning that a model offers, else its own", () => {
  const request = { model: "m", reasoning_effort: "none" };
  const openai =
    "Unsupported value: 'none' is not supported with the 'gpt-5' model. Supported values are: 'minimal', 'low', 'medium', and 'high'.";
  const refused = { message: openai, param: "reasoning_effort", code: "unsupported_value" };
  assertEquals(amend(refused, request), { model: "m", reasoning_effort: "minimal" });
  const vllm = {
    type: "literal_error",
    loc: ["body", "reasoning_effort"],
    msg: "Input should be 'low', 'medium' or 'high'",
  };
  assertEquals(amend([vllm], request), { model: "m", reasoning_effort: "low" });
  assertEquals(amend("Budget 0 is invalid. This model only works in thinking mode.", request), {
    model: "m",
  });
});

Deno.test("withoutRefused lets other errors stand", () => {
  const request = { model: "m", messages: [], temperature: 3 };
  assertEquals(amend({ message: "temperature must be at most 2" }, request), undefined);
  assertEquals(amend({ message: "Unsupported content type in messages" }, request), undefined);
  assertEquals(amend({ message: "'temperature' is not supported" }, request, 500), undefined);
  assertEquals(amend({ message: "'seed' is not supported" }, request), undefined);
});
