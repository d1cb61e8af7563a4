import { assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { fakeTextgen, type FakeTextgenState } from "../../../tests/fakes/mod.ts";
import { createTextgenManager } from "./textgen.ts";

const SIGNAL = AbortSignal.timeout(60_000);
const manager = createTextgenManager();
const MODEL = "Qwen3-4B-Q4_K_M.gguf";

Deno.test("Text Generation WebUI lists its files, loads one with a loader's settings and unloads it", async () => {
  const state: FakeTextgenState = { model: "None", loader: "", loras: ["polite"], args: {} };
  await using server = await fakeTextgen({ state });
  const endpoint = { nodeId: "n", baseUrl: `${server.url}/v1` };
  const before = await manager.survey?.(endpoint, SIGNAL);
  assertEquals(before?.models.map(({ id, loaded }) => [id, loaded.length]), [[MODEL, 0], [
    "gemma-3-4b-it",
    0,
  ]]);
  const settings = { ctx_size: 8_192, gpu_layers: 20, loader: "llama.cpp", instruction_template: "ChatML" };
  await manager.load(endpoint, MODEL, { isForEmbeddings: false, settings }, SIGNAL);
  // The names of before 3.0 go with those of now.
  assertEquals([state.args.ctx_size, state.args.n_ctx, state.args.n_gpu_layers], [8_192, 8_192, 20]);
  assertEquals("instruction_template" in state.args, false);
  const body = server.lastRequest.body as Record<string, unknown>;
  assertEquals([body.instruction_template, body.settings], ["ChatML", { instruction_template: "ChatML" }]);
  const after = await manager.survey?.(endpoint, SIGNAL);
  assertEquals(after?.models[0]?.loaded, [{
    id: MODEL,
    settings: { loader: "llama.cpp", lora_names: "polite" },
  }]);
  await manager.unload(endpoint, MODEL, SIGNAL);
  assertEquals(state.model, "None");
});

Deno.test("what does not load says why; a server without these endpoints offers nothing", async () => {
  await using server = await fakeTextgen({ fails: "CUDA out of memory" });
  const endpoint = { nodeId: "n", baseUrl: `${server.url}/v1` };
  const load = () => manager.load(endpoint, MODEL, { isForEmbeddings: false }, SIGNAL);
  await assertRejects(load, FreshetError, "CUDA out of memory");
  await using bare = await fakeTextgen({ isBare: true });
  const survey = await manager.survey?.({ nodeId: "n", baseUrl: `${bare.url}/v1` }, SIGNAL);
  assertEquals([survey?.can, survey?.lacks], [[], ["load", "settings", "unload"]]);
});
