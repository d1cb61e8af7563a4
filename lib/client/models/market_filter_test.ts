import { assertEquals } from "@std/assert";
import type { MarketModel } from "../../shared/mod.ts";
import { marketFilterOf, queryOfMarket, shownMarket } from "./market_filter.ts";

const GB = 1_000_000_000;
const model = (id: string, maker: string, sizes: number[], capabilities: MarketModel["capabilities"]) => ({
  id,
  title: id,
  maker,
  license: "MIT",
  contextLength: 8192,
  capabilities,
  variants: sizes.map((gb) => {
    return { name: `${id}:${gb}`, parameters: "1B", quantization: "Q4_K_M", sizeBytes: gb * GB };
  }),
});
const MODELS = [model("qwen3", "Alibaba", [1, 20], ["chat"]), model("r1", "DeepSeek", [400], ["reasoning"])];

function shown(query: string, fitsOnly = false, memoryBytes: number | null = 16 * GB): string {
  return shownMarket(MODELS, { query, fitsOnly, nodeId: "" }, { memoryBytes, gpuMemoryBytes: null })
    .flatMap(({ variants }) => variants.map(({ name }) => name)).join(" ");
}

Deno.test("the catalogue is searched by name, maker and ability, and by what fits", () => {
  assertEquals(shown(""), "qwen3:1 qwen3:20 r1:400");
  assertEquals(shown("ALIBABA qwen"), "qwen3:1 qwen3:20");
  assertEquals(shown("reasoning"), "r1:400");
  assertEquals(shown("", true), "qwen3:1");
  assertEquals(shown("", true, null), "qwen3:1 qwen3:20 r1:400");
});

Deno.test("the address says what is shown", () => {
  const filter = { query: "qwen", fitsOnly: true, nodeId: "n" };
  assertEquals(marketFilterOf(queryOfMarket(filter)), filter);
  assertEquals(`${queryOfMarket({ query: "", fitsOnly: false, nodeId: "" })}`, "");
});
