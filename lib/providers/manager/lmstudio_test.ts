import { assertEquals, assertRejects } from "@std/assert";
import { FreshetError, PAUSED_PHASE } from "../../shared/mod.ts";
import { fakeLmStudio, type FakeLmStudioModel, type FakeLmStudioOptions } from "../../../tests/fakes/mod.ts";
import { createLmStudioManager } from "./lmstudio.ts";

const SIGNAL = AbortSignal.timeout(60_000);
const manager = createLmStudioManager({ pollMs: 1 });
const AS_IT_IS = { isForEmbeddings: false };

async function withServer(
  options: FakeLmStudioOptions,
  fn: (
    endpoint: { nodeId: string; baseUrl: string },
    server: Awaited<ReturnType<typeof fakeLmStudio>>,
  ) => Promise<void>,
): Promise<void> {
  await using server = await fakeLmStudio(options);
  await fn({ nodeId: "n", baseUrl: `${server.url}/v1` }, server);
}

Deno.test("LM Studio tells its models, what is in memory with its settings, and what each may be loaded with", async () => {
  const models: FakeLmStudioModel[] = [
    { key: "qwen/qwen3-4b", loaded: [{ id: "qwen/qwen3-4b", config: { context_length: 8_192 } }] },
    { key: "nomic", type: "embedding", maxContextLength: 2_048 },
  ];
  await withServer({ models }, async (endpoint) => {
    const survey = await manager.survey?.(endpoint, SIGNAL);
    assertEquals(survey?.can, ["load", "settings", "unload", "pull"]);
    assertEquals(survey?.lacks, []);
    const [qwen, nomic] = survey?.models ?? [];
    assertEquals([qwen?.title, qwen?.quantization, qwen?.sizeBytes], ["qwen3-4b", "Q4_K_M", 2_500_000_000]);
    assertEquals(qwen?.loaded, [{ id: "qwen/qwen3-4b", settings: { context_length: 8_192 } }]);
    assertEquals(qwen?.fields.length, 5);
    const [context] = nomic?.fields ?? [];
    assertEquals([nomic?.fields.length, context?.type === "number" && context.max], [1, 2_048]);
  });
});

Deno.test("a model is loaded once, and anew where settings are given", async () => {
  const models: FakeLmStudioModel[] = [{ key: "qwen/qwen3-4b" }];
  await withServer({ models }, async (endpoint, server) => {
    await manager.load(endpoint, "qwen/qwen3-4b", AS_IT_IS, SIGNAL);
    await manager.load(endpoint, "qwen/qwen3-4b", AS_IT_IS, SIGNAL);
    assertEquals(models[0]?.loaded?.length, 1);
    const settings = { context_length: 16_384, flash_attention: false };
    await manager.load(endpoint, "qwen/qwen3-4b", { ...AS_IT_IS, settings }, SIGNAL);
    assertEquals(models[0]?.loaded?.map(({ config }) => [config.context_length, config.flash_attention]), [
      [16_384, false],
    ]);
    assertEquals(server.requests.filter(({ path }) => path.endsWith("/load")).length, 2);
    await manager.unload(endpoint, "qwen/qwen3-4b", SIGNAL);
    assertEquals(models[0]?.loaded, []);
  });
});

Deno.test("an LM Studio of before 0.4 lists and offers nothing; what is asked of it all the same says why", async () => {
  await withServer({ version: "v0" }, async (endpoint) => {
    const survey = await manager.survey?.(endpoint, SIGNAL);
    assertEquals([survey?.can, survey?.lacks.length], [[], 4]);
    assertEquals(survey?.models.map(({ id }) => id), ["qwen/qwen3-4b"]);
    const refused = await assertRejects(
      () => manager.load(endpoint, "qwen/qwen3-4b", AS_IT_IS, SIGNAL),
      FreshetError,
      "has no call for that",
    );
    assertEquals(refused.code, "unsupported");
  });
});

Deno.test("errors of LM Studio keep their reason and their kind", async () => {
  await withServer({ broken: { "qwen/qwen3-4b": "Insufficient memory" } }, async (endpoint) => {
    await assertRejects(
      () => manager.load(endpoint, "qwen/qwen3-4b", AS_IT_IS, SIGNAL),
      FreshetError,
      "Insufficient memory",
    );
    const missing = await assertRejects(
      () => manager.load(endpoint, "nobody", AS_IT_IS, SIGNAL),
      FreshetError,
    );
    assertEquals(missing.code, "model_not_found");
    await assertRejects(
      () => manager.delete(endpoint, "qwen/qwen3-4b", SIGNAL),
      FreshetError,
      "has no call for that",
    );
  });
  await withServer({ apiKey: "secret" }, async (endpoint) => {
    const refused = await assertRejects(async () => await manager.survey?.(endpoint, SIGNAL), FreshetError);
    assertEquals(refused.code, "auth");
    assertEquals((await manager.survey?.({ ...endpoint, apiKey: "secret" }, SIGNAL))?.models.length, 1);
  });
});

Deno.test("a download is followed by its job, and by the same after a break", async () => {
  const hub = "https://huggingface.co/bartowski/Qwen3-4B-GGUF@Q4_K_M";
  await withServer({ library: { [hub]: { bytes: 2_000, steps: 3 } } }, async (endpoint, server) => {
    const model = "hf.co/bartowski/Qwen3-4B-GGUF:Q4_K_M";
    const first = manager.pull(endpoint, model, SIGNAL)[Symbol.asyncIterator]();
    const { value } = await first.next();
    await first.return?.();
    assertEquals(value?.job, "job-1");
    const steps = await Array.fromAsync(manager.pull(endpoint, model, SIGNAL, "job-1"));
    assertEquals(steps.at(-1)?.layer, { digest: "job-1", totalBytes: 2_000, completedBytes: 2_000 });
    assertEquals(server.requests.filter(({ path }) => path.endsWith("/download")).length, 1);
    // All is there: nothing is loaded again.
    assertEquals(await Array.fromAsync(manager.pull(endpoint, model, SIGNAL)), []);
    const forgotten = await Array.fromAsync(manager.pull(endpoint, model, SIGNAL, "job-of-before"));
    assertEquals(forgotten, []);
    await assertRejects(
      () => Array.fromAsync(manager.pull(endpoint, "nobody", SIGNAL)),
      FreshetError,
      "nobody",
    );
  });
});

Deno.test("a download that is paused in LM Studio's window says so each time it is asked, and goes on with it", async () => {
  const library = { "qwen/qwen3-8b": { steps: 4, pausesAt: { step: 2, questions: 3 } } };
  await using server = await fakeLmStudio({ library });
  const endpoint = { nodeId: "n", baseUrl: `${server.url}/v1` };
  const steps = await Array.fromAsync(manager.pull(endpoint, "qwen/qwen3-8b", SIGNAL));
  const phases = steps.map(({ phase }) => phase);
  assertEquals(phases.filter((phase) => phase === PAUSED_PHASE).length, 3);
  assertEquals(phases.at(-1), "completed");
  assertEquals(manager.pausePull, undefined);
});
