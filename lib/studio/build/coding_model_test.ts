import { assertEquals } from "@std/assert";
import type { ModelEntry, ProviderKind } from "../../shared/mod.ts";
import { codingModel } from "./coding_model.ts";

const model = (id: string, kind: ProviderKind = "ollama", local = true): ModelEntry => ({
  id,
  name: id,
  capabilities: ["chat"],
  nodes: [{ id: "n", name: "n", kind, local }],
});
const sketch = model("sketch", "sketch");

Deno.test("gpt-4o builds, else the largest local coder, else any, else sketch", () => {
  const coders = [model("llama3.2:3b"), model("qwen2.5-coder:7b"), model("qwen2.5-coder:32b"), sketch];
  const hosted = [...coders, model("gpt-4o", "openai", false)];
  assertEquals(codingModel(hosted), "gpt-4o");
  assertEquals(codingModel(coders), "qwen2.5-coder:32b");
  assertEquals(codingModel([model("llama3.2:3b"), sketch]), "llama3.2:3b");
  assertEquals(codingModel([sketch]), "sketch");
  assertEquals(codingModel([]), "");
});
