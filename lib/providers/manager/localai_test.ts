import { assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import {
  fakeLocalAI,
  type FakeLocalAIOptions,
  type FakeServer,
  LocalAIDisk,
} from "../../../tests/fakes/mod.ts";
import type { Endpoint } from "../provider.ts";
import { createLocalAIManager } from "./localai.ts";

const SIGNAL = AbortSignal.timeout(60_000);
const manager = createLocalAIManager({ pollMs: 1 });
const FILE = "huggingface://bartowski/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf";

async function withServer(
  options: FakeLocalAIOptions,
  fn: (endpoint: Endpoint, server: FakeServer) => Promise<void>,
): Promise<void> {
  await using server = await fakeLocalAI(options);
  await fn({ nodeId: "n", baseUrl: `${server.url}/v1` }, server);
}

const pulled = (endpoint: Endpoint, model: string, job?: string) =>
  Array.fromAsync(manager.pull(endpoint, model, SIGNAL, job));

Deno.test("LocalAI tells its version, its models and what it can; what it lacks is not offered", async () => {
  const disk = new LocalAIDisk();
  disk.loaded.add("phi-4-mini");
  await withServer({ disk }, async (endpoint) => {
    const survey = await manager.survey?.(endpoint, SIGNAL);
    assertEquals([survey?.version, survey?.lacks], ["v3.9.0 (abcdef)", []]);
    assertEquals(survey?.models.map(({ id, loaded }) => [id, loaded.length]), [["phi-4-mini", 1]]);
  });
  await withServer({ disk, lacks: ["gallery", "patch"] }, async (endpoint) => {
    const survey = await manager.survey?.(endpoint, SIGNAL);
    assertEquals(survey?.lacks, ["pull", "cancel", "delete", "configure", "gallery"]);
    assertEquals(survey?.can, ["load", "unload", "backends"]);
  });
});

Deno.test("a model of the gallery is downloaded with its bytes, in words of older versions too", async () => {
  for (const tellsWords of [false, true]) {
    const gallery = [{ name: "qwen3-8b", bytes: 5 * 1_024 ** 3, steps: 4 }];
    await withServer({ disk: new LocalAIDisk({ gallery }), tellsWords }, async (endpoint) => {
      const steps = await pulled(endpoint, "localai@qwen3-8b");
      assertEquals(
        steps.map(({ layer }) => layer?.completedBytes),
        [0.25, 0.5, 0.75, 1].map((n) => n * 5 * 1_024 ** 3),
      );
      assertEquals(steps[0]?.job, "1059474d-f4f9-1");
      const survey = await manager.survey?.(endpoint, SIGNAL);
      assertEquals(survey?.models.map(({ id }) => id), ["phi-4-mini", "qwen3-8b"]);
    });
  }
});

Deno.test("a file of Hugging Face is imported, and put under the gallery's bare model where there is no importer", async () => {
  for (const lacks of [[], ["import"]] as const) {
    const disk = new LocalAIDisk({ files: { [FILE]: { steps: 1 } } });
    await withServer({ disk, lacks: [...lacks] }, async (endpoint, server) => {
      await pulled(endpoint, FILE);
      assertEquals(disk.models.has("Qwen3-4B-Q4_K_M"), true);
      const body = server.requests.findLast(({ method }) => method === "POST")?.body as Record<
        string,
        unknown
      >;
      assertEquals(lacks.length === 0 ? body.uri : body.name, lacks.length === 0 ? FILE : "Qwen3-4B-Q4_K_M");
    });
  }
});

Deno.test("a job is followed after a break; one that the server forgot, or that failed, is begun anew", async () => {
  const gallery = [{ name: "a", steps: 5 }, {
    name: "b",
    steps: 3,
    fails: { after: 1, words: "disk full", times: 1 },
  }];
  const disk = new LocalAIDisk({ gallery });
  const applied = (server: FakeServer) =>
    server.requests.filter(({ path }) => path === "/models/apply").length;
  await withServer({ disk }, async (endpoint, server) => {
    const first = manager.pull(endpoint, "a", SIGNAL)[Symbol.asyncIterator]();
    const { value } = await first.next();
    await first.return?.();
    const job = value?.job ?? "";
    const next = manager.pull(endpoint, "a", SIGNAL, job)[Symbol.asyncIterator]();
    await next.next();
    await next.return?.();
    assertEquals(applied(server), 1);
    disk.jobs.forget();
    const rest = await pulled(endpoint, "a", job);
    assertEquals(applied(server), 2);
    // What was loaded is kept: the new job goes on there.
    assertEquals((rest[0]?.layer?.completedBytes ?? 0) > 500, true);
    const failed = await assertRejects(() => pulled(endpoint, "b"), FreshetError, "disk full");
    assertEquals(failed.code, "upstream");
    await pulled(endpoint, "b", "1059474d-f4f9-3");
    assertEquals(disk.models.has("b"), true);
  });
});

Deno.test("a name that no gallery has is not tried again, and a job can be cancelled where the server can", async () => {
  const gallery = [{ name: "a", steps: 50 }, {
    name: "gone",
    fails: { after: 0, words: 'no model found with name "x"' },
  }];
  const disk = new LocalAIDisk({ gallery });
  await withServer({ disk }, async (endpoint) => {
    const unknown = await assertRejects(() => pulled(endpoint, "gone"), FreshetError);
    assertEquals(unknown.code, "model_not_found");
    const pull = manager.pull(endpoint, "a", SIGNAL)[Symbol.asyncIterator]();
    const { value } = await pull.next();
    await manager.cancelPull(endpoint, value?.job ?? "", SIGNAL);
    const ended = await assertRejects(async () => {
      for (;;) if ((await pull.next()).done) return;
    }, FreshetError);
    assertEquals(ended.code, "conflict");
  });
  await withServer({ disk, lacks: ["pause"] }, async (endpoint) => {
    const refused = await assertRejects(
      async () => await manager.pausePull?.(endpoint, "1", SIGNAL),
      FreshetError,
    );
    assertEquals(refused.code, "unsupported");
    const over = await assertRejects(() => manager.cancelPull(endpoint, "1", SIGNAL), FreshetError);
    assertEquals(over.code, "not_found");
  });
  await withServer({ disk, lacks: ["cancel"] }, async (endpoint) => {
    const refused = await assertRejects(() => manager.cancelPull(endpoint, "1", SIGNAL), FreshetError);
    assertEquals(refused.code, "unsupported");
  });
});

Deno.test("pausing keeps what was loaded for the next job, and cancelling drops it", async () => {
  const disk = new LocalAIDisk({ gallery: [{ name: "a", steps: 10 }] });
  await withServer({ disk }, async (endpoint) => {
    const beginnings: (number | undefined)[] = [];
    for (const end of ["pausePull", "cancelPull", "cancelPull"] as const) {
      const pull = manager.pull(endpoint, "a", SIGNAL)[Symbol.asyncIterator]();
      const first = (await pull.next()).value;
      beginnings.push(first?.layer?.completedBytes);
      await pull.next();
      await manager[end]?.(endpoint, first?.job ?? "", SIGNAL);
      const ended = await assertRejects(() => pull.next(), FreshetError);
      assertEquals(ended.code, "conflict");
    }
    assertEquals(beginnings, [100, 300, 100]);
  });
});

Deno.test("what somebody has paused in LocalAI's window is paused", async () => {
  const disk = new LocalAIDisk({ gallery: [{ name: "a", steps: 10 }] });
  await withServer({ disk }, async (endpoint) => {
    const pull = manager.pull(endpoint, "a", SIGNAL)[Symbol.asyncIterator]();
    const job = (await pull.next()).value?.job ?? "";
    await pull.return?.();
    assertEquals(disk.jobs.pause(job), true);
    await manager.pausePull?.(endpoint, job, SIGNAL);
    const over = await assertRejects(() => manager.cancelPull(endpoint, job, SIGNAL), FreshetError);
    assertEquals(over.code, "not_found");
  });
});

Deno.test("a model is loaded by a call for it or by a question, unloaded and deleted", async () => {
  for (const lacks of [[], ["load"]] as const) {
    const disk = new LocalAIDisk();
    await withServer({ disk, lacks: [...lacks] }, async (endpoint) => {
      await manager.load(endpoint, "phi-4-mini", { isForEmbeddings: false }, SIGNAL);
      assertEquals([...disk.loaded], ["phi-4-mini"]);
      await manager.unload(endpoint, "phi-4-mini", SIGNAL);
      assertEquals(disk.loaded.size, 0);
      await manager.delete(endpoint, "phi-4-mini", SIGNAL);
      assertEquals(disk.models.size, 0);
      await assertRejects(() => manager.delete(endpoint, "phi-4-mini", SIGNAL), FreshetError, "not found");
    });
  }
});

Deno.test("the gallery is searched by words, names first", async () => {
  const gallery = [
    { name: "whisper", description: "hears, unlike qwen", tags: ["audio"], license: "mit" },
    { name: "qwen3-8b", description: "a chat model", tags: ["llm"], size: "5.2GB" },
  ];
  await withServer({ disk: new LocalAIDisk({ models: ["whisper"], gallery }) }, async (endpoint) => {
    const page = await manager.gallery?.search(endpoint, "QWEN", 1, SIGNAL);
    assertEquals([page?.total, page?.galleries], [2, ["localai"]]);
    assertEquals(page?.models.map(({ id, sizeBytes }) => [id, sizeBytes]), [[
      "localai@qwen3-8b",
      5_200_000_000,
    ]]);
    const heard = await manager.gallery?.search(endpoint, "hears audio", 10, SIGNAL);
    assertEquals(heard?.models.map(({ id, isInstalled }) => [id, isInstalled]), [["localai@whisper", true]]);
  });
});

Deno.test("backends are listed, installed and deleted, and their jobs told", async () => {
  const backends = [
    { name: "llama-cpp", isInstalled: true, isSystem: true },
    { name: "cuda12-vllm", description: "vLLM", steps: 2 },
    { name: "broken", fails: { after: 1, words: "no space" } },
  ];
  await withServer({ disk: new LocalAIDisk({ backends }) }, async (endpoint) => {
    const { gallery } = manager;
    const names = async () =>
      (await gallery?.backends(endpoint, SIGNAL))?.map((one) => [one.name, one.isInstalled]);
    assertEquals(await names(), [["llama-cpp", true], ["broken", false], ["cuda12-vllm", false]]);
    const job = await gallery?.installBackend(endpoint, "cuda12-vllm", SIGNAL) ?? "";
    assertEquals((await gallery?.backendJob(endpoint, job, SIGNAL))?.percent, 50);
    assertEquals((await gallery?.backendJob(endpoint, job, SIGNAL))?.state, "done");
    assertEquals((await names())?.[0], ["cuda12-vllm", true]);
    const deletion = await gallery?.deleteBackend(endpoint, "cuda12-vllm", SIGNAL) ?? "";
    await gallery?.backendJob(endpoint, deletion, SIGNAL);
    assertEquals((await names())?.[0], ["llama-cpp", true]);
    const broken = await gallery?.installBackend(endpoint, "broken", SIGNAL) ?? "";
    await gallery?.backendJob(endpoint, broken, SIGNAL);
    const failed = await gallery?.backendJob(endpoint, broken, SIGNAL);
    assertEquals([failed?.state, failed?.message], ["failed", "no space"]);
    const unknown = await assertRejects(
      async () => await gallery?.backendJob(endpoint, "?", SIGNAL),
      FreshetError,
    );
    assertEquals(unknown.code, "not_found");
  });
});

Deno.test("settings in a model's file are read, merged, and taken out again", async () => {
  const disk = new LocalAIDisk();
  await withServer({ disk }, async (endpoint) => {
    const { files } = manager;
    const changes = {
      context_size: 16_384,
      "template.chat": "chatml",
      "template.use_tokenizer_template": true,
    };
    await files?.write(endpoint, "phi-4-mini", changes, SIGNAL);
    const { values } = await files?.read(endpoint, "phi-4-mini", SIGNAL) ?? { values: {} };
    assertEquals(values, { backend: "llama-cpp", ...changes });
    assertEquals(disk.models.get("phi-4-mini")?.template, { chat: "chatml", use_tokenizer_template: true });
    await files?.write(endpoint, "phi-4-mini", { "template.chat": null }, SIGNAL);
    assertEquals((await files?.read(endpoint, "phi-4-mini", SIGNAL))?.values["template.chat"], undefined);
    const missing = await assertRejects(
      async () => await files?.read(endpoint, "nobody", SIGNAL),
      FreshetError,
    );
    assertEquals(missing.code, "model_not_found");
  });
});
