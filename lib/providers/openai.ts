import type { OpenAI } from "openai";
import type { Field } from "../http1/mod.ts";
import type { ChatRequest, ProviderKind } from "../shared/mod.ts";
import { streamAnswer } from "./answer.ts";
import type { ByteSource } from "./byte_source.ts";
import { Call, type CallOptions, once } from "./call.ts";
import { defined } from "./defined.ts";
import { protocolError } from "./errors.ts";
import { OpenAIAnswer } from "./openai_answer.ts";
import { continuationIn, dialectOf, toContinuation, toDialect } from "./openai_dialect.ts";
import { isOfKind, OWN_ADDRESS } from "./openai_kinds.ts";
import { OpenAIPass } from "./openai_pass.ts";
import { toChatBody } from "./openai_request.ts";
import { listEntries, listOpenAIModels } from "./openai_models.ts";
import type { ProviderOptions } from "./options.ts";
import type { Endpoint, Provider } from "./provider.ts";
import { withoutRefused } from "./refused.ts";

/** The client's own deadline must not come before those that are set for a node: a day, in ms. */
const CLIENT_TIMEOUT_MS = 86_400_000;

/**
 * OpenAI's Chat Completions (https://platform.openai.com/docs/api-reference/chat) as OpenAI, LM Studio, LocalAI, llama.cpp,
 * vLLM, Text Generation WebUI, Mistral, Gemini, Groq, OpenRouter and DeepSeek serve them. Servers at home need no key. `kind` is
 * one of those that speak it.
 */
export function createOpenAI(options: ProviderOptions = {}, kind: ProviderKind = "openai"): Provider {
  const optionsFor = (endpoint: Endpoint, signal: AbortSignal, model?: string): CallOptions => ({
    kind,
    endpoint,
    signal,
    model,
    fetch: options.fetch,
    direct: options.http1 && { request: options.http1.request, fields: bearerOf(endpoint) },
    amend: withoutRefused,
    authorize: (headers) => {
      headers.delete("authorization");
      if (endpoint.apiKey !== undefined) headers.set("authorization", `Bearer ${endpoint.apiKey}`);
    },
  });

  /** What OpenAI's client would send: to make one for each call costs more than all that a call passes on. */
  async function ask(call: Call, { baseUrl }: Endpoint, request: ChatRequest): Promise<ByteSource> {
    const dialect = dialectOf(baseUrl);
    const body = toDialect(toChatBody(request), dialect);
    const sent = request.continues ? toContinuation(body, dialect) : body;
    return await call.post(new URL(`${baseUrl}/chat/completions`), JSON.stringify(sent));
  }

  return {
    kind,
    ...(OWN_ADDRESS[kind] === undefined ? {} : {
      recognises: (endpoint: Endpoint, signal: AbortSignal) =>
        once(optionsFor(endpoint, signal), (call) => isOfKind(call, endpoint)),
    }),
    chat(endpoint, request, signal) {
      return streamAnswer(
        () => new Call({ ...optionsFor(endpoint, signal, request.model), streamed: true }),
        (call) => new OpenAIAnswer(() => ask(call, endpoint, request), call.context),
      );
    },
    pass(endpoint, request, passing) {
      const dialect = dialectOf(endpoint.baseUrl);
      if (dialect !== "openai" && dialect !== "compatible") return undefined;
      const options = { ...optionsFor(endpoint, passing.signal, request.model), streamed: true };
      return streamAnswer(
        () => new Call(options),
        (call) => new OpenAIPass(() => ask(call, endpoint, request), call.context, passing),
      );
    },
    continuation({ baseUrl }) {
      return continuationIn(dialectOf(baseUrl));
    },
    embed(endpoint, request, signal) {
      return once(optionsFor(endpoint, signal, request.model), async (call) => {
        const client = await clientOf(call, endpoint);
        const { model, input, dimensions } = request;
        // Unless told otherwise the client asks for base64, which few other servers know.
        const answer = await client.embeddings.create(
          defined({ model, input, dimensions, encoding_format: "float" as const }),
        );
        if (!Array.isArray(answer.data)) throw protocolError("it holds no embeddings", call.context);
        const vectors = answer.data.toSorted((a, b) => a.index - b.index).map((item) => item.embedding);
        const promptTokens = answer.usage?.prompt_tokens ?? 0;
        return {
          model: answer.model ?? model,
          vectors,
          usage: { promptTokens, completionTokens: 0, totalTokens: promptTokens, estimated: false },
        };
      });
    },
    models(endpoint, signal) {
      return once(
        optionsFor(endpoint, signal),
        async (call) => listOpenAIModels(await clientOf(call, endpoint), call, endpoint),
      );
    },
    probe(endpoint, signal) {
      return once(optionsFor(endpoint, signal), async (call) => {
        const client = await clientOf(call, endpoint);
        // OpenRouter lists its models to anybody.
        if (URL.parse(endpoint.baseUrl)?.host === "openrouter.ai") await client.get("/key");
        else await listEntries(client, call);
      });
    },
  };
}

function bearerOf({ apiKey }: Endpoint): Field[] {
  return apiKey === undefined ? [] : [["authorization", `Bearer ${apiKey}`]];
}

/** Every setting that the client would else take from the environment is set: they are not meant for this endpoint. */
async function clientOf(call: Call, endpoint: Endpoint): Promise<OpenAI> {
  const { OpenAI } = await import("openai");
  return new OpenAI({
    apiKey: endpoint.apiKey ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: endpoint.baseUrl,
    fetch: call.fetch,
    maxRetries: 0,
    timeout: CLIENT_TIMEOUT_MS,
    logLevel: "off",
  });
}
