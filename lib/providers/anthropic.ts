import type { Anthropic } from "@anthropic-ai/sdk";
import { type ChatRequest, FreshetError } from "../shared/mod.ts";
import { streamAnswer } from "./answer.ts";
import { claudeVersion } from "./claude_version.ts";
import { listAnthropicModels } from "./anthropic_models.ts";
import { apiVersionFor, toMessagesBody } from "./anthropic_request.ts";
import { withStrictSchema } from "./anthropic_schema.ts";
import { readMessageEvents } from "./anthropic_stream.ts";
import { Call, type CallOptions, once } from "./call.ts";
import { serverName } from "./catalog.ts";
import type { ProviderOptions } from "./options.ts";
import type { Endpoint, Provider } from "./provider.ts";
import { withoutRefused } from "./refused.ts";

/** Claude 4.6 and later refuse a last message of the assistant (https://platform.claude.com/docs/en/about-claude/models/whats-new-claude-4-6). */
const FIRST_WITHOUT_PREFILL = 4.6;
/** The client's own deadline must not come before those that are set for a node: a day, in ms. */
const CLIENT_TIMEOUT_MS = 86_400_000;

/**
 * Anthropic's Messages API (https://platform.claude.com/docs/en/api/messages) and servers compatible with it. It has no
 * embeddings, and no seed or penalties.
 */
export function createAnthropic(options: ProviderOptions = {}): Provider {
  const optionsFor = (endpoint: Endpoint, signal: AbortSignal, model?: string): CallOptions => ({
    kind: "anthropic",
    endpoint,
    signal,
    model,
    fetch: options.fetch,
    amend: withoutRefused,
    authorize: (headers, url) => {
      headers.delete("authorization");
      headers.delete("x-api-key");
      if (endpoint.apiKey === undefined) return;
      headers.set("authorization", `Bearer ${endpoint.apiKey}`);
      // The header from before API version 2026-10-21, which is all that some compatible servers read.
      if (url.host !== "api.anthropic.com") headers.set("x-api-key", endpoint.apiKey);
    },
  });

  async function* read(call: Call, endpoint: Endpoint, request: ChatRequest) {
    const client = await clientOf(call, endpoint);
    const version = apiVersionFor(request);
    const headers = version === undefined ? {} : { headers: { "anthropic-version": version } };
    const body = toMessagesBody(await withStrictSchema(request));
    yield* readMessageEvents(await client.messages.create(body, headers));
  }

  return {
    kind: "anthropic",
    chat(endpoint, request, signal) {
      return streamAnswer(
        () => new Call({ ...optionsFor(endpoint, signal, request.model), streamed: true }),
        (call) => read(call, endpoint, request),
      );
    },
    continuation(_endpoint, { id }) {
      return (claudeVersion(id) ?? 0) >= FIRST_WITHOUT_PREFILL ? "none" : "prefix";
    },
    embed(endpoint) {
      const name = serverName("anthropic", endpoint.baseUrl);
      const hint = "Choose a model for embeddings on another node";
      return Promise.reject(
        new FreshetError("unsupported", `Cannot embed with ${name}: it has no embeddings`, { hint }),
      );
    },
    models(endpoint, signal) {
      return once(
        optionsFor(endpoint, signal),
        async (call) => listAnthropicModels(await clientOf(call, endpoint)),
      );
    },
    probe(endpoint, signal) {
      return once(optionsFor(endpoint, signal), async (call) => {
        await (await clientOf(call, endpoint)).models.list({ limit: 1 });
      });
    },
  };
}

/** A key is always given, or the client would look for one in the environment and on disk. */
async function clientOf(call: Call, endpoint: Endpoint): Promise<Anthropic> {
  const { Anthropic } = await import("@anthropic-ai/sdk");
  return new Anthropic({
    apiKey: endpoint.apiKey ?? "none",
    webhookKey: null,
    baseURL: endpoint.baseUrl.replace(/\/v1\/?$/, ""),
    fetch: call.fetch,
    maxRetries: 0,
    timeout: CLIENT_TIMEOUT_MS,
    logLevel: "off",
    openTelemetry: false,
  });
}
