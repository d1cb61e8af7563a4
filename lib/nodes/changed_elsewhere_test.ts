import { assertEquals } from "@std/assert";
import type { ModelInfo } from "../shared/mod.ts";
import { localPrincipal } from "../access/mod.ts";
import { Ledger } from "../analytics/mod.ts";
import { silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import type { Provider } from "../providers/mod.ts";
import { openStore } from "../store/mod.ts";
import { Nodes, nodesChangedElsewhere } from "./mod.ts";

/** Each server has one model, of its own name. */
const provider: Provider = {
  kind: "openai",
  async *chat() {},
  continuation: () => "none",
  embed: () => Promise.reject(new Error("not asked for")),
  models: ({ baseUrl }) => {
    const model: ModelInfo = { id: new URL(baseUrl).hostname, name: "", capabilities: ["chat"] };
    return Promise.resolve([model]);
  },
  probe: () => Promise.resolve(),
};

/** Runs a test on two processes' nodes over one store. */
async function withTwo(fn: (here: Nodes, elsewhere: Nodes) => Promise<void>): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const ledger = new Ledger({ store, clock, log: silentLog });
  const make = () =>
    new Nodes({
      store,
      providers: new Map([["openai", provider]]),
      ledger,
      clock,
      log: silentLog,
      sketch: false,
      config: [],
      servers: [],
      onChange: () => {},
    });
  const [here, elsewhere] = [make(), make()];
  try {
    await fn(here, elsewhere);
  } finally {
    await here.close();
    await elsewhere.close();
    store.close();
  }
}

const spec = { name: "Box", kind: "openai" as const, baseUrl: "http://box.lan/v1" };
const models = async (nodes: Nodes) => {
  await nodes.catalog.refresh(localPrincipal);
  return (await nodes.catalog.models(localPrincipal)).map(({ id }) => id);
};

Deno.test("nodes, their models and aliases that another process has changed are taken over", () =>
  withTwo(async (here, elsewhere) => {
    const take = () => nodesChangedElsewhere(here, localPrincipal);
    assertEquals([await models(here), await here.aliases.list(localPrincipal)], [[], []]);
    const { id } = await elsewhere.registry.create(localPrincipal, spec);
    await elsewhere.aliases.set(localPrincipal, "quick", ["box.lan"]);
    assertEquals(await models(here), [], "nobody has told yet");
    await take();
    assertEquals([await models(here), (await here.aliases.list(localPrincipal)).length], [["box.lan"], 1]);
    await elsewhere.update(localPrincipal, id, { baseUrl: "http://other.lan/v1" });
    await take();
    const [view] = await here.catalog.views(localPrincipal);
    assertEquals(view?.health.status, "unknown", "what is known of it was of another server");
    assertEquals(await models(here), ["other.lan"]);
    await elsewhere.delete(localPrincipal, id);
    await take();
    assertEquals(await models(here), []);
  }));

Deno.test("only what is reached in another way, came back or is gone is forgotten", () =>
  withTwo(async (here, elsewhere) => {
    const reread = () => here.registry.reread(localPrincipal.profileId);
    assertEquals(await reread(), [], "nothing is known yet");
    const { id } = await elsewhere.registry.create(localPrincipal, { ...spec, apiKey: "sk-1" });
    await here.registry.list(localPrincipal);
    const changes = [
      [{ name: "New", priority: 3, weight: 2 }, []],
      [{ apiKey: "sk-2" }, [id]],
      [{ baseUrl: "http://box.lan/v2" }, [id]],
      [{ enabled: false }, []],
      [{ enabled: true }, [id]],
    ] as const;
    for (const [change, expected] of changes) {
      await elsewhere.update(localPrincipal, id, change);
      assertEquals(await reread(), [...expected], JSON.stringify(change));
    }
    assertEquals(await reread(), []);
    await elsewhere.delete(localPrincipal, id);
    assertEquals(await reread(), [id]);
  }));
