import type { ChatDelta, ContactFeature, EmbeddingResult, ProviderKind } from "../../shared/mod.ts";
import type { CallSource } from "../../analytics/mod.ts";
import type { Continuation, Provider } from "../../providers/mod.ts";
import { providerOf } from "../catalog.ts";
import type { Option } from "../choice/option.ts";
import type { NodeRegistry } from "../registry.ts";
import type { AnswerSoFar } from "./answer_so_far.ts";
import type { Attempt } from "./attempt.ts";
import type { EmbeddingCall, ModelCall } from "./calls.ts";

/** What is asked of nodes, each in its own protocol. */
export class NodeCalls {
  readonly #registry: NodeRegistry;
  readonly #providersFor: (feature: ContactFeature) => ReadonlyMap<ProviderKind, Provider>;

  constructor(
    registry: NodeRegistry,
    providersFor: (feature: ContactFeature) => ReadonlyMap<ProviderKind, Provider>,
  ) {
    this.#registry = registry;
    this.#providersFor = providersFor;
  }

  /** The answer of an attempt's node, whose bytes are passed on where the call wishes for them and the node speaks the protocol. */
  async chat(
    { principal, raw, source }: ModelCall,
    attempt: Attempt,
    answer: AnswerSoFar,
  ): Promise<AsyncIterable<ChatDelta>> {
    const { request, turn, signal } = attempt;
    const endpoint = await this.#registry.endpoint(principal, turn.node.id);
    const provider = providerOf(this.#providersFor(featureOf(source)), turn.node.kind);
    const passed = raw && provider.pass?.(endpoint, request, {
      signal,
      includeUsage: raw.includeUsage,
      write(bytes, count) {
        attempt.passed(count);
        answer.addRaw();
        return raw.write(bytes, count);
      },
    });
    return passed ?? provider.chat(endpoint, request, signal);
  }

  /** The vectors of an attempt's node. */
  async embed(call: EmbeddingCall, { request, turn, signal }: Attempt): Promise<EmbeddingResult> {
    const endpoint = await this.#registry.endpoint(call.principal, turn.node.id);
    const { dimensions, input } = call;
    const wanted = { model: request.model, input, ...(dimensions === undefined ? {} : { dimensions }) };
    const providers = this.#providersFor(featureOf(call.source));
    return await providerOf(providers, turn.node.kind).embed(endpoint, wanted, signal);
  }

  /** How a node takes the beginning of an answer. */
  continuation({ node }: Pick<Option, "node">, model: string): Continuation {
    const info = node.models.find(({ id }) => id === model);
    if (!info) return "none";
    // A server continues answers whatever its key is.
    const endpoint = { nodeId: node.id, baseUrl: node.baseUrl };
    return providerOf(this.#providersFor("chat"), node.kind).continuation(endpoint, info);
  }
}

/** What a host is contacted for by a call. */
function featureOf({ type }: CallSource): ContactFeature {
  if (type === "title") return "chat";
  return type === "project" ? "studio" : type;
}
