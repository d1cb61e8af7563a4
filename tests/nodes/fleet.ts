import { assert } from "../assert.ts";
import { type ChatRequest, FreshetError, type ToolDefinition } from "../../lib/shared/mod.ts";
import { silentLog, systemClock } from "../../lib/host/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import { Ledger } from "../../lib/analytics/mod.ts";
import {
  type DispatchEvent,
  type ModelCall,
  Nodes,
  type NodeSpec,
  type Patience,
} from "../../lib/nodes/mod.ts";
import { createProviders } from "../../lib/providers/mod.ts";
import { createSketch } from "../../lib/providers/sketch/mod.ts";
import { createHttp1, type Http1Options } from "../../lib/http1/mod.ts";
import { openStore } from "../../lib/store/mod.ts";
import type { FakeNode } from "./fake_node.ts";
import { SCRIPTED_MODEL } from "./scripted_model.ts";

/** Short enough for a test; looked at every 250 ms. */
export const SHORT_PATIENCE: Partial<Patience> = { firstTokenMs: 1_500, betweenTokensMs: 1_500 };

/** Nodes with the true protocols over fake servers. */
export interface Fleet {
  nodes: Nodes;
  ledger: Ledger;
  /** The node of a server. */
  idOf(node: FakeNode): string;
  /** One answer, asked for as a chat does unless told otherwise. */
  ask(question: string, more?: Partial<ModelCall>, request?: Partial<ChatRequest>): Promise<Answer>;
}

/** All that came of one call. */
export interface Answer {
  question: string;
  text: string;
  events: DispatchEvent[];
  error?: FreshetError;
}

/** A server with its place among the others. */
export interface Member extends Partial<NodeSpec> {
  node: FakeNode;
}

/** Runs `fn` with nodes that ask these servers; `http` says how what is not plain HTTP is reached. */
export async function withFleet(
  members: readonly Member[],
  fn: (fleet: Fleet) => Promise<void>,
  http: Http1Options = {},
): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const ledger = new Ledger({ store, clock: systemClock, log: silentLog });
  const http1 = createHttp1(http);
  const sketch = createSketch({ documentation: () => Promise.resolve([]) });
  const nodes = new Nodes({
    store,
    providers: createProviders(sketch, { fetch: http1.fetch }),
    ledger,
    clock: systemClock,
    log: silentLog,
    sketch: false,
    config: [],
    servers: [],
    patience: SHORT_PATIENCE,
    onChange: () => {},
  });
  const ids = new Map<FakeNode, string>();
  try {
    for (const { node, ...spec } of members) {
      ids.set(node, (await nodes.registry.create(localPrincipal, { ...node.spec, ...spec })).id);
    }
    await nodes.catalog.refresh(localPrincipal);
    await fn({
      nodes,
      ledger,
      idOf: (node) => ids.get(node) ?? "",
      ask: (question, more, request) => ask(nodes, question, more, request),
    });
  } finally {
    await nodes.close();
    await ledger.flush();
    http1.close();
    store.close();
    for (const { node } of members) await node.kill();
  }
}

async function ask(
  nodes: Nodes,
  question: string,
  more: Partial<ModelCall> = {},
  request: Partial<ChatRequest> = {},
): Promise<Answer> {
  const answer: Answer = { question, text: "", events: [] };
  try {
    for await (const event of nodes.dispatcher.dispatch({ ...callOf(question, request), ...more })) {
      answer.events.push(event);
      if (event.type === "text") answer.text += event.text;
    }
  } catch (error) {
    assert(error instanceof FreshetError, String(error));
    answer.error = error;
  }
  return answer;
}

/** The call that a chat of its own makes for a question. */
export function callOf(question: string, request: Partial<ChatRequest> = {}): ModelCall {
  return {
    principal: localPrincipal,
    request: {
      model: SCRIPTED_MODEL,
      messages: [{ role: "user", content: [{ type: "text", text: question }] }],
      ...request,
    },
    source: { type: "chat", chatId: question, messageId: "1", runId: "1" },
    signal: new AbortController().signal,
    goesOn: true,
  };
}

/** How many events of a type an answer has. */
export function count({ events }: Answer, type: DispatchEvent["type"]): number {
  return events.filter((event) => event.type === type).length;
}

/** The nodes that were asked, with why. */
export function pathOf({ events, error }: Answer): string {
  const path = events.flatMap((event) =>
    event.type === "node" ? [`${event.nodeName} (${event.reason})`] : []
  );
  return [...path, error ? `${error.code}: ${error.message}` : "complete"].join(" → ");
}

/** A tool as a request offers it. */
export function toolOffer(name: string): ToolDefinition {
  return {
    name,
    description: "Counts",
    parameters: { type: "object", properties: { key: { type: "string" } } },
  };
}
