import { assertEquals, assertRejects } from "@std/assert";
import { Ollama } from "ollama/browser";
import { fakeOllama } from "./ollama.ts";

/** The client reads no further than the last line, and leaves the rest of the body open. */
const whole: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  return new Response(await response.bytes(), response);
};

Deno.test("the official client pulls, and goes on where a pull was cut", async () => {
  const library = { "qwen3:8b": { bytes: 100, steps: 4, breaksAfter: [2] } };
  await using server = await fakeOllama({ models: [], library });
  const seen: number[] = [];
  const pull = async (client: Ollama) => {
    for await (const { completed } of await client.pull({ model: "qwen3:8b", stream: true })) {
      if (completed !== undefined) seen.push(completed);
    }
  };
  const asking = new Ollama({ host: server.url, fetch: whole });
  await assertRejects(() => pull(new Ollama({ host: server.url })));
  await pull(asking);
  assertEquals(seen, [0, 25, 50, 50, 75, 100]);
  assertEquals((await asking.list()).models.map(({ name }) => name), ["qwen3:8b"]);
  await assertRejects(
    async () => await Array.fromAsync(await asking.pull({ model: "nobody", stream: true })),
    Error,
    "file does not exist",
  );
});

Deno.test("the official client loads, shows, copies, creates and deletes", async () => {
  await using server = await fakeOllama({ models: [{ name: "a:latest", capabilities: ["completion"] }] });
  const client = new Ollama({ host: server.url, fetch: whole });
  const loaded = async () => (await client.ps()).models.map(({ name }) => name);
  await client.generate({ model: "a", prompt: "" });
  assertEquals(await loaded(), ["a:latest"]);
  await client.generate({ model: "a", prompt: "", keep_alive: 0 });
  assertEquals(await loaded(), []);
  await client.copy({ source: "a", destination: "b" });
  await client.create({ model: "c", from: "b", system: "Be brief", parameters: { num_ctx: 8192 } });
  assertEquals((await client.show({ model: "c" })).system, "Be brief");
  await client.delete({ model: "b" });
  assertEquals((await client.list()).models.map(({ name }) => name), ["a:latest", "c:latest"]);
  await assertRejects(() => client.delete({ model: "b" }), Error, "not found");
});
