import type { ChatDelta, ChatRequest } from "../shared/mod.ts";
import { streamAnswer } from "./answer.ts";
import { Call, type CallOptions, once } from "./call.ts";
import { protocolError } from "./errors.ts";
import { checkNdjson } from "./ndjson_check.ts";
import { ollamaClient } from "./ollama_client.ts";
import { listOllamaModels } from "./ollama_models.ts";
import { toOllamaRequest } from "./ollama_request.ts";
import { readOllamaStream } from "./ollama_stream.ts";
import type { ProviderOptions } from "./options.ts";
import type { Endpoint, Provider } from "./provider.ts";
import { withoutRefused } from "./refused.ts";

const LOADING_NOTICE_MS = 1500;

/**
 * Ollama's own API (https://docs.ollama.com/api), which unlike its OpenAI-compatible one takes `num_ctx` and `keep_alive`.
 * While the first token is long in coming and the model is not in memory, the answer says that it is being loaded.
 */
export function createOllama(options: ProviderOptions = {}): Provider {
  const { loadingNoticeMs = LOADING_NOTICE_MS } = options;
  const optionsFor = (endpoint: Endpoint, signal: AbortSignal, model?: string): CallOptions => ({
    kind: "ollama",
    endpoint,
    signal,
    model,
    fetch: options.fetch,
    amend: withoutRefused,
    authorize: (headers) => {
      headers.delete("authorization");
      if (endpoint.apiKey !== undefined) headers.set("authorization", `Bearer ${endpoint.apiKey}`);
    },
  });

  async function* read(call: Call, endpoint: Endpoint, request: ChatRequest): AsyncGenerator<ChatDelta> {
    const client = await ollamaClient(call, endpoint);
    const answer = client.chat({ ...toOllamaRequest(request), stream: true });
    if (await takesLonger(answer, loadingNoticeMs) && !await isLoaded(call, endpoint, request.model)) {
      yield { type: "loading", message: `Loading ${request.model}` };
    }
    yield* readOllamaStream(await answer);
  }

  async function isLoaded(call: Call, endpoint: Endpoint, model: string): Promise<boolean> {
    try {
      return await once(optionsFor(endpoint, call.signal), async (call) => {
        const { models } = await (await ollamaClient(call, endpoint)).ps();
        return models.some((loaded) => sameModel(loaded.name, model));
      });
    } catch (_error) {
      // The notice is an extra: what is wrong with the server shows in the answer itself.
      return true;
    }
  }

  return {
    kind: "ollama",
    chat(endpoint, request, signal) {
      return streamAnswer(
        () => {
          const base = optionsFor(endpoint, signal, request.model);
          return new Call({ ...base, check: () => checkNdjson(base) });
        },
        (call) => read(call, endpoint, request),
      );
    },
    continuation() {
      // Most of its templates leave a last message of the assistant open; some begin a new one.
      return "unsure";
    },
    embed(endpoint, request, signal) {
      return once(optionsFor(endpoint, signal, request.model), async (call) => {
        const client = await ollamaClient(call, endpoint);
        const { model, input, dimensions } = request;
        const answer = await client.embed({
          model,
          input,
          ...(dimensions === undefined ? {} : { dimensions }),
        });
        const promptTokens = answer.prompt_eval_count ?? 0;
        const usage = { promptTokens, completionTokens: 0, totalTokens: promptTokens, estimated: false };
        return { model: answer.model ?? model, vectors: answer.embeddings, usage };
      });
    },
    models(endpoint, signal) {
      const options = optionsFor(endpoint, signal);
      return once(options, async (call) => listOllamaModels(await ollamaClient(call, endpoint), call.signal));
    },
    probe(endpoint, signal) {
      const options = optionsFor(endpoint, signal);
      return once(options, async (call) => {
        const { version } = await (await ollamaClient(call, endpoint)).version();
        if (typeof version !== "string") throw protocolError("it tells no version", options);
      });
    },
  };
}

/** True where the promise is still pending after `ms`. */
async function takesLonger(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(true), ms));
  try {
    return await Promise.race([promise.then(() => false, () => false), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A name without a tag means `:latest`. */
function sameModel(a: string, b: string): boolean {
  const full = (name: string) => name.includes(":") ? name : `${name}:latest`;
  return full(a) === full(b);
}
