import type { Ollama, ProgressResponse } from "ollama/browser";
import { FreshetError, type ModelAbility } from "../shared/mod.ts";
import { Call, type CallOptions, once } from "./call.ts";
import type { ModelManager, PullStep } from "./manager.ts";
import { managerWithout } from "./manager/without.ts";
import { checkNdjson } from "./ndjson_check.ts";
import { ollamaClient } from "./ollama_client.ts";
import type { ProviderOptions } from "./options.ts";
import type { Endpoint } from "./provider.ts";

/** What the library answers for a name that it does not have, by Ollama's server/images.go. */
const UNKNOWN_NAME = /file does not exist|invalid model name|model .*not found/i;

const CAN: ReadonlySet<ModelAbility> = new Set(
  ["pull", "pause", "cancel", "create", "copy", "delete", "show", "load", "keep", "unload"] as const,
);

/** Ollama's API for models (https://docs.ollama.com/api), through its own client. */
export function createOllamaManager(options: ProviderOptions = {}): ModelManager {
  const optionsFor = (endpoint: Endpoint, signal: AbortSignal, model: string): CallOptions => ({
    kind: "ollama",
    endpoint,
    signal,
    model,
    fetch: options.fetch,
    authorize: (headers) => {
      headers.delete("authorization");
      if (endpoint.apiKey !== undefined) headers.set("authorization", `Bearer ${endpoint.apiKey}`);
    },
  });
  const ask = <T>(
    endpoint: Endpoint,
    signal: AbortSignal,
    model: string,
    run: (client: Ollama) => Promise<T>,
  ): Promise<T> =>
    once(optionsFor(endpoint, signal, model), async (call) => run(await ollamaClient(call, endpoint)));

  return {
    ...managerWithout("ollama"),
    can: CAN,
    async *pull(endpoint, model, signal) {
      const base = optionsFor(endpoint, signal, model);
      const call = new Call({
        ...base,
        check: () => checkNdjson(base, ({ status }) => status === "success"),
      });
      try {
        const client = await ollamaClient(call, endpoint);
        for await (const step of await client.pull({ model, stream: true })) yield stepOf(step);
      } catch (cause) {
        throw clearer(call.error(cause), model);
      } finally {
        call.close();
      }
    },
    async create(endpoint, { name, from, system, template, parameters }, signal, onStep) {
      const base = optionsFor(endpoint, signal, from);
      const call = new Call({
        ...base,
        check: () => checkNdjson(base, ({ status }) => status === "success"),
      });
      try {
        const client = await ollamaClient(call, endpoint);
        const steps = await client.create({
          model: name,
          from,
          stream: true,
          ...(system ? { system } : {}),
          ...(template ? { template } : {}),
          ...(parameters === undefined ? {} : { parameters: { ...parameters } }),
        });
        for await (const step of steps) onStep?.(stepOf(step));
      } catch (cause) {
        throw call.error(cause);
      } finally {
        call.close();
      }
    },
    async delete(endpoint, model, signal) {
      await ask(endpoint, signal, model, (client) => client.delete({ model }));
    },
    async copy(endpoint, model, name, signal) {
      await ask(endpoint, signal, model, (client) => client.copy({ source: model, destination: name }));
    },
    async load(endpoint, model, { keepAlive, isForEmbeddings }, signal) {
      const keep = keepAlive === undefined ? {} : { keep_alive: keepAlive };
      // An empty request only loads; models for embeddings refuse that of `generate`.
      await ask(endpoint, signal, model, async (client) => {
        if (isForEmbeddings) await client.embed({ model, input: "", ...keep });
        else await client.generate({ model, prompt: "", stream: false, ...keep });
      });
    },
    async unload(endpoint, model, signal) {
      await ask(
        endpoint,
        signal,
        model,
        (client) => client.generate({ model, prompt: "", stream: false, keep_alive: 0 }),
      );
    },
    async show(endpoint, model, signal) {
      const shown = await ask(endpoint, signal, model, (client) => client.show({ model }));
      return {
        modelfile: textOf(shown.modelfile),
        parameters: textOf(shown.parameters),
        template: textOf(shown.template),
        system: textOf(shown.system),
        license: textOf(shown.license),
      };
    },
  };
}

function stepOf({ status, digest, total, completed }: ProgressResponse): PullStep {
  const phase = textOf(status);
  if (!digest || !Number.isFinite(total)) return { phase };
  return { phase, layer: { digest, totalBytes: total, completedBytes: completed ?? 0 } };
}

/** A wrong name comes as a failure of the server, which would be worth another try. */
function clearer(error: FreshetError, model: string): FreshetError {
  if (error.code !== "model_not_found" && !UNKNOWN_NAME.test(error.message)) return error;
  return new FreshetError("model_not_found", `There is no model ${model} to download`, {
    hint: "Look for its name at ollama.com/library; models of Hugging Face are named hf.co/owner/repository",
    cause: error,
  });
}

/** Servers leave fields out that are empty. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
