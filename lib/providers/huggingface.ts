import type { InferenceClient } from "@huggingface/inference";
import {
  type ChatRequest,
  type EmbeddingRequest,
  type EmbeddingResult,
  estimateTokens,
  FreshetError,
} from "../shared/mod.ts";
import { streamAnswer } from "./answer.ts";
import { Call, type CallOptions, once } from "./call.ts";
import { defined } from "./defined.ts";
import { protocolError } from "./errors.ts";
import { HttpFailure } from "./http_failure.ts";
import { listHuggingFaceModels } from "./huggingface_models.ts";
import { baseUrlOf, HUB_URL, isDedicated, routeTo } from "./huggingface_routes.ts";
import { type HuggingFaceTarget, targetOf } from "./huggingface_target.ts";
import { toContinuation } from "./openai_dialect.ts";
import { type ChatBody, toChatBody } from "./openai_request.ts";
import { readChatChunks } from "./openai_stream.ts";
import type { ProviderOptions } from "./options.ts";
import type { Endpoint, Provider } from "./provider.ts";
import { withoutRefused } from "./refused.ts";

/**
 * Hugging Face's Inference Providers (https://huggingface.co/docs/inference-providers) through its router, or one dedicated
 * Inference Endpoint where the base URL is of one. A key of another form than `hf_…` is one of the inference provider's own,
 * and the client asks that provider directly.
 */
export function createHuggingFace(options: ProviderOptions = {}): Provider {
  const optionsFor = (endpoint: Endpoint, signal: AbortSignal, model?: string): CallOptions => ({
    kind: "huggingface",
    endpoint,
    signal,
    model,
    fetch: options.fetch,
    amend: withoutRefused,
    route: routeTo(endpoint.baseUrl),
    // The hub redirects from a model's old name.
    followsRedirects: true,
  });

  async function* read(call: Call, endpoint: Endpoint, request: ChatRequest) {
    const target = await targetOf(request.model, endpoint);
    const client = await clientOf(call, endpoint);
    const asked: ChatBody = { ...toChatBody(request), model: target.model };
    const body = request.continues ? toContinuation(asked, "compatible") : asked;
    const chunks = client.chatCompletionStream({ ...argumentsOf(target), ...toInput(body) });
    try {
      yield* readChatChunks(chunks, call.context);
    } catch (error) {
      throw inputError(error, call) ?? error;
    }
  }

  async function embed(call: Call, endpoint: Endpoint, request: EmbeddingRequest): Promise<EmbeddingResult> {
    const target = await targetOf(request.model, endpoint);
    const client = await clientOf(call, endpoint);
    const { input, dimensions } = request;
    try {
      const output = await client.featureExtraction(
        defined({ ...argumentsOf(target), model: target.model, inputs: input, dimensions }),
      );
      const vectors = toVectors(output);
      if (vectors?.length !== input.length) {
        throw protocolError("it is not one vector for each text", call.context);
      }
      // The pipeline reports no usage.
      const promptTokens = input.reduce((sum, text) => sum + estimateTokens(text), 0);
      const usage = { promptTokens, completionTokens: 0, totalTokens: promptTokens, estimated: true };
      return { model: target.model, vectors, usage };
    } catch (error) {
      throw inputError(error, call) ?? error;
    }
  }

  return {
    kind: "huggingface",
    chat(endpoint, request, signal) {
      return streamAnswer(
        () => new Call({ ...optionsFor(endpoint, signal, request.model), streamed: true }),
        (call) => read(call, endpoint, request),
      );
    },
    continuation() {
      return "unsure";
    },
    embed(endpoint, request, signal) {
      return once(optionsFor(endpoint, signal, request.model), (call) => embed(call, endpoint, request));
    },
    models(endpoint, signal) {
      return once(optionsFor(endpoint, signal), (call) => listHuggingFaceModels(call, endpoint));
    },
    probe(endpoint, signal) {
      return once(optionsFor(endpoint, signal), async (call) => {
        // The list of models is open to anybody; who we are only a good key tells.
        const asksHub = endpoint.apiKey?.startsWith("hf_") && !isDedicated(endpoint.baseUrl);
        await (asksHub ? whoAmI(call, endpoint) : listHuggingFaceModels(call, endpoint));
      });
    },
  };

  function argumentsOf(target: HuggingFaceTarget) {
    return target.provider === undefined ? {} : { provider: target.provider };
  }
}

/** The hub limits this call on its own: a token that is asked too often about is still a good one. */
async function whoAmI(call: Call, endpoint: Endpoint): Promise<void> {
  const headers = { authorization: `Bearer ${endpoint.apiKey}` };
  try {
    await (await call.fetch(`${HUB_URL}/api/whoami-v2`, { headers })).body?.cancel();
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.status !== 429) throw error;
  }
}

/** The client takes the same fields as OpenAI's, with types of its own. */
function toInput(body: ChatBody): Parameters<InferenceClient["chatCompletionStream"]>[0] {
  return body as unknown as Parameters<InferenceClient["chatCompletionStream"]>[0];
}

async function clientOf(call: Call, endpoint: Endpoint): Promise<InferenceClient> {
  const { InferenceClient, setLogger } = await import("@huggingface/inference");
  const silent = () => undefined;
  setLogger({ debug: silent, info: silent, warn: silent, error: silent, log: silent });
  return new InferenceClient(endpoint.apiKey ?? "", {
    fetch: call.fetch,
    retry_on_error: false,
    ...(isDedicated(endpoint.baseUrl) ? { endpointUrl: baseUrlOf(endpoint.baseUrl) } : {}),
  });
}

/** What the client itself refuses, before it asks anybody: it carries no status, only words. */
function inputError(error: unknown, call: Call): FreshetError | undefined {
  if (!(error instanceof Error) || (error.name !== "InputError" && error.name !== "RoutingError")) {
    return undefined;
  }
  const model = call.context.model ?? "the model";
  if (error.name === "RoutingError") {
    const hint = "Enter a token that begins with hf_, or choose the inference provider that the key is from";
    return new FreshetError("auth", "Hugging Face cannot route without a token of its own", {
      hint,
      cause: error,
    });
  }
  if (
    /not supported for task|not have been able|No Inference Provider|not been able to find/i.test(
      error.message,
    )
  ) {
    const hint = "Choose another model, or another inference provider for the node";
    const message = `Hugging Face has no inference provider for ${model} there`;
    return new FreshetError("model_not_found", message, { hint, cause: error });
  }
  return new FreshetError("unsupported", `Hugging Face cannot do that with ${model}`, { cause: error });
}

/** One vector stands alone for a single text; vectors of tokens, a level deeper, are not what was asked for. */
function toVectors(output: unknown): number[][] | undefined {
  if (!Array.isArray(output)) return undefined;
  if (output.every((value) => typeof value === "number")) return [output];
  const isVector = (value: unknown): value is number[] =>
    Array.isArray(value) && value.every((number) => typeof number === "number");
  return output.every(isVector) ? output : undefined;
}
