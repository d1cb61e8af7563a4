import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { localPrincipal as me } from "../../lib/access/mod.ts";
import { FakeClock } from "../../lib/host/testing.ts";
import type { ApiKeyOptions, ApiKeyView, Chat, ErrorBody } from "../../lib/shared/mod.ts";
import { type FakeAnswer, fakeOpenAI, type FakeServer } from "../fakes/mod.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";

const MODEL = "gpt-4o-mini";
/** Ten seconds before midnight of UTC. */
const EVENING = Date.UTC(2026, 10, 30, 23, 59, 50);
/** Each way to send a key. */
const WAYS: [string, (secret: string) => Record<string, string>][] = [
  ["Authorization", (secret) => ({ authorization: `Bearer ${secret}` })],
  ["authorization, as some write it", (secret) => ({ authorization: `bearer  ${secret} ` })],
  ["x-api-key", (secret) => ({ "x-api-key": secret })],
];

type MadeKey = ApiKeyView & { secret: string };

interface Rig {
  app: TestApp;
  clock: FakeClock;
  upstream: FakeServer;
  make(options?: ApiKeyOptions, scopes?: string[]): Promise<MadeKey>;
  send(key: Pick<MadeKey, "secret">, path: string, body?: unknown, way?: number): Promise<Response>;
}

async function withApp(
  fn: (rig: Rig) => Promise<void>,
  { folder, script = { deltas: ["yes"] } }: { folder?: string; script?: FakeAnswer } = {},
): Promise<void> {
  await using upstream = await fakeOpenAI({ script });
  const clock = new FakeClock(EVENING);
  await using app = await startApp({
    nodes: [{ name: "upstream", kind: "openai", baseUrl: `${upstream.url}/v1` }],
    ...(folder === undefined ? {} : { dataFolder: folder }),
  }, { clock });
  await app.services.nodes.catalog.refresh(me);
  const make: Rig["make"] = (options = {}, scopes = ["chat", "embeddings", "models"]) =>
    app.json<MadeKey>("POST", "/api/keys", { name: "Editor", scopes, ...options });
  const send: Rig["send"] = ({ secret }, path, body, way = 0) =>
    app.fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: { ...WAYS[way]?.[1](secret), "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  await fn({ app, clock, upstream, make, send });
}

const hello = { model: MODEL, messages: [{ role: "user", content: "Hello" }] };
const vectors = { model: "text-embedding-3-small", input: "Hello" };

async function statusOf(answer: Promise<Response>): Promise<number> {
  const response = await answer;
  // To its end: a client that leaves would end what it asked for.
  await response.text();
  return response.status;
}

const errorOf = async (response: Response) =>
  (await response.json() as { error: ErrorBody & { type?: string } }).error;

/** How often the model server was asked for an answer. */
const asked = ({ requests }: FakeServer) => requests.filter(({ method }) => method === "POST").length;

for (const [way, [name]] of WAYS.entries()) {
  Deno.test(`a key sent by ${name} meets every check, at /v1 and at /api`, () =>
    withApp(async ({ app, clock, upstream, make, send }) => {
      const chat = await app.json<Chat>("POST", "/api/chat/sessions", { settings: { model: MODEL } });
      const messages = `/api/chat/sessions/${chat.id}/messages`;
      const all = async (key: MadeKey) => [
        await statusOf(send(key, "/v1/chat/completions", hello, way)),
        await statusOf(send(key, "/v1/chat/completions", { ...hello, stream: true }, way)),
        await statusOf(send(key, "/v1/embeddings", vectors, way)),
        await statusOf(send(key, "/v1/models", undefined, way)),
        await statusOf(send(key, messages, { text: "Hello" }, way)),
        await statusOf(send(key, "/api/chat", { userMessage: "Hello", model: MODEL }, way)),
        await statusOf(send(key, "/api/models", undefined, way)),
      ];
      const right = await make();
      assertEquals(await all(right), [200, 200, 200, 200, 202, 200, 200]);
      await app.services.runs.drain(1_000);
      const calls = asked(upstream);

      const expiring = await make({ expiresAt: clock.now() + 1 });
      await clock.advance(1);
      assertEquals(await all(expiring), Array(7).fill(401));
      assertStringIncludes(
        (await errorOf(await send(expiring, "/api/models", undefined, way))).message,
        "This API key expired on 2026-11-30 23:59 UTC",
      );

      const wrong = await make({}, ["usage"]);
      assertEquals(await all(wrong), Array(7).fill(403));

      const revoked = await make();
      assertEquals(await statusOf(send(revoked, "/v1/models", undefined, way)), 200);
      await app.json("DELETE", `/api/keys/${revoked.id}`);
      assertEquals(await all(revoked), Array(7).fill(401));
      const rotated = await make();
      const { secret } = await app.json<MadeKey>("POST", `/api/keys/${rotated.id}/rotate`);
      assertEquals(await statusOf(send(rotated, "/v1/models", undefined, way)), 401);
      assertEquals(await statusOf(send({ secret }, "/v1/models", undefined, way)), 200);
      assertEquals(asked(upstream), calls, "no model was asked for any of them");

      const exhausted = await make({ budgets: { day: { tokens: 1 } } });
      assertEquals(await statusOf(send(exhausted, "/v1/chat/completions", hello, way)), 200);
      await app.services.ledger.flush();
      assertEquals(await all(exhausted), [429, 429, 429, 200, 429, 429, 200]);
      assertEquals(asked(upstream), calls + 1);
    }));
}

Deno.test("a spent budget is answered as OpenAI does it, until it begins anew at midnight", () =>
  withApp(async ({ app, clock, make, send }) => {
    await app.json("PUT", "/api/analytics/prices", {
      version: 1,
      prices: [{ model: MODEL, nodeId: "any", input: 1_000_000_000, output: 0 }],
    });
    const key = await make({ budgets: { day: { costNano: 1 }, month: { costNano: 10 ** 15 } } });
    assertEquals(await statusOf(send(key, "/v1/chat/completions", hello)), 200);
    await app.services.ledger.flush();
    const refused = await send(key, "/v1/chat/completions", { ...hello, stream: true });
    const { code, type, message } = await errorOf(refused);
    assertEquals([refused.status, code, type], [429, "insufficient_quota", "insufficient_quota"]);
    assertStringIncludes(message, "It begins anew at 2026-12-01 00:00 UTC");
    assertEquals([refused.headers.get("retry-after"), refused.headers.get("x-should-retry")], [
      "10",
      "false",
    ]);
    const api = await send(key, "/api/chat", { userMessage: "Hello" });
    assertEquals([api.status, api.headers.get("retry-after"), (await errorOf(api)).code], [
      429,
      "10",
      "insufficient_quota",
    ]);
    const view = async () => {
      const { keys } = await app.json<{ keys: ApiKeyView[] }>("GET", "/api/keys");
      const { spent, lastUsedAt } = keys.find(({ id }) => id === key.id) ?? {};
      assert(spent && lastUsedAt);
      return [spent.day.costNano > 0, spent.month.costNano > 0, spent.total.tokens > 0];
    };
    assertEquals(await view(), [true, true, true]);
    await clock.advance(10_000);
    assertEquals(await view(), [false, false, true]);
    assertEquals(await statusOf(send(key, "/v1/chat/completions", hello)), 200);
    await app.services.ledger.flush();
    assertEquals(await statusOf(send(key, "/v1/chat/completions", hello)), 429);
    const raised = { budgets: { day: { costNano: 10 ** 15, tokens: 0 } } };
    const changed = await app.json<ApiKeyView>("PATCH", `/api/keys/${key.id}`, raised);
    assertEquals(changed.budgets, { day: { costNano: 10 ** 15 } });
    assertEquals(await statusOf(send(key, "/v1/chat/completions", hello)), 200);
  }));

Deno.test("what a key has spent is there after a restart", async () => {
  const folder = await Deno.makeTempDir();
  let secret = "";
  await withApp(async ({ make, send }) => {
    const key = await make({ budgets: { month: { tokens: 1 } } });
    secret = key.secret;
    assertEquals(await statusOf(send(key, "/v1/chat/completions", hello)), 200);
  }, { folder });
  await withApp(async ({ send, upstream }) => {
    assertEquals(await statusOf(send({ secret }, "/v1/chat/completions", hello)), 429);
    assertEquals(asked(upstream), 0);
  }, { folder });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("open streams end at the moment at which their key does", () =>
  withApp(async ({ clock, make, send, upstream }) => {
    const key = await make({ expiresAt: clock.now() + 1_000 });
    const events = await send(key, "/api/events");
    const answer = await send(key, "/v1/chat/completions", { ...hello, stream: true });
    const simple = await send(key, "/api/chat", { userMessage: "Hello", model: MODEL });
    assertEquals([events.status, answer.status, simple.status], [200, 200, 200]);
    let isOver = false;
    const ended = Promise.all([events.text(), answer.text(), simple.text()]).finally(() => isOver = true);
    await clock.advance(999);
    assertEquals([asked(upstream), isOver], [2, false]);
    await clock.advance(1);
    assertStringIncludes((await ended)[1], "The API key was revoked or has expired");
    assertEquals(await statusOf(send(key, "/v1/models")), 401);
  }, { script: { deltas: ["Hal", "lo"], interruption: { type: "hang", afterDeltas: 1 } } }));

Deno.test("dates and amounts that make no sense are refused", () =>
  withApp(async ({ app, clock }) => {
    const make = async (options: unknown, status = 400) => {
      const body = { name: "k", scopes: ["chat"], ...options as Record<string, unknown> };
      await app.json("POST", "/api/keys", body, status);
    };
    await make({ expiresAt: clock.now() });
    await make({ expiresAt: -1 });
    await make({ expiresAt: 1e300 });
    await make({ budgets: { week: { tokens: 1 } } });
    await make({ budgets: { day: { tokens: 0.5 } } });
    await make({ budgets: { day: { dollars: 1 } } });
    await make({ budgets: { day: {} }, expiresAt: 0 }, 201);
  }));

Deno.test("expiry, budgets and a new secret are set by forms without a script", () =>
  withApp(async ({ app, clock, make, send }) => {
    const key = await make({ expiresAt: clock.now() + 86_400_000 });
    const post = async (fields: Record<string, string>) =>
      await app.fetch("/settings/keys", {
        method: "POST",
        headers: { origin: ORIGIN },
        body: new URLSearchParams({ id: key.id, ...fields }),
      });
    const view = async () => {
      const { keys } = await app.json<{ keys: ApiKeyView[] }>("GET", "/api/keys");
      return keys.find(({ id }) => id === key.id);
    };
    const changes = { intent: "update", "day-dollars": "0.29", "total-tokens": "500" };
    await (await post({ ...changes, lastDay: "2026-12-01" })).body?.cancel();
    assertEquals([(await view())?.expiresAt, (await view())?.budgets], [
      key.expiresAt,
      { day: { costNano: 290_000_000 }, total: { tokens: 500 } },
    ]);
    await (await post({ ...changes, lastDay: "2030-12-24", "day-dollars": "" })).body?.cancel();
    assertEquals([(await view())?.expiresAt, (await view())?.budgets], [
      Date.UTC(2030, 11, 25),
      { total: { tokens: 500 } },
    ]);
    const page = await (await app.fetch("/settings/keys")).text();
    assertStringIncludes(page, "0 tokens of 500 tokens");
    const question = await app.fetch(`/settings/keys?renew=${key.id}`);
    assertStringIncludes(await question.text(), "Give Editor a new secret?");
    const renewed = await (await post({ intent: "renew" })).text();
    const secret = renewed.match(/<code[^>]*>(fsh_[\w-]{40,})<\/code>/)?.[1];
    assert(secret);
    assertEquals(await statusOf(send(key, "/v1/models")), 401);
    assertEquals(await statusOf(send({ secret }, "/v1/models")), 200);
  }));

Deno.test("80 % of a budget are told to the open pages of the profile", () =>
  withApp(async ({ app, make, send }) => {
    const leave = new AbortController();
    const heard = app.services.feed.subscribe(me.profileId, leave.signal);
    const key = await make({ budgets: { day: { tokens: 1 } } });
    await statusOf(send(key, "/v1/chat/completions", hello));
    await app.services.ledger.flush();
    const [event] = (await heard.next()).value ?? [];
    leave.abort();
    assert(event?.type === "system:alert");
    assertEquals([event.alert.figure, event.alert.host, event.alert.above], ["budget", "Editor", 100]);
  }));
