import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type {
  ConfigDraft,
  InstalledModels,
  ModelConfig,
  ModelDetails,
  ModelDigests,
  NodeInfo,
  SaveConfigBody,
} from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import { keys } from "../../lib/store/mod.ts";
import { fakeOllama, type FakeOllamaOptions, fakeOpenAI, type FakeServer } from "../fakes/mod.ts";
import { startApp, type TestApp } from "../harness.ts";

const MODEL = "llama3.2:latest";
const MODELS = () => [
  {
    name: MODEL,
    capabilities: ["completion"],
    parameters: { stop: ["<s>"], temperature: 0.6 },
    system: "Be kind",
  },
];

interface World {
  app: TestApp;
  server: FakeServer;
  nodeId: string;
}

async function start(stack: AsyncDisposableStack, options: FakeOllamaOptions = {}): Promise<World> {
  const app = stack.use(await startApp());
  const server = stack.use(await fakeOllama({ models: MODELS(), ...options }));
  const body = { name: "Workstation", kind: "ollama", baseUrl: server.url };
  const { id: nodeId } = await app.json<NodeInfo>("POST", "/api/nodes", body, 201);
  await app.services.nodes.catalog.refresh(localPrincipal);
  return { app, server, nodeId };
}

function save({ app, nodeId }: World, body: Partial<SaveConfigBody>, status = 202): Promise<ModelConfig> {
  const whole = {
    name: MODEL,
    base: MODEL,
    parameters: {},
    system: "",
    template: "",
    nodeIds: [nodeId],
    ...body,
  };
  return app.json<ModelConfig>("POST", "/api/models/configs", whole, status);
}

/** Waits until nothing is created any more; what each version came to, newest first. */
async function settled({ app, nodeId }: World, id: string): Promise<ModelConfig & { states: string[] }> {
  for (let i = 0; i < 300; i++) {
    const config = await app.json<ModelConfig>("GET", `/api/models/configs/${id}`);
    const creations = config.versions.flatMap(({ creations }) => creations);
    if (creations.every(({ state }) => state !== "waiting" && state !== "creating")) {
      const states = config.versions.map(({ number, creations, activeOn }) =>
        `${number} ${creations.map(({ state }) => state)}${activeOn.includes(nodeId) ? " active" : ""}`
      );
      return { ...config, states };
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("The creation does not end");
}

const place = ({ nodeId }: World, model = MODEL) => `${new URLSearchParams({ nodeId, model })}`;
const details = (world: World, model = MODEL) =>
  world.app.json<ModelDetails>("GET", `/api/models/details?${place(world, model)}`);
const digests = (world: World, model = MODEL) =>
  world.app.json<ModelDigests>("GET", `/api/models/digests?${place(world, model)}`);
const created = ({ server }: World) =>
  server.requests.filter(({ path }) => path === "/api/create").map(({ body }) =>
    (body as { from: string }).from
  );

async function holder({ app, nodeId }: World, model = MODEL) {
  const { models } = await app.json<InstalledModels>("GET", "/api/models/installed");
  return models.find(({ id }) => id === model)?.holders.find((one) => one.nodeId === nodeId);
}

Deno.test("a model is configured under its own name: what it was is version 1, and nothing set before sticks", async () => {
  await using stack = new AsyncDisposableStack();
  const world = await start(stack);
  const { app } = world;
  const draft = await app.json<ConfigDraft>("GET", `/api/models/configs/draft?${place(world)}`);
  assertEquals(draft.config, null);
  assertEquals(draft.inherited.parameters, { stop: ["<s>"], temperature: 0.6 });
  const first = await save(world, { parameters: { num_ctx: 8192, top_k: 20 }, note: " Longer " });
  assertEquals((await settled(world, first.id)).states, ["2 done active", "1 done"]);
  const second = await save(world, { parameters: { temperature: 0 }, system: "Be brief", basedOn: 2 });
  const { states, versions } = await settled(world, second.id);
  assertEquals(states, ["3 done active", "2 done", "1 done"]);
  assertEquals(versions.map(({ origin, note }) => [origin, note]), [["saved", ""], ["saved", "Longer"], [
    "imported",
    "",
  ]]);
  const shown = await details(world);
  assertEquals(shown.system, "Be brief");
  assertMatch(shown.parameters, /temperature +0\n?/);
  assertEquals(/num_ctx|top_k/.test(shown.parameters), false, "what version 2 had set is gone");
  const { bases, entries } = await digests(world);
  assertEquals(bases.length, 1);
  assertEquals(created(world), [bases[0]?.name, bases[0]?.name]);
  assertEquals(entries.map(({ by }) => by), ["freshet", "freshet", "found"]);
  const { models } = await app.json<InstalledModels>("GET", "/api/models/installed");
  assertEquals(models.map(({ id }) => id), [MODEL, "sketch"], "the copy is not listed");
  const ids = (await app.json<{ models: { id: string }[] }>("GET", "/api/models")).models.map(({ id }) => id);
  assertEquals(ids.some((id) => id.includes("-base-")), false);
  const again = await app.json<ConfigDraft>("GET", `/api/models/configs/draft?${place(world)}`);
  assertEquals([again.inherited.system, again.content.system], ["Be kind", "Be brief"]);

  const back = await app.json<ModelConfig>(
    "POST",
    `/api/models/configs/${first.id}/restore`,
    { number: 2 },
    202,
  );
  assertEquals([back.latest, back.versions[0]?.restoredFrom], [4, 2]);
  assertEquals((await settled(world, first.id)).states[0], "4 done active");
  assertEquals((await details(world)).system, "Be kind");
  await app.json("DELETE", `/api/models/configs/${first.id}`, undefined, 204);
  await app.json("GET", `/api/models/configs/${first.id}`, undefined, 404);
  assertEquals((await holder(world))?.nodeId, world.nodeId, "the model stays");
});

Deno.test("a new name is made of its base; what was saved meanwhile is a conflict, and the same again changes nothing", async () => {
  await using stack = new AsyncDisposableStack();
  const world = await start(stack);
  const body = { name: "mine", parameters: { seed: 7, stop: ["END"] } };
  const { id } = await save(world, body);
  assertEquals((await settled(world, id)).states, ["1 done active"]);
  assertEquals(created(world), [MODEL]);
  assertEquals((await save(world, { ...body, basedOn: 0 })).latest, 1);
  assertEquals(created(world).length, 1);
  await save(world, { ...body, system: "Other", basedOn: 0 }, 409);
  const both = await Promise.allSettled([
    save(world, { ...body, system: "One", basedOn: 1 }),
    save(world, { ...body, system: "Two", basedOn: 1 }),
  ]);
  assertEquals(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assertEquals((await settled(world, id)).states, ["2 done active", "1 done"]);
});

Deno.test("a creation that fails says why, leaves the old model, and can be tried again", async () => {
  await using stack = new AsyncDisposableStack();
  const creations = [{}, { failsWith: "no space left on device" }, { dies: true }];
  const world = await start(stack, { creations });
  const { app } = world;
  const { id } = await save(world, { system: "One" });
  assertEquals((await settled(world, id)).states, ["2 done active", "1 done"]);
  await save(world, { system: "Two" });
  const failed = await settled(world, id);
  assertEquals(failed.states, ["3 failed", "2 done active", "1 done"]);
  assertMatch(failed.versions[0]?.creations[0]?.error?.message ?? "", /no space left on device/);
  await app.json("POST", `/api/models/configs/${id}/create`, { number: 2 }, 409);
  await app.json("POST", `/api/models/configs/${id}/create`, { number: 3 }, 202);
  assertEquals((await settled(world, id)).states[0], "3 failed", "the server went away");
  await app.json("POST", `/api/models/configs/${id}/create`, { number: 3 }, 202);
  assertEquals((await settled(world, id)).states, ["3 done active", "2 done", "1 done"]);
  await save(world, { template: "{{ .Prompt" });
  assertMatch((await settled(world, id)).versions[0]?.creations[0]?.error?.message ?? "", /template error/);
});

Deno.test("a model that was changed on its server is noticed, marked until noted, and loaded anew", async () => {
  await using stack = new AsyncDisposableStack();
  const world = await start(stack, { library: { [MODEL]: { weights: "newer" } } });
  const { app, server, nodeId } = world;
  await app.json("POST", "/api/models/load", { nodeId, model: MODEL, keepAlive: -1 }, 204);
  const before = (await holder(world))?.digest;
  assertEquals((await holder(world))?.changedAt, undefined);
  const { profiles, store } = app.services;
  const member = await profiles.create(localPrincipal, { name: "B", role: "member", password: null });
  const measured = [localPrincipal.profileId, member.id].map((id) => keys.modelForm(id, MODEL));
  for (const key of measured) await store.kv.set(key, "measured");
  const pull = await fetch(`${server.url}/api/pull`, {
    method: "POST",
    body: JSON.stringify({ model: MODEL }),
  });
  await pull.text();
  await app.services.nodes.catalog.refresh(localPrincipal);
  const marked = await holder(world);
  assertEquals(typeof marked?.changedAt, "number");
  for (const key of measured) assertEquals((await store.kv.get(key)).value, null, "what was measured stays");
  const { entries, digest } = await digests(world);
  assertEquals(entries.map(({ by }) => by), ["server", "found"]);
  assertEquals([entries[1]?.digest, entries[0]?.digest], [before, digest]);
  const loads = () => server.requests.filter(({ path }) => path === "/api/generate").length;
  await server.until(() => loads() === 3, 5_000);
  const [unload, load] = server.requests.filter(({ path }) => path === "/api/generate").slice(1)
    .map(({ body }) => (body as { keep_alive: unknown }).keep_alive);
  assertEquals([unload, load], [0, -1]);
  const noting = { nodeId, model: MODEL, changedAt: (marked?.changedAt ?? 0) - 1 };
  await app.json("POST", "/api/models/digests/noted", noting, 409);
  assertEquals(
    (await holder(world))?.changedAt,
    marked?.changedAt,
    "another change than the one that was seen",
  );
  await app.json("POST", "/api/models/digests/noted", { ...noting, changedAt: marked?.changedAt }, 204);
  assertEquals((await holder(world))?.changedAt, undefined);
  assertEquals((await digests(world)).entries.length, 2);
});

Deno.test("a model that was put there anew is what later versions are made of", async () => {
  await using stack = new AsyncDisposableStack();
  const world = await start(stack, { library: { [MODEL]: { weights: "newer" } } });
  const { app, server } = world;
  const { id } = await save(world, { system: "One" });
  await settled(world, id);
  await (await fetch(`${server.url}/api/pull`, { method: "POST", body: JSON.stringify({ model: MODEL }) }))
    .text();
  await app.services.nodes.catalog.refresh(localPrincipal);
  assertEquals((await settled(world, id)).states, ["2 done", "1 done"], "neither is what has the name now");
  const pulled = (await holder(world))?.digest ?? "";
  await save(world, { system: "One" });
  assertEquals((await settled(world, id)).states, ["2 done active", "1 done"]);
  assertEquals(created(world)[1], `${MODEL}-base-${pulled.slice(0, 12)}`);
  assertEquals((await digests(world)).bases.length, 2);
});

Deno.test("a pinned model survives another one of its name, and gets its name back", async () => {
  await using stack = new AsyncDisposableStack();
  const world = await start(stack, { library: { [MODEL]: { weights: "newer" } } });
  const { app, nodeId } = world;
  const at = { nodeId, model: MODEL };
  const before = (await holder(world))?.digest ?? "";
  const measured = keys.modelForm(localPrincipal.profileId, MODEL);
  await app.services.store.kv.set(measured, "measured");
  await app.json("POST", "/api/models/pins", at, 204);
  await app.json("POST", "/api/models/pins", at, 204);
  assertEquals((await holder(world))?.pin, "same");
  const { id } = await app.json<{ id: string }>("POST", "/api/downloads", at, 202);
  for (let i = 0; i < 300 && (await holder(world))?.digest === before; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await app.json("DELETE", `/api/downloads/${id}`, undefined, 204);
  assertEquals([(await holder(world))?.pin, (await holder(world))?.changedAt], ["other", undefined]);
  assertEquals(
    (await app.services.store.kv.get(measured)).value,
    null,
    "what was measured of the old one stays",
  );
  const newer = (await digests(world)).digest ?? "";
  await app.json("POST", "/api/models/pins/restore", { ...at, digest: before }, 204);
  const back = await digests(world);
  assertEquals(back.digest, before);
  assertEquals(back.entries.map(({ by }) => by), ["freshet", "freshet", "found"]);
  assertEquals(back.pins.map(({ digest, isThere }) => [digest, isThere]), [[before, true], [newer, true]]);
  await app.json("POST", "/api/models/pins/restore", { ...at, digest: before }, 409);
  const query = `${place(world)}&digest=${newer}`;
  await app.json("DELETE", `/api/models/pins?${query}`, undefined, 204);
  await app.json("DELETE", `/api/models/pins?${query}`, undefined, 404);
  await app.json("POST", "/api/models/pins/restore", { ...at, digest: newer }, 404);
  assertEquals((await digests(world)).pins.length, 1);
});

Deno.test("a name that somebody gives to another model just then is neither pinned as what it was nor overwritten", async () => {
  await using stack = new AsyncDisposableStack();
  let pulls = 0;
  let isHasty = true;
  const world = await start(stack, {
    meanwhile: ({ method, path, body }, models) => {
      const { source } = (body ?? {}) as { source?: string };
      if (method !== "POST" || path !== "/api/copy" || source !== MODEL || !isHasty) return;
      const model = models.find(({ name }) => name === MODEL);
      if (model) model.weights = `of somebody else ${++pulls}`;
    },
  });
  const { app, server, nodeId } = world;
  const at = { nodeId, model: MODEL };
  const names = async () => (await (await fetch(`${server.url}/api/tags`)).json()).models.length;
  await app.json("POST", "/api/models/pins", at, 409);
  assertEquals([(await digests(world)).pins, await names()], [[], 1], "no pin, and no copy of the wrong one");
  isHasty = false;
  await app.json("POST", "/api/models/pins", at, 204);
  const [pin] = (await digests(world)).pins;
  assertEquals([pin?.isThere, pin?.digest], [true, (await digests(world)).digest]);
  await (await fetch(`${server.url}/api/create`, {
    method: "POST",
    body: JSON.stringify({ model: MODEL, from: MODEL, system: "Another" }),
  })).text();
  isHasty = true;
  await app.json("POST", "/api/models/pins/restore", { ...at, digest: pin?.digest }, 409);
  assertEquals((await digests(world)).digest === pin?.digest, false, "what came just then is still there");
  const { id } = await save(world, { system: "Mine" });
  assertEquals((await settled(world, id)).states[0], "2 failed", "what came just then would be gone");
  isHasty = false;
  await app.json("POST", `/api/models/configs/${id}/create`, { number: 2 }, 202);
  assertEquals((await settled(world, id)).states[0], "2 done active");
  const changes = (await digests(world)).entries;
  assertEquals(changes[0]?.by, "freshet");
  assertEquals(changes.filter(({ by }) => by === "server").length, pulls + 1);
});

Deno.test("what is wrong is refused: values, names, bases, other servers, and keys without the right", async () => {
  await using stack = new AsyncDisposableStack();
  const world = await start(stack);
  const { app, nodeId } = world;
  const openai = stack.use(await fakeOpenAI());
  const spec = { name: "Hosted", kind: "openai", baseUrl: `${openai.url}/v1` };
  const hosted = await app.json<NodeInfo>("POST", "/api/nodes", spec, 201);
  const cases: [Partial<Record<keyof SaveConfigBody, unknown>>, number][] = [
    [{ parameters: { temperature: 9 } }, 400],
    [{ parameters: { top_k: 1.5 } }, 400],
    [{ parameters: { mirostat: 1 } }, 400],
    [{ parameters: { stop: [""] } }, 400],
    [{ name: "a b" }, 400],
    [{ name: "mine:latest-pin-0123456789ab" }, 400],
    [{ base: "nobody" }, 400],
    [{ nodeIds: [] }, 400],
    [{ nodeIds: ["nobody"] }, 404],
    [{ nodeIds: [hosted.id] }, 501],
  ];
  for (const [body, status] of cases) await save(world, body as Partial<SaveConfigBody>, status);
  await app.json("POST", "/api/models/pins", { nodeId: hosted.id, model: "m" }, 501);
  await app.json("POST", "/api/models/pins", { nodeId, model: "nobody" }, 404);
  const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", {
    name: "R",
    scopes: ["models"],
  }, 201);
  for (const path of ["/api/models/configs", `/api/models/digests?${place(world)}`]) {
    const response = await app.fetch(path, { headers: { authorization: `Bearer ${secret}` } });
    await response.body?.cancel();
    assertEquals(response.status, 403, path);
  }
});

Deno.test("the page shows the form, versions and pins without a script, and says why it cannot", async () => {
  await using stack = new AsyncDisposableStack();
  const world = await start(stack);
  const { app, server, nodeId } = world;
  const openai = stack.use(await fakeOpenAI());
  const spec = { name: "Hosted", kind: "openai", baseUrl: `${openai.url}/v1` };
  const hosted = await app.json<NodeInfo>("POST", "/api/nodes", spec, 201);
  const first = await app.fetch("/models/configure?model=llama3.2");
  assertStringIncludes(await first.text(), "Save and create");
  const { id } = await save(world, { system: "Be brief", note: "Shorter" });
  await settled(world, id);
  await app.json("POST", "/api/models/pins", { nodeId, model: MODEL }, 204);
  const page = async (query: Record<string, string>) => {
    const response = await app.fetch(`/models/configure?${new URLSearchParams(query)}`);
    return { status: response.status, html: await response.text() };
  };
  const form = await page({ model: "llama3.2" });
  assertEquals(form.status, 200);
  for (const part of ["Be brief", "As the base has it: 0.6", "Be kind", "Create where it is missing"]) {
    assertStringIncludes(form.html, part);
  }
  assertMatch(
    (await page({ model: MODEL, node: nodeId, tab: "versions" })).html,
    /Version 2[^]*Shorter[^]*Version 1/,
  );
  assertStringIncludes((await page({ model: MODEL, tab: "digests" })).html, "This one is pinned");
  const other = await page({ model: "m", node: hosted.id });
  assertEquals(other.status, 501);
  assertStringIncludes(other.html, "Only a node with Ollama");
  assertEquals((await page({ model: "nobody" })).status, 404);
  assertEquals((await page({})).status, 404);

  const post = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ intent: "stay", node: nodeId, model: MODEL, ...fields });
    const response = await app.fetch("/models", { method: "POST", body });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals([await post({ time: "4h" }), await post({ time: "soon" })], [303, 400]);
  assertEquals(
    (server.requests.findLast(({ path }) => path === "/api/generate")?.body as { keep_alive: string })
      .keep_alive,
    "4h",
  );
  const staying = (await holder(world))?.expiresAt ?? 0;
  assertEquals(Math.abs(staying - Date.now() - 4 * 3_600_000) < 60_000, true);
  assertStringIncludes(await (await app.fetch(`/models?model=${MODEL}`)).text(), "In memory until");
});
