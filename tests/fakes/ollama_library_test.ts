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

Deno.test("a creation is told line by line; parameters are laid over those of its base, and digests tell what is what", async () => {
  const creations = [{}, {}, { failsWith: "no space left on device" }, { dies: true }];
  await using server = await fakeOllama({
    models: [{ name: "a:latest", capabilities: ["completion"], parameters: { stop: ["<s>"] } }],
    creations,
  });
  const client = new Ollama({ host: server.url, fetch: whole });
  const digest = async (name: string) =>
    (await client.list()).models.find((model) => model.name === name)?.digest;
  const create = async (request: Omit<Parameters<Ollama["create"]>[0], "model" | "stream">) =>
    (await Array.fromAsync(await client.create({ model: "a", from: "a", ...request, stream: true })))
      .map(({ status }) => status.replace(/sha256:.*/, "sha256"));
  const first = await digest("a:latest");
  await client.copy({ source: "a", destination: "a:before" });
  assertEquals(await digest("a:before"), first);
  await client.generate({ model: "a", prompt: "", keep_alive: "10m" });
  assertEquals(await create({ parameters: { num_ctx: 2_000_000 }, system: "" }), [
    "using existing layer sha256",
    "creating new layer sha256",
    "writing manifest",
    "success",
  ]);
  await create({ parameters: { temperature: 0.5 } });
  const { parameters, system } = await client.show({ model: "a" });
  assertEquals([parameters.split("\n").map((line) => line.split(/ +/)), system], [[
    ["stop", '"<s>"'],
    ["num_ctx", "2e+06"],
    ["temperature", "0.5"],
  ], undefined] as unknown);
  const second = await digest("a:latest");
  assertEquals(second === first, false);
  const loaded = async () => (await client.ps()).models.map((model) => [model.name, model.digest]);
  assertEquals(await loaded(), [["a:latest", first]]);
  await assertRejects(() => create({}), Error, "no space left");
  await assertRejects(() => create({}));
  await assertRejects(() => create({ from: "nobody" }), Error, "file does not exist");
  await assertRejects(() => create({ template: "{{ .Prompt" }), Error, "template error");
  assertEquals(await digest("a:latest"), second);
  await client.generate({ model: "a", prompt: "", keep_alive: 0 });
  await client.generate({ model: "a", prompt: "" });
  assertEquals(await loaded(), [["a:latest", second]]);
  await client.copy({ source: "a:before", destination: "a" });
  assertEquals(await digest("a:latest"), first);
});

Deno.test("a model that was published anew has another digest when it is pulled again", async () => {
  await using server = await fakeOllama({
    models: [{ name: "a:latest" }],
    library: { "a:latest": { weights: "a, newer" } },
  });
  const client = new Ollama({ host: server.url, fetch: whole });
  const digest = async () => (await client.list()).models[0]?.digest;
  const before = await digest();
  await Array.fromAsync(await client.pull({ model: "a", stream: true }));
  assertEquals(await digest() === before, false);
});
