import { assert, assertEquals, assertRejects } from "@std/assert";
import { FreshetError, type ModelInfo } from "../shared/mod.ts";
import { silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { localPrincipal, ROLE_SCOPES } from "../access/mod.ts";
import { Ledger } from "../analytics/mod.ts";
import type { Endpoint, Provider } from "../providers/mod.ts";
import { openStore, type Store } from "../store/mod.ts";
import { defaultModel, Nodes, type NodesOptions } from "./mod.ts";

const stranger = { ...localPrincipal, profileId: "stranger" };

/** A provider that lists what its servers have. */
class ListingProvider implements Provider {
  readonly kind = "openai";
  servers: Record<string, ModelInfo[] | FreshetError> = {};
  seen: Endpoint[] = [];

  async *chat(): AsyncGenerator<never> {}

  continuation(): "none" {
    return "none";
  }

  embed(): Promise<never> {
    return Promise.reject(new FreshetError("unsupported", "No"));
  }

  models(endpoint: Endpoint): Promise<ModelInfo[]> {
    this.seen.push(endpoint);
    const answer = this.servers[endpoint.baseUrl] ?? new FreshetError("unreachable", "Nothing is there");
    return answer instanceof FreshetError ? Promise.reject(answer) : Promise.resolve(answer);
  }

  async probe(endpoint: Endpoint): Promise<void> {
    await this.models(endpoint);
  }
}

const chatModel = (id: string, more: Partial<ModelInfo> = {}): ModelInfo => ({
  id,
  name: id,
  capabilities: ["chat"],
  ...more,
});

async function withNodes(
  fn: (
    rig: {
      nodes: Nodes;
      provider: ListingProvider;
      clock: FakeClock;
      changes: string[];
      dump: () => Promise<string>;
      store: Store;
    },
  ) => Promise<void>,
  options: Partial<NodesOptions> = {},
): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const provider = new ListingProvider();
  const changes: string[] = [];
  const nodes = new Nodes({
    store,
    providers: new Map([["openai", provider]]),
    ledger: new Ledger({ store, clock, log: silentLog }),
    clock,
    log: silentLog,
    sketch: false,
    config: [],
    servers: [],
    onChange: (profileId) => changes.push(profileId),
    ...options,
  });
  const dump = async () => {
    const entries = await Array.fromAsync(store.kv.list<Uint8Array>({ prefix: [] }));
    return entries.map(({ value }) =>
      value instanceof Uint8Array ? new TextDecoder("latin1").decode(store.codec.decodeBytes(value).body) : ""
    ).join("\n");
  };
  try {
    await fn({ nodes, provider, clock, changes, dump, store });
  } finally {
    await nodes.close();
    store.close();
  }
}

const spec = { name: "Box", kind: "openai" as const, baseUrl: "http://box.lan:8000/v1/" };

Deno.test("a node's key is sealed in the store, opened for its endpoint and shown to nobody", () =>
  withNodes(async ({ nodes, dump }) => {
    const node = await nodes.registry.create(localPrincipal, { ...spec, apiKey: "sk-very-secret" });
    assertEquals([node.hasKey, node.local, node.baseUrl], [true, true, "http://box.lan:8000/v1"]);
    assert(!JSON.stringify(await nodes.registry.list(localPrincipal)).includes("secret"));
    assert(!(await dump()).includes("sk-very-secret"));
    assertEquals((await nodes.registry.endpoint(localPrincipal, node.id)).apiKey, "sk-very-secret");
    await nodes.update(localPrincipal, node.id, { name: "Renamed" });
    assertEquals((await nodes.registry.endpoint(localPrincipal, node.id)).apiKey, "sk-very-secret");
    await nodes.update(localPrincipal, node.id, { baseUrl: "http://box.lan:8000/other" });
    assertEquals((await nodes.registry.get(localPrincipal, node.id)).hasKey, true);
    await nodes.update(localPrincipal, node.id, { apiKey: "" });
    assertEquals((await nodes.registry.get(localPrincipal, node.id)).hasKey, false);
  }));

Deno.test("a key does not follow its node to another server", () =>
  withNodes(async ({ nodes }) => {
    const node = await nodes.registry.create(localPrincipal, { ...spec, apiKey: "sk-very-secret" });
    const moved = await nodes.update(localPrincipal, node.id, { baseUrl: "http://elsewhere.lan:8000/v1" });
    assertEquals([moved.hasKey, (await nodes.registry.endpoint(localPrincipal, node.id)).apiKey], [
      false,
      undefined,
    ]);
  }));

Deno.test("nodes belong to the house, whoever asks; config and built-in ones cannot be changed", () =>
  withNodes(async ({ nodes }) => {
    const node = await nodes.registry.create(localPrincipal, spec);
    assertEquals((await nodes.registry.get(stranger, node.id)).name, node.name);
    const member = { ...stranger, scopes: ROLE_SCOPES.member };
    assertEquals(
      (await assertRejects(() => nodes.registry.delete(member, node.id), FreshetError)).code,
      "forbidden",
    );
    for (const id of ["sketch", "config-fixed-one"]) {
      const error = await assertRejects(() => nodes.update(localPrincipal, id, { name: "x" }), FreshetError);
      assertEquals(error.code, "conflict");
    }
  }, {
    sketch: true,
    config: [{ name: "Fixed One", kind: "openai", baseUrl: "https://api.example.com/v1" }],
  }));

Deno.test("changes at the same time are both kept, and what was read before them does not come back", () =>
  withNodes(async ({ nodes }) => {
    const { id } = await nodes.registry.create(localPrincipal, spec);
    await Promise.all([
      nodes.update(localPrincipal, id, { name: "Renamed" }),
      nodes.update(localPrincipal, id, { priority: 77, baseUrl: "http://other.lan/v1" }),
      nodes.registry.list(localPrincipal),
      nodes.registry.endpoint(localPrincipal, id),
    ]);
    const { name, priority } = await nodes.registry.get(localPrincipal, id);
    assertEquals([name, priority], ["Renamed", 77]);
    assertEquals((await nodes.registry.endpoint(localPrincipal, id)).baseUrl, "http://other.lan/v1");
  }));

Deno.test("only addresses of this machine and the local network count as local", () =>
  withNodes(async ({ nodes }) => {
    const addresses: [string, boolean][] = [
      ["http://10.0.0.7:8000", true],
      ["http://192.168.1.4", true],
      ["http://172.31.0.1", true],
      ["http://box.lan", true],
      ["http://10.evil.example", false],
      ["http://192.168.1.4.evil.example", false],
      ["http://172.32.0.1", false],
    ];
    for (const [baseUrl, local] of addresses) {
      const node = await nodes.registry.create(localPrincipal, { ...spec, name: baseUrl, baseUrl });
      assertEquals(node.local, local, baseUrl);
    }
  }));

Deno.test("addresses that are none, or hold a key, are refused", () =>
  withNodes(async ({ nodes }) => {
    for (const baseUrl of ["file:///etc/passwd", "not a url", "http://user:pass@box.lan"]) {
      const error = await assertRejects(
        () => nodes.registry.create(localPrincipal, { ...spec, baseUrl }),
        FreshetError,
      );
      assertEquals([error.code, error.field], ["invalid_request", "baseUrl"]);
    }
    await nodes.registry.create(localPrincipal, spec);
    const twin = await assertRejects(
      () => nodes.registry.create(localPrincipal, { ...spec, name: "Twin" }),
      FreshetError,
    );
    assertEquals(twin.code, "conflict");
  }));

Deno.test("who asks right after a node was added gets its models, and who does not wait gets none", () =>
  withNodes(async ({ nodes, provider }) => {
    provider.servers["http://a.lan/v1"] = [chatModel("llama")];
    await nodes.registry.create(localPrincipal, { ...spec, name: "a", baseUrl: "http://a.lan/v1" });
    assertEquals((await nodes.models(localPrincipal)).defaultModel, "");
    assertEquals((await nodes.modelsOrMeet(localPrincipal)).defaultModel, "llama");
  }));

Deno.test("models are unified over nodes, and what changes is told", () =>
  withNodes(async ({ nodes, provider, clock, changes }) => {
    provider.servers["http://a.lan/v1"] = [chatModel("llama"), chatModel("qwen")];
    provider.servers["http://b.lan/v1"] = [chatModel("llama")];
    await nodes.registry.create(localPrincipal, { ...spec, name: "a", baseUrl: "http://a.lan/v1" });
    await nodes.registry.create(localPrincipal, { ...spec, name: "b", baseUrl: "http://b.lan/v1" });
    await nodes.registry.create(localPrincipal, { ...spec, name: "gone", baseUrl: "http://gone.lan/v1" });
    await nodes.catalog.refresh(localPrincipal);
    const { models } = await nodes.models(localPrincipal);
    assertEquals(models.map(({ id, nodes }) => [id, nodes.map(({ name }) => name)]), [["llama", ["a", "b"]], [
      "qwen",
      ["a"],
    ]]);
    const health = (await nodes.catalog.views(localPrincipal)).map((
      { name, health },
    ) => [name, health.status]);
    assertEquals(health, [["a", "healthy"], ["b", "healthy"], ["gone", "offline"]]);
    changes.length = 0;
    provider.servers["http://b.lan/v1"] = [];
    await clock.advance(31_000);
    await nodes.catalog.refresh(localPrincipal);
    assertEquals(changes, ["local"]);
  }));

Deno.test("a disk that does not take the models of a node stops nobody from using them", () =>
  withNodes(async ({ nodes, provider, store }) => {
    provider.servers["http://box.lan:8000/v1"] = [chatModel("llama")];
    await nodes.registry.create(localPrincipal, spec);
    store.transaction = () => {
      throw new Error("disk full");
    };
    // Asked for in the background, where a failure would reach nobody.
    await nodes.models(localPrincipal);
    while ((await nodes.models(localPrincipal)).models.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }));

Deno.test("a key that a node refuses is a warning with its reason", () =>
  withNodes(async ({ nodes, provider }) => {
    provider.servers["http://box.lan:8000/v1"] = new FreshetError("auth", "The key was refused");
    await nodes.registry.create(localPrincipal, spec);
    await nodes.catalog.refresh(localPrincipal);
    const [view] = await nodes.catalog.views(localPrincipal);
    assertEquals([view?.health.status, view?.health.reason], ["warning", "The key was refused"]);
  }));

Deno.test("discovery makes nodes of the servers that answer, once", async () => {
  const servers = [
    { name: "LM Studio", kind: "openai" as const, baseUrl: "http://localhost:1234/v1" },
    { name: "vLLM", kind: "openai" as const, baseUrl: "http://localhost:8000/v1" },
    { name: "LocalAI", kind: "openai" as const, baseUrl: "http://localhost:8080/v1" },
  ];
  await withNodes(async ({ nodes, provider }) => {
    provider.servers["http://localhost:1234/v1"] = [chatModel("phi")];
    provider.servers["http://localhost:8080/v1"] = new FreshetError("auth", "A key, please");
    assertEquals((await nodes.discover(localPrincipal)).map(({ name }) => name), ["LM Studio", "LocalAI"]);
    assertEquals(await nodes.discover(localPrincipal), []);
    assertEquals((await nodes.models(localPrincipal)).defaultModel, "phi");
  }, { servers });
});

Deno.test("the default is the wished model, else a loaded one, else the first; sketch only when nothing else is there", () => {
  const entry = (id: string, kind: "ollama" | "sketch", loaded = false) => ({
    ...chatModel(id, { loaded }),
    nodes: [{ id: kind, name: kind, kind, local: true }],
  });
  const models = [entry("a", "ollama"), entry("b", "ollama", true), entry("sketch", "sketch", true)];
  assertEquals(defaultModel(models, "a"), "a");
  assertEquals(defaultModel(models, "gone"), "b");
  assertEquals(defaultModel(models.slice(2), ""), "sketch");
  assertEquals(defaultModel([], ""), "");
});
