import { assertEquals } from "@std/assert";
import type { ModelEntry } from "../../shared/mod.ts";
import { modelChoices } from "./model_choices.ts";

function entry(id: string, nodes: string[], capabilities: ModelEntry["capabilities"] = ["chat"]): ModelEntry {
  return {
    id,
    name: id.toUpperCase(),
    capabilities,
    nodes: nodes.map((name) => ({ id: name, name, kind: "ollama", local: true })),
  };
}

Deno.test("each model that chats can be chosen once", () => {
  const entries = [entry("a", ["one"]), entry("b", ["one", "two"]), entry("e", ["two"], ["embedding"])];
  assertEquals(modelChoices(entries, "On several"), [
    { name: "On several", models: [{ id: "b", name: "B" }] },
    { name: "one", models: [{ id: "a", name: "A" }] },
  ]);
});
