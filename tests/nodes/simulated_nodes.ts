import { assert } from "../assert.ts";
import { type ChatDelta, type ChatRequest, FreshetError, type ModelInfo } from "../../lib/shared/mod.ts";
import { silentLog, sleep } from "../../lib/host/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import { Ledger } from "../../lib/analytics/mod.ts";
import { type DispatchEvent, type ModelCall, Nodes, type NodeSpec } from "../../lib/nodes/mod.ts";
import type { Endpoint, Provider } from "../../lib/providers/mod.ts";
import { openStore } from "../../lib/store/mod.ts";
import { seededRandom } from "../random.ts";
import { JumpClock } from "./jump_clock.ts";

/** One node of a simulation and how it behaves now. */
export interface SimulatedNode {
  id: string;
  name: string;
  firstTokenMs: number;
  durationMs: number;
  models: ModelInfo[];
  /** What a call fails with; undefined where it does not. */
  failure: (() => FreshetError) | undefined;
  /** Calls that were answered. */
  served: number;
  /** Calls that came. */
  asked: number;
  /** Calls under way; aborted with an error when the node is killed. */
  running: Set<AbortController>;
}

/** What came of one call. */
export interface Outcome {
  events: DispatchEvent[];
  nodes: string[];
  error?: FreshetError;
  /** ms of the simulation's clock. */
  tookMs: number;
}

/** Who asks for what. */
export interface Asking {
  /** Who asks; one of its own for each API key. */
  tenant?: string;
  chatId?: string;
  nodeId?: string;
  model?: string;
  signal?: AbortSignal;
  onEvent?: (event: DispatchEvent) => void;
}

/** Nodes that answer in the time of a clock of their own. */
export interface Simulation {
  nodes: Nodes;
  clock: JumpClock;
  node(name: string): SimulatedNode;
  /** One call; time has to pass for it to end. */
  ask(asking?: Asking): Promise<Outcome>;
  /** So many calls, at most `atOnce` of them at the same time; time passes until all have ended. */
  load(count: number, atOnce: number, asking?: (i: number) => Asking): Promise<Outcome[]>;
  /** Changes a node as a person does; time stands still until all is read again. */
  change(name: string, changes: Partial<NodeSpec>): Promise<void>;
  /** Lets time pass until the promise is settled. */
  until<T>(promise: Promise<T>): Promise<T>;
}

const model: ModelInfo = { id: "m", name: "m", capabilities: ["chat"] };

/** What is told of a node beyond its place in the registry. */
export type SimulatedSpec =
  & Partial<NodeSpec>
  & Partial<Pick<SimulatedNode, "firstTokenMs" | "durationMs" | "models">>;

/** Runs `fn` with nodes by their names. */
export async function simulate(
  specs: Record<string, SimulatedSpec>,
  fn: (simulation: Simulation) => Promise<void>,
  options: { queueMax?: number } = {},
): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new JumpClock();
  const ledger = new Ledger({ store, clock, log: silentLog });
  const byUrl = new Map<string, SimulatedNode>();
  const provider = new SimulatedProvider(byUrl, clock);
  const nodes = new Nodes({
    store,
    providers: new Map([["ollama", provider]]),
    ledger,
    clock,
    log: silentLog,
    sketch: false,
    config: [],
    servers: [],
    random: seededRandom(1),
    onChange: () => {},
    ...options,
  });
  for (
    const [name, { firstTokenMs = 20, durationMs = 100, models = [model], ...spec }] of Object.entries(specs)
  ) {
    const baseUrl = `http://${name}.lan:11434`;
    const node: SimulatedNode = {
      id: "",
      name,
      firstTokenMs,
      durationMs,
      models,
      failure: undefined,
      served: 0,
      asked: 0,
      running: new Set(),
    };
    byUrl.set(baseUrl, node);
    node.id = (await nodes.registry.create(localPrincipal, { name, kind: "ollama", baseUrl, ...spec })).id;
  }
  await nodes.catalog.refresh(localPrincipal);
  // What is read from the store once is read before time begins to pass.
  await nodes.models(localPrincipal);
  const simulation: Simulation = {
    nodes,
    clock,
    until: (promise) => clock.until(promise),
    node(name) {
      const found = [...byUrl.values()].find((node) => node.name === name);
      assert(found, `There is no node ${name}`);
      return found;
    },
    async change(name, changes) {
      await nodes.update(localPrincipal, simulation.node(name).id, changes);
      await nodes.catalog.refresh(localPrincipal);
      await nodes.models(localPrincipal);
    },
    ask: (asking = {}) => ask(nodes, clock, asking),
    async load(count, atOnce, asking = () => ({})) {
      const outcomes: Outcome[] = [];
      let next = 0;
      const one = async () => {
        for (let i = next++; i < count; i = next++) outcomes.push(await ask(nodes, clock, asking(i)));
      };
      await clock.until(Promise.all(Array.from({ length: atOnce }, one)));
      return outcomes;
    },
  };
  try {
    await fn(simulation);
  } finally {
    await nodes.close();
    await ledger.flush();
    store.close();
  }
}

let asked = 0;

async function ask(nodes: Nodes, clock: JumpClock, asking: Asking): Promise<Outcome> {
  const startedAt = clock.now();
  // Each call is a conversation of its own unless it names its chat.
  const text = `question ${asked++}`;
  const request: ChatRequest = {
    model: asking.model ?? "m",
    messages: [{ role: "user", content: [{ type: "text", text }] }],
  };
  const source: ModelCall["source"] = asking.chatId === undefined
    ? { type: "api", endpoint: "test" }
    : { type: "chat", chatId: asking.chatId, messageId: "1", runId: "1" };
  const outcome: Outcome = { events: [], nodes: [], tookMs: 0 };
  try {
    const events = nodes.dispatcher.dispatch({
      principal: asking.tenant === undefined ? localPrincipal : { ...localPrincipal, keyId: asking.tenant },
      request,
      source,
      signal: asking.signal ?? new AbortController().signal,
      nodeId: asking.nodeId,
    });
    for await (const event of events) {
      outcome.events.push(event);
      if (event.type === "node") outcome.nodes.push(event.nodeName);
      asking.onEvent?.(event);
    }
  } catch (error) {
    assert(error instanceof FreshetError, String(error));
    outcome.error = error;
  }
  outcome.tookMs = clock.now() - startedAt;
  return outcome;
}

class SimulatedProvider implements Provider {
  readonly kind = "ollama";
  readonly #nodes: ReadonlyMap<string, SimulatedNode>;
  readonly #clock: JumpClock;

  constructor(nodes: ReadonlyMap<string, SimulatedNode>, clock: JumpClock) {
    this.#nodes = nodes;
    this.#clock = clock;
  }

  async *chat(endpoint: Endpoint, _request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
    const node = this.#at(endpoint);
    node.asked++;
    if (node.failure) throw node.failure();
    const killed = new AbortController();
    node.running.add(killed);
    const stopped = AbortSignal.any([signal, killed.signal]);
    try {
      await sleep(this.#clock, node.firstTokenMs, stopped);
      yield { type: "text", text: "answer" };
      await sleep(this.#clock, Math.max(1, node.durationMs - node.firstTokenMs), stopped);
      node.served++;
      yield { type: "finish", reason: "stop" };
    } catch (error) {
      throw error instanceof FreshetError
        ? error
        : new FreshetError("cancelled", "aborted", { cause: error });
    } finally {
      node.running.delete(killed);
    }
  }

  continuation(): "prefix" {
    return "prefix";
  }

  embed(): Promise<never> {
    return Promise.reject(new FreshetError("unsupported", "No embeddings here"));
  }

  models(endpoint: Endpoint): Promise<ModelInfo[]> {
    return Promise.resolve(this.#at(endpoint).models);
  }

  probe(endpoint: Endpoint): Promise<void> {
    const { failure } = this.#at(endpoint);
    return failure ? Promise.reject(failure()) : Promise.resolve();
  }

  #at({ baseUrl }: Endpoint): SimulatedNode {
    const node = this.#nodes.get(baseUrl);
    assert(node, `Nothing is at ${baseUrl}`);
    return node;
  }
}
