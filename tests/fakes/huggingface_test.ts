import { assertEquals, assertRejects } from "@std/assert";
import { InferenceClient } from "@huggingface/inference";
import { fakeHuggingFace } from "./huggingface.ts";
import type { FakeServer } from "./server.ts";

/** The client with its two hosts moved to the fake. */
function clientOf(server: FakeServer): InferenceClient {
  const moved = (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return fetch(server.url + url.pathname + url.search, init);
  };
  return new InferenceClient("hf_test", { fetch: moved });
}

Deno.test("the official client chats through a provider and through the router, not streamed", async () => {
  const models = [{ id: "fake/official", providers: { novita: "official" } }];
  await using server = await fakeHuggingFace({ models });
  const messages = [{ role: "user", content: "Hi" }];
  for (const provider of ["novita", "auto"] as const) {
    const answer = await clientOf(server).chatCompletion({ provider, model: "fake/official", messages });
    assertEquals(answer.choices[0]?.message.content, "You said: Hi");
  }
  assertEquals(server.requests.map((request) => request.path), [
    "/api/models/fake/official",
    "/novita/v3/openai/chat/completions",
    "/v1/chat/completions",
  ]);
});

Deno.test("the official client embeds", async () => {
  const id = "fake/official-embedding";
  const models = [{ id, providers: { "hf-inference": id }, task: "feature-extraction" as const }];
  await using server = await fakeHuggingFace({ models });
  const output = await clientOf(server).featureExtraction({
    provider: "hf-inference",
    model: id,
    inputs: ["a"],
  });
  assertEquals(output as unknown, [[0.01, 0.02, 0.03]]);
});

Deno.test("the official client knows a wrong token", async () => {
  await using server = await fakeHuggingFace({ token: "hf_other" });
  const messages = [{ role: "user", content: "Hi" }];
  const chat = () => clientOf(server).chatCompletion({ provider: "auto", model: "fake/x", messages });
  await assertRejects(chat, Error, "Invalid username or password");
});
