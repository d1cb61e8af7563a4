import { assertEquals } from "@std/assert";
import type { ModelEntry } from "../shared/mod.ts";
import { groupModels, ModelCatalogue } from "./model_catalogue.ts";
import { FakeServer } from "./testing/fake_server.ts";
import { sampleModel } from "./testing/samples.ts";

const ollama = { id: "n1", name: "Ollama", kind: "ollama" as const, local: true };
const cloud = { id: "n2", name: "Cloud", kind: "openai" as const, local: false };
const sketch = { id: "n0", name: "Sketch", kind: "sketch" as const, local: true };

const models: ModelEntry[] = [
  sampleModel("sketch", { nodes: [sketch] }),
  sampleModel("gpt", { nodes: [cloud], capabilities: ["chat", "vision"] }),
  sampleModel("llama", { nodes: [ollama, cloud], parameters: "8B" }),
  sampleModel("embed", { nodes: [ollama], capabilities: ["embedding"] }),
];

function listed(query: string): string[] {
  return groupModels(models, query, "Any").map((group) =>
    `${group.name}: ${group.models.map(({ id }) => id)}`
  );
}

Deno.test("models are grouped by node: any node first, local ones, others, the built-in one last", () => {
  assertEquals(listed(""), ["Any: llama", "Ollama: llama", "Cloud: gpt,llama", "Sketch: sketch"]);
});

Deno.test("every word of the search has to match a name, a node, a size or a capability", () => {
  assertEquals(listed("VISION"), ["Cloud: gpt"]);
  assertEquals(listed("8b ollama"), ["Any: llama", "Ollama: llama", "Cloud: llama"]);
  assertEquals(listed("nothing"), []);
});

Deno.test("discovery tells whether there is more than the built-in model", async () => {
  let found = [sampleModel("sketch", { nodes: [sketch] })];
  const server = new FakeServer().on("POST /api/nodes/discover", () => ({})).on(
    "GET /api/models",
    () => ({ models: found, defaultModel: found.at(-1)?.id }),
  );
  const catalogue = new ModelCatalogue(found, "sketch", server.api);
  assertEquals([catalogue.onlySketch.value, await catalogue.discover()], [true, false]);
  found = models;
  assertEquals(
    [await catalogue.discover(), catalogue.find("gpt")?.id, catalogue.best.value],
    [true, "gpt", "embed"],
  );
});
