import { assert, assertEquals, assertRejects } from "@std/assert";
import { type ChatDelta, type ChatRequest, FreshetError, type ModelInfo } from "../../shared/mod.ts";
import { silentLog } from "../../host/mod.ts";
import { localPrincipal } from "../../access/mod.ts";
import { Ledger } from "../../analytics/mod.ts";
import type { Endpoint, Provider } from "../../providers/mod.ts";
import { openStore } from "../../store/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { type DispatchEvent, type ModelCall, Nodes } from "../mod.ts";

type Script = (signal: AbortSignal) => AsyncIterable<ChatDelta>;

/** A provider whose nodes, told apart by their addresses, do as their scripts say. */
class ScriptedProvider implements Provider {
  readonly kind = "ollama";
  readonly asked: string[] = [];
  scripts = new Map<string, Script>();

  chat({ baseUrl }: Endpoint, _request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatDelta> {
    this.asked.push(baseUrl);
    const script = this.scripts.get(baseUrl);
    assert(script, `no script for ${baseUrl}`);
    return script(signal);
  }

  continuation(): "unsure" {
    return "unsure";
  }

  embed(): Promise<never> {
    return Promise.reject(new FreshetError("unsupported", "No embeddings here"));
  }

  models(): Promise<ModelInfo[]> {
    return Promise.resolve([{ id: "m", name: "m", capabilities: ["chat"] }]);
  }

  probe(): Promise<void> {
    return Promise.resolve();
  }
}

const says = (...texts: string[]): Script =>
  async function* () {
    for (const text of texts) yield { type: "text", text };
    await Promise.resolve();
    yield { type: "finish", reason: "stop" };
  };

const fails = (error: FreshetError, ...before: string[]): Script =>
  async function* () {
    for (const text of before) yield { type: "text", text };
    await Promise.resolve();
    throw error;
  };

/** Says something, then nothing more until it is aborted; `silent` resolves when it has come to that. */
function stalls(...before: string[]): Script & { silent: Promise<void> } {
  const silent = Promise.withResolvers<void>();
  const script: Script = async function* (signal) {
    for (const text of before) yield { type: "text", text };
    silent.resolve();
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    throw new FreshetError("cancelled", "aborted");
  };
  return Object.assign(script, { silent: silent.promise });
}

interface Rig {
  nodes: Nodes;
  provider: ScriptedProvider;
  ledger: Ledger;
  clock: FakeClock;
  /** Runs one call and collects its events; the error where it failed. */
  call(more?: Partial<ModelCall>): Promise<{ events: DispatchEvent[]; error?: FreshetError }>;
}

async function withRig(scripts: Record<string, Script>, fn: (rig: Rig) => Promise<void>): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const ledger = new Ledger({ store, clock, log: silentLog });
  const provider = new ScriptedProvider();
  const nodes = new Nodes({
    store,
    providers: new Map([["ollama", provider]]),
    ledger,
    clock,
    log: silentLog,
    sketch: false,
    config: [],
    servers: [],
    onChange: () => {},
  });
  for (const [i, [name, script]] of Object.entries(scripts).entries()) {
    const baseUrl = `http://${name}.lan:11434`;
    provider.scripts.set(baseUrl, script);
    await nodes.registry.create(localPrincipal, { name, kind: "ollama", baseUrl, priority: i });
  }
  const call: Rig["call"] = async (more = {}) => {
    const request: ChatRequest = {
      model: "m",
      messages: [{ role: "user", content: [{ type: "text", text: "hello" }] }],
    };
    const events: DispatchEvent[] = [];
    const source = { type: "api" as const, endpoint: "test" };
    const { signal } = new AbortController();
    try {
      for await (
        const event of nodes.dispatcher.dispatch({
          principal: localPrincipal,
          request,
          source,
          signal,
          ...more,
        })
      ) {
        events.push(event);
      }
      return { events };
    } catch (error) {
      assert(error instanceof FreshetError, String(error));
      return { events, error };
    }
  };
  try {
    await fn({ nodes, provider, ledger, clock, call });
  } finally {
    await nodes.close();
    await ledger.flush();
    store.close();
  }
}

const textOf = (events: DispatchEvent[]) =>
  events.map((event) => event.type === "text" ? event.text : "").join("");
const nodesOf = (events: DispatchEvent[]) =>
  events.flatMap((event) => event.type === "node" ? [event.nodeName] : []);

Deno.test("a call goes to the first node by priority and leaves one row in the ledger", () =>
  withRig({ one: says("a", "b"), two: says("x") }, async ({ call, ledger }) => {
    const { events } = await call();
    assertEquals([textOf(events), nodesOf(events)], ["ab", ["one"]]);
    const [row, ...more] = await ledger.latest(localPrincipal);
    assertEquals([more.length, row?.outcome, row?.attempts.length, row?.usage.estimated], [
      0,
      "complete",
      1,
      true,
    ]);
    assert(events.some((event) => event.type === "usage" && event.usage.completionTokens > 0));
  }));

Deno.test("before the first delta a failing node is replaced silently, and the ledger has each attempt", () =>
  withRig({
    one: fails(new FreshetError("unreachable", "Connection refused")),
    two: fails(new FreshetError("upstream", "500")),
    three: says("fine"),
  }, async ({ call, ledger }) => {
    const { events, error } = await call();
    assertEquals([textOf(events), nodesOf(events), error], ["fine", ["one", "two", "three"], undefined]);
    const [row] = await ledger.latest(localPrincipal);
    assertEquals(row?.attempts.map(({ nodeName, outcome, error }) => [nodeName, outcome, error]), [
      ["one", "failed", "unreachable"],
      ["two", "failed", "upstream"],
      ["three", "complete", undefined],
    ]);
  }));

Deno.test("after the first delta an error is thrown where no other node is to go on, and none repeats what was said", () =>
  withRig(
    { one: fails(new FreshetError("upstream", "cut"), "half"), two: says("whole") },
    async ({ call, ledger }) => {
      const { events, error } = await call({ goesOn: false });
      assertEquals([textOf(events), nodesOf(events), error?.code], ["half", ["one"], "upstream"]);
      assertEquals((await ledger.latest(localPrincipal))[0]?.outcome, "failed");
    },
  ));

Deno.test("what is wrong with the request itself is not tried elsewhere", () =>
  withRig(
    { one: fails(new FreshetError("context_length", "Too long")), two: says("x") },
    async ({ call, provider }) => {
      assertEquals([(await call()).error?.code, provider.asked.length], ["context_length", 1]);
    },
  ));

Deno.test("a node that does not begin in time is stalled, aborted and replaced", () => {
  const one = stalls();
  return withRig({ one, two: says("here") }, async ({ call, clock }) => {
    const calling = call();
    await one.silent;
    await clock.advance(121_000);
    const { events } = await calling;
    assertEquals([textOf(events), nodesOf(events)], ["here", ["one", "two"]]);
  });
});

Deno.test("a node that stops in mid-answer ends in a typed error where no other has the model", () => {
  const one = stalls("beginning");
  return withRig({ one }, async ({ call, clock }) => {
    const calling = call();
    await one.silent;
    await clock.advance(61_000);
    const { events, error } = await calling;
    assertEquals([textOf(events), error?.code], ["beginning", "stalled"]);
  });
});

Deno.test("a model that is loading gets more patience", () => {
  const loaded = stalls();
  const loading: Script = async function* (signal) {
    yield { type: "loading", message: "Loading" };
    yield* loaded(signal);
  };
  return withRig({ loading }, async ({ call, clock }) => {
    let isDone = false;
    const calling = call().finally(() => isDone = true);
    await loaded.silent;
    await clock.advance(300_000);
    assertEquals(isDone, false);
    await clock.advance(301_000);
    assertEquals((await calling).error?.code, "stalled");
  });
});

Deno.test("a caller that leaves aborts the upstream and is booked as cancelled", () =>
  withRig({ one: stalls("a") }, async ({ nodes, ledger }) => {
    const request: ChatRequest = { model: "m", messages: [] };
    const source = { type: "api" as const, endpoint: "test" };
    const signal = new AbortController().signal;
    for await (
      const event of nodes.dispatcher.dispatch({ principal: localPrincipal, request, source, signal })
    ) {
      if (event.type === "text") break;
    }
    const [row] = await ledger.latest(localPrincipal);
    assertEquals([row?.outcome, row?.attempts[0]?.outcome], ["cancelled", "cancelled"]);
  }));

Deno.test("a node with one turn answers one call after the other", () =>
  withRig({ one: says("a") }, async ({ nodes, call, provider }) => {
    const [node] = await nodes.registry.list(localPrincipal);
    await nodes.update(localPrincipal, node?.id ?? "", { concurrency: 1 });
    const started: (() => void)[] = [];
    let atOnce = 0;
    let most = 0;
    provider.scripts.set(node?.baseUrl ?? "", async function* () {
      most = Math.max(most, ++atOnce);
      await new Promise<void>((resolve) => started.push(resolve));
      yield { type: "text", text: "x" };
      yield { type: "finish", reason: "stop" };
      atOnce--;
    });
    const calls = [call(), call(), call()];
    for (let ended = 0; ended < 3; ended++) {
      while (started.length <= ended) await new Promise((resolve) => setTimeout(resolve, 1));
      started[ended]?.();
    }
    assertEquals([most, (await Promise.all(calls)).map(({ events }) => textOf(events))], [1, [
      "x",
      "x",
      "x",
    ]]);
  }));

Deno.test("an unknown model, and one held to a node without it, are not found", () =>
  withRig({ one: says("x") }, async ({ nodes }) => {
    const source = { type: "api" as const, endpoint: "test" };
    const signal = new AbortController().signal;
    for (const [model, nodeId] of [["nope", undefined], ["m", "01jd0000000000000000000000"]] as const) {
      const call = { principal: localPrincipal, request: { model, messages: [] }, source, signal, nodeId };
      const error = await assertRejects(() => Array.fromAsync(nodes.dispatcher.dispatch(call)), FreshetError);
      assertEquals(error.code, "model_not_found");
    }
  }));
