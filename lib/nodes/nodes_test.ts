import { assert, assertEquals, assertRejects } from "@std/assert";
import { type ChatDelta, type ChatRequest, FreshetError, type ModelInfo } from "../shared/mod.ts";
import { silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { localPrincipal } from "../access/mod.ts";
import { Ledger } from "../analytics/mod.ts";
import type { Endpoint, Provider } from "../providers/mod.ts";
import { openStore } from "../store/mod.ts";
import { type DispatchEvent, type ModelCall, Nodes } from "./mod.ts";

/** Servers by their addresses: the models they have, and whether they answer. */
class Servers implements Provider {
  readonly kind = "ollama";
  readonly models_ = new Map<string, string[]>();
  readonly down = new Set<string>();
  readonly probes: string[] = [];
  readonly asked: string[] = [];
  /** How often a server was asked for its models. */
  listed = 0;
  failure: FreshetError | undefined;

  async *chat({ baseUrl }: Endpoint, { model }: ChatRequest): AsyncIterable<ChatDelta> {
    this.asked.push(`${baseUrl} ${model}`);
    await Promise.resolve();
    if (this.down.has(baseUrl)) throw new FreshetError("unreachable", "Nothing is there");
    if (this.failure) throw this.failure;
    yield { type: "text", text: `${model} at ${baseUrl}` };
    yield { type: "finish", reason: "stop" };
  }

  continuation(): "none" {
    return "none";
  }

  embed(): Promise<never> {
    return Promise.reject(new FreshetError("unsupported", "No embeddings here"));
  }

  models({ baseUrl }: Endpoint): Promise<ModelInfo[]> {
    this.listed++;
    if (this.down.has(baseUrl)) return Promise.reject(new FreshetError("unreachable", "Nothing is there"));
    const ids = this.models_.get(baseUrl) ?? [];
    return Promise.resolve(ids.map((id) => ({ id, name: id, capabilities: ["chat"] })));
  }

  probe({ baseUrl }: Endpoint): Promise<void> {
    this.probes.push(baseUrl);
    return this.down.has(baseUrl)
      ? Promise.reject(new FreshetError("unreachable", "Nothing is there"))
      : Promise.resolve();
  }
}

interface Rig {
  nodes: Nodes;
  servers: Servers;
  clock: FakeClock;
  add(name: string, models: string[], baseUrl?: string): Promise<string>;
  /** The address and model that answered, or the error's code. */
  ask(model: string, more?: Partial<ModelCall>): Promise<string>;
}

async function withNodes(
  fn: (rig: Rig) => Promise<void>,
  aliases: Record<string, string[]> = {},
): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const ledger = new Ledger({ store, clock, log: silentLog });
  const servers = new Servers();
  const nodes = new Nodes({
    store,
    providers: new Map([["ollama", servers]]),
    ledger,
    clock,
    log: silentLog,
    sketch: false,
    config: [],
    aliases,
    servers: [],
    onChange: () => {},
  });
  const rig: Rig = {
    nodes,
    servers,
    clock,
    async add(name, models, baseUrl = `http://${name}.lan:11434`) {
      servers.models_.set(baseUrl, models);
      return (await nodes.registry.create(localPrincipal, { name, kind: "ollama", baseUrl })).id;
    },
    async ask(model, more = {}) {
      const request: ChatRequest = {
        model,
        messages: [{ role: "user", content: [{ type: "text", text: "x" }] }],
      };
      const { signal } = new AbortController();
      const source = { type: "api", endpoint: "test" } as const;
      try {
        const events: DispatchEvent[] = await Array.fromAsync(
          nodes.dispatcher.dispatch({ principal: localPrincipal, request, source, signal, ...more }),
        );
        return events.map((event) => event.type === "text" ? event.text : "").join("");
      } catch (error) {
        assert(error instanceof FreshetError, String(error));
        return error.code;
      }
    },
  };
  try {
    await fn(rig);
  } finally {
    await nodes.close();
    await ledger.flush();
    store.close();
  }
}

Deno.test("an alias goes to the first model of its chain that can answer, and is listed as a model", () =>
  withNodes(async ({ nodes, servers, add, ask }) => {
    await add("one", ["a"]);
    await add("two", ["b"]);
    await nodes.aliases.set(localPrincipal, "fast", ["gone", "a", "b"]);
    assertEquals(await ask("fast"), "a at http://one.lan:11434");
    const { listed } = servers;
    assertEquals(await ask("fast"), "a at http://one.lan:11434");
    assertEquals(
      servers.listed,
      listed,
      "a model of the chain that no node has is not looked for at each call",
    );
    servers.down.add("http://one.lan:11434");
    assertEquals(await ask("fast"), "b at http://two.lan:11434");
    const { models, defaultModel } = await nodes.models(localPrincipal, "fast");
    const fast = models.find(({ id }) => id === "fast");
    assertEquals([fast?.aliasOf, defaultModel], [["gone", "a", "b"], "fast"]);
    await nodes.aliases.delete(localPrincipal, "fast");
    assertEquals(await ask("fast"), "model_not_found");
  }));

Deno.test("aliases of the configuration stay, one of the profile goes over them, and senseless ones are refused", () =>
  withNodes(async ({ nodes, add, ask }) => {
    await add("one", ["a", "b"]);
    assertEquals(await ask("fast"), "a at http://one.lan:11434");
    await assertRejects(() => nodes.aliases.delete(localPrincipal, "fast"), FreshetError, "fresh.config.ts");
    await nodes.aliases.set(localPrincipal, "fast", ["b"]);
    assertEquals(await ask("fast"), "b at http://one.lan:11434");
    for (const [name, models] of [["", ["a"]], ["x y", ["a"]], ["x", []], ["x", ["a", "a"]]] as const) {
      await assertRejects(() => nodes.aliases.set(localPrincipal, name, [...models]), FreshetError);
    }
  }, { fast: ["a"] }));

Deno.test("what is private goes to nodes of one's own only, though the chain leads out", () =>
  withNodes(async ({ nodes, servers, add, ask }) => {
    await add("home", ["a"]);
    await add("cloud", ["a", "b"], "https://api.example.com");
    await nodes.aliases.set(localPrincipal, "fast", ["a", "b"]);
    assertEquals(await ask("fast", { localOnly: true }), "a at http://home.lan:11434");
    servers.down.add("http://home.lan:11434");
    assertEquals(await ask("fast", { localOnly: true }), "unreachable");
    assertEquals(await ask("b", { localOnly: true }), "forbidden");
    assertEquals(await ask("fast"), "a at https://api.example.com");
    assertEquals(servers.asked.filter((each) => each.startsWith("https")).length, 1);
  }));

Deno.test("a node that is drained or switched off gets nothing new, at once", () =>
  withNodes(async ({ nodes, add, ask }) => {
    const one = await add("one", ["a"]);
    await add("two", ["a"]);
    await nodes.update(localPrincipal, one, { draining: true });
    for (let i = 0; i < 5; i++) assertEquals(await ask("a"), "a at http://two.lan:11434");
    const status = (await nodes.statuses(localPrincipal)).find(({ id }) => id === one);
    assertEquals([status?.status, status?.health.reason], ["warning", "It takes no new work"]);
    await nodes.update(localPrincipal, one, { draining: false, enabled: false });
    for (let i = 0; i < 5; i++) assertEquals(await ask("a"), "a at http://two.lan:11434");
  }));

Deno.test("a call that waits for a node which is taken away is told so", () =>
  withNodes(async ({ nodes, add, ask, servers }) => {
    const one = await add("one", ["a"]);
    await nodes.update(localPrincipal, one, { concurrency: 1 });
    const release = Promise.withResolvers<void>();
    const chat = servers.chat.bind(servers);
    servers.chat = async function* (...args) {
      await release.promise;
      yield* chat(...args);
    };
    const first = ask("a");
    while (nodes.monitor.of(one).inFlight === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    const second = ask("a");
    while (nodes.dispatcher.scheduler.waiting === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    await nodes.delete(localPrincipal, one);
    assertEquals(await second, "unavailable");
    release.resolve();
    assertEquals(await first, "a at http://one.lan:11434");
  }));

Deno.test("nodes are put in an order, which is the one they are asked in", () =>
  withNodes(async ({ nodes, add, ask }) => {
    const ids = [await add("one", ["a"]), await add("two", ["a"]), await add("three", ["a"])];
    await nodes.reorder(localPrincipal, [[ids[2] ?? ""], [ids[0] ?? ""]]);
    const listed = (await nodes.registry.list(localPrincipal)).map(({ name, priority }) => [name, priority]);
    assertEquals(listed, [["three", 10], ["one", 20], ["two", 30]]);
    assertEquals(await ask("a"), "a at http://three.lan:11434");
  }));

Deno.test("nodes of one tier go on sharing after others were moved, a new tier goes before them, and a new node joins them", () =>
  withNodes(async ({ nodes, servers, add, ask }) => {
    const [one = "", two = "", three = ""] = [
      await add("one", ["a"]),
      await add("two", ["a"]),
      await add("three", ["a"]),
    ];
    const shares = async () => {
      servers.asked.length = 0;
      for (let i = 0; i < 30; i++) await ask("a");
      return ["one", "two", "three", "four"].map((name) =>
        servers.asked.filter((asked) => asked.includes(`/${name}.`)).length
      );
    };
    await nodes.reorder(localPrincipal, [[one, two], [three]]);
    const [first = 0, second = 0, third] = await shares();
    assertEquals([first + second, third], [30, 0]);
    assert(Math.abs(first - second) <= 4, `${first} and ${second} are no equal shares`);
    await nodes.reorder(localPrincipal, [[three], [one, two]]);
    assertEquals(await shares(), [0, 0, 30, 0]);
    await add("four", ["a"]);
    const tiers = Map.groupBy(await nodes.registry.list(localPrincipal), ({ priority }) => priority);
    assertEquals([...tiers.values()].map((tier) => tier.map(({ name }) => name)), [["three"], [
      "one",
      "two",
      "four",
    ]]);
  }));

Deno.test("probes find a node that went away and one that is back, seldom where all is well", () =>
  withNodes(async ({ nodes, servers, clock, add, ask }) => {
    const id = await add("one", ["a"]);
    await ask("a");
    nodes.watch(localPrincipal);
    await clock.advance(60_000);
    assert(servers.probes.length >= 2 && servers.probes.length <= 6, `${servers.probes.length} probes`);
    servers.down.add("http://one.lan:11434");
    await clock.advance(20_000);
    const status = async () => (await nodes.statuses(localPrincipal)).find((node) => node.id === id);
    assertEquals((await status())?.status, "offline");
    servers.probes.length = 0;
    await clock.advance(60_000);
    assert(
      servers.probes.length >= 8 && servers.probes.length <= 30,
      `${servers.probes.length} probes while away`,
    );
    const { entries, nextProbeAt } = await nodes.log(localPrincipal, id);
    const failed = entries.flatMap((entry) => entry.type === "probe" && !entry.isAnswered ? [entry] : []);
    assert(failed.length >= 8 && entries.length <= 100);
    assertEquals(failed[0]?.reason, "Nothing is there");
    assert((nextProbeAt ?? 0) > clock.now() && (failed[0]?.nextAt ?? 0) >= (nextProbeAt ?? 0));
    const opened = entries.findIndex(({ type }) => type === "breaker");
    const cause = entries[opened + 1];
    assert(cause?.type === "probe" && !cause.isAnswered, "what follows from a probe stands after it");
    const answered = entries.findLast(({ type }) => type === "probe");
    assert(answered?.type === "probe" && answered.isAnswered && answered.reason === "It answers");
    servers.down.clear();
    await clock.advance(6_500);
    assertEquals(await ask("a"), "a at http://one.lan:11434");
    assertEquals((await status())?.breaker, "closed");
  }));

Deno.test("every decision is told with its reason and what came of it", () =>
  withNodes(async ({ nodes, servers, add, ask }) => {
    const one = await add("one", ["a"]);
    await add("two", ["a"]);
    await ask("a");
    servers.down.add("http://one.lan:11434");
    servers.down.add("http://two.lan:11434");
    assertEquals(await ask("a"), "unreachable");
    const [second, first, ...rest] = nodes.decisions(localPrincipal);
    assertEquals(rest.map(({ outcome }) => outcome), ["complete"]);
    assertEquals([first?.attempt, first?.outcome, first?.error?.code], [1, "failed", "unreachable"]);
    assertEquals([second?.attempt, second?.callId === first?.callId], [2, true]);
    assert(second?.reason.includes(`${first?.nodeName} failed (Nothing is there)`), second?.reason);
    const ofOne = nodes.decisions(localPrincipal, one);
    assert(ofOne.length >= 1 && ofOne.every(({ nodeId }) => nodeId === one));
    const stranger = { ...localPrincipal, profileId: "stranger" };
    assertEquals(nodes.decisions(stranger), nodes.decisions(localPrincipal));
  }));
