import { assertEquals } from "@std/assert";
import type { InstalledModel } from "../../shared/mod.ts";
import { filterOf, NO_FILTER, parametersOf, queryOfFilter, shownModels, sortedBy } from "./model_filter.ts";

const holder = (nodeId: string, loaded = false) => ({
  nodeId,
  nodeName: nodeId,
  kind: "ollama" as const,
  isOnline: true,
  can: [],
  loaded,
});
const MODELS: InstalledModel[] = [
  {
    id: "qwen3:8b",
    capabilities: ["chat", "tools"],
    sizeBytes: 5_200,
    parameters: "8.2B",
    quantization: "Q4_K_M",
    holders: [holder("a", true), holder("b")],
    use: { calls: 1, lastUsedAt: 5, tokensPerSecond: 20 },
  },
  {
    id: "bge-m3",
    capabilities: ["embedding"],
    sizeBytes: 1_200,
    parameters: "567M",
    holders: [holder("b")],
    use: null,
  },
  { id: "hosted", capabilities: ["chat"], holders: [holder("c")], use: null },
];
const ids = (filter: Partial<typeof NO_FILTER>) =>
  shownModels(MODELS, { ...NO_FILTER, ...filter }).map(({ id }) => id).join(" ");

Deno.test("models are found by words, node, capability and state", () => {
  assertEquals(ids({}), "bge-m3 hosted qwen3:8b");
  assertEquals(ids({ query: "Q4 qwen" }), "qwen3:8b");
  assertEquals(ids({ nodeId: "b" }), "bge-m3 qwen3:8b");
  assertEquals(ids({ capability: "chat" }), "hosted qwen3:8b");
  assertEquals(ids({ isLoaded: true }), "qwen3:8b");
  assertEquals(ids({ query: "nothing like it" }), "");
});

Deno.test("what lacks a figure comes last, whichever way it is sorted", () => {
  assertEquals(ids({ sort: "size" }), "bge-m3 qwen3:8b hosted");
  assertEquals(ids({ sort: "size", isDescending: true }), "qwen3:8b bge-m3 hosted");
  assertEquals(ids({ sort: "parameters" }), "bge-m3 qwen3:8b hosted");
  assertEquals(ids({ sort: "speed" }), "qwen3:8b bge-m3 hosted");
  assertEquals(ids({ isDescending: true }), "qwen3:8b hosted bge-m3");
});

Deno.test("a heading sorts by large numbers first, and the other way the next time", () => {
  const once = sortedBy(NO_FILTER, "size");
  assertEquals([once.sort, once.isDescending, sortedBy(once, "size").isDescending], ["size", true, false]);
  assertEquals(sortedBy(once, "name").isDescending, false);
});

Deno.test("the address says what is shown, and nonsense in it is passed over", () => {
  const filter = { ...sortedBy(NO_FILTER, "used"), query: "a b", nodeId: "n", isLoaded: true };
  assertEquals(filterOf(queryOfFilter(filter)), filter);
  assertEquals(`${queryOfFilter(NO_FILTER)}`, "");
  assertEquals(filterOf(new URLSearchParams("sort=colour&order=up&loaded=x")), NO_FILTER);
});

Deno.test("numbers of parameters are read", () => {
  const texts = ["8.2B", "567M", "8x7B", "1T", "", undefined, "many"];
  assertEquals(texts.map(parametersOf), [8.2e9, 567e6, 56e9, 1e12, null, null, null]);
});

Deno.test("names are sorted as people read them: numbers by their size, and capitals with the rest", () => {
  const [first] = MODELS;
  if (!first) throw new Error("There are no models");
  const named = ["qwen3:14b", "Qwen3:8b", "llama3.2", "qwen3:4b"].map((id) => ({ ...first, id }));
  const sorted = shownModels(named, NO_FILTER).map(({ id }) => id);
  assertEquals(sorted, ["llama3.2", "qwen3:4b", "Qwen3:8b", "qwen3:14b"]);
});
