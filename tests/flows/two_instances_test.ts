import { assert, assertEquals } from "@std/assert";
import type {
  ApiKeyView,
  Benchmark,
  Chat,
  CreatedVersion,
  MessagePage,
  NodeInfo,
  ProfileEvent,
  PromptSet,
  ServerSentEvent,
  StartedRun,
  UiSettings,
} from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import { FakeClock } from "../../lib/host/testing.ts";
import { type FakeAnswer, fakeOpenAI, type FakeServer } from "../fakes/mod.ts";
import type { KvConnectServer } from "../fakes/kv_connect/mod.ts";
import { type Instance, listen, sseOf, until, withInstances } from "./shared_instances.ts";
import { unchecked } from "../studio/unchecked.ts";

const MODEL = "gpt-4o-mini";
const WORDS = Array.from({ length: 60 }, (_, i) => `word${i} `);

const nodeAt = (server: FakeServer, name = "upstream") => ({
  name,
  kind: "openai" as const,
  baseUrl: `${server.url}/v1`,
});

/** Two instances that have one model server as their node. */
async function withTwo(
  upstream: FakeServer,
  fn: (a: Instance, b: Instance, store: KvConnectServer) => Promise<void>,
  clocks: (FakeClock | undefined)[] = [],
): Promise<void> {
  const start = (clock: FakeClock | undefined) => ({
    config: { nodes: [nodeAt(upstream)] },
    overrides: clock ? { clock } : {},
  });
  await withInstances([start(clocks[0]), start(clocks[1])], async ([a, b], store) => {
    assert(a && b);
    await fn(a, b, store);
  });
}

const hangsAfter = (afterDeltas: number): FakeAnswer => ({
  deltas: WORDS,
  interruption: { type: "hang", afterDeltas },
});

/** Asks in a new chat. */
async function ask({ json }: Instance): Promise<StartedRun> {
  const chat = await json<Chat>("POST", "/api/chat/sessions", { settings: { model: MODEL } });
  return await json<StartedRun>("POST", `/api/chat/sessions/${chat.id}/messages`, { text: "Tell" });
}

const answerOf = async ({ json }: Instance, { chat }: StartedRun) =>
  (await json<MessagePage>("GET", `/api/chat/sessions/${chat.id}/messages`)).messages[1];

const follow = ({ url }: Instance, { run }: StartedRun, after?: ServerSentEvent) =>
  listen(`${url}/api/runs/${run.id}/events`, after?.id ? { "last-event-id": after.id } : {});

const seqOf = ({ id = "" }: ServerSentEvent) => Number(id.split(".")[1]);
const textOf = (events: ServerSentEvent[]) =>
  events.filter(({ event }) => event === "text").map(({ data = "" }) => JSON.parse(data).text).join("");

function assertWhole(events: ServerSentEvent[], text: string): void {
  assertEquals(events.map(seqOf), events.map((_, i) => i + 1), "each event once, in order");
  assertEquals([textOf(events), events.at(-1)?.event], [text, "end"]);
}

Deno.test("a run is followed from the other instance, and goes on there where a stream was cut", async () => {
  const gate = Promise.withResolvers<void>();
  let pieces = 0;
  await using upstream = await fakeOpenAI({
    script: { deltas: WORDS, paceMs: 1 },
    delay: () => ++pieces > 20 ? gate.promise : Promise.resolve(),
  });
  await withTwo(upstream, async (a, b, store) => {
    const started = await ask(a);
    const cut: ServerSentEvent[] = [];
    const { watches } = store;
    const whole = Array.fromAsync(follow(b, started));
    for await (const event of follow(a, started)) {
      cut.push(event);
      if (textOf(cut) === WORDS.slice(0, 20).join("")) break;
    }
    const following = Array.fromAsync(follow(b, started, cut.at(-1)));
    await until("b follows it twice", () => store.watches === watches + 2);
    gate.resolve();
    const rest = await following;
    assertEquals(textOf(rest), WORDS.slice(20).join(""));
    assertWhole([...cut, ...rest], WORDS.join(""));
    assertWhole(await whole, WORDS.join(""));
    const late = await Array.fromAsync(follow(b, started));
    assertWhole(late, WORDS.join(""));
    assertEquals((await answerOf(b, started))?.text, WORDS.join(""));
    assertEquals(upstream.requests.filter(({ method }) => method === "POST").length, 1);
  });
});

Deno.test("a run is followed without a gap while the store is slow and cut off, on both sides", async () => {
  await using upstream = await fakeOpenAI({ script: { deltas: WORDS, paceMs: 8 } });
  await withTwo(upstream, async (a, b, store) => {
    store.options.delayMs = 5;
    const started = await ask(a);
    const events: ServerSentEvent[] = [];
    for await (const event of follow(b, started)) {
      events.push(event);
      const length = textOf(events).length;
      if (length > 50) b.line.cut();
      if (length > 150) a.line.cut();
      if (events.length > 300) break;
    }
    assertWhole(events, WORDS.join(""));
  });
});

Deno.test("a message is kept once and answered where the store's answer to its commit is lost", async () => {
  await using upstream = await fakeOpenAI({ script: { deltas: WORDS.slice(0, 3) } });
  await withTwo(upstream, async (a, b, store) => {
    const chat = await a.json<Chat>("POST", "/api/chat/sessions", { settings: { model: MODEL } });
    const path = `/api/chat/sessions/${chat.id}/messages`;
    store.loseNextWrite(({ mutations }) => mutations.some(({ key }) => key.includes("run_owned")));
    const started = await a.json<StartedRun>("POST", path, { text: "Tell" });
    assertWhole(await Array.fromAsync(follow(b, started)), WORDS.slice(0, 3).join(""));
    const { messages } = await b.json<MessagePage>("GET", path);
    assertEquals(messages.map(({ status }) => status), ["complete", "complete"]);
    assertEquals(upstream.requests.filter(({ method }) => method === "POST").length, 1);
  });
});

Deno.test("a run is cancelled from the other instance, and its server is no longer asked", async () => {
  await using upstream = await fakeOpenAI({ script: hangsAfter(3) });
  await withTwo(upstream, async (a, b) => {
    const started = await ask(a);
    const events: ServerSentEvent[] = [];
    for await (const event of follow(b, started)) {
      events.push(event);
      if (textOf(events) === WORDS.slice(0, 3).join("")) break;
    }
    await b.json("POST", `/api/runs/${started.run.id}/cancel`);
    events.push(...await Array.fromAsync(follow(b, started, events.at(-1))));
    assertWhole(events, WORDS.slice(0, 3).join(""));
    assertEquals(JSON.parse(events.at(-1)?.data ?? "").outcome, "cancelled");
    assertEquals((await answerOf(a, started))?.status, "cancelled");
    await until("the server's connection is closed", () => upstream.disconnects === 1);
  });
});

Deno.test("a run whose instance is gone is ended by the other one, with its text, and not by it any more", async () => {
  await using upstream = await fakeOpenAI({ script: hangsAfter(5) });
  const clocks = [new FakeClock(), new FakeClock()];
  await withTwo(upstream, async (a, b) => {
    const started = await ask(a);
    const text = WORDS.slice(0, 5).join("");
    const events: ServerSentEvent[] = [];
    const following = (async () => {
      for await (const event of follow(b, started)) events.push(event);
    })();
    await until("the text is there", () => textOf(events) === text);
    const onA = Array.fromAsync(follow(a, started));
    a.line.isOffline = true;
    a.line.cut();
    await clocks[1]?.advance(10_000);
    assertEquals((await answerOf(b, started))?.status, "streaming", "it may be back in time");
    await clocks[1]?.advance(30_000);
    await until("the run has ended", () => events.at(-1)?.event === "end");
    await following;
    assertWhole(events, text);
    assertEquals(JSON.parse(events.at(-1)?.data ?? "").outcome, "interrupted");
    const message = await answerOf(b, started);
    assertEquals([message?.status, message?.text], ["interrupted", text]);
    a.line.isOffline = false;
    await clocks[0]?.advance(30_000);
    const seenOnA = await onA;
    assertEquals(textOf(seenOnA), text, "the stream ends, to be taken up again");
    assertWhole([...seenOnA, ...await Array.fromAsync(follow(a, started, seenOnA.at(-1)))], text);
    await until("the server is no longer asked", () => upstream.disconnects === 1);
  }, clocks);
});

/** What an instance tells its pages, from here on. */
async function withEvents(
  { url }: Instance,
  fn: (events: ProfileEvent[], heard: (type: ProfileEvent["type"]) => Promise<void>) => Promise<void>,
): Promise<void> {
  const events: ProfileEvent[] = [];
  const leave = new AbortController();
  const response = await fetch(`${url}/api/events`, { signal: leave.signal });
  const reading = (async () => {
    for await (const { data = "" } of sseOf(response)) events.push(JSON.parse(data));
  })().catch((error) => {
    if (!leave.signal.aborted) throw error;
  });
  let taken = 0;
  const heard = async (type: ProfileEvent["type"]) => {
    await until(`${type} was heard`, () => events.slice(taken).some((event) => event.type === type));
    taken = events.length;
  };
  try {
    await fn(events, heard);
  } finally {
    leave.abort();
    await reading;
  }
}

/** Asks through `/v1`; the status, and the answer where there is one. */
async function complete({ url }: Instance, model: string, key?: string): Promise<[number, string]> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ model, messages: [{ role: "user", content: "hi" }] }),
  });
  const body = await response.json();
  return [response.status, body.choices?.[0].message.content ?? ""];
}

Deno.test("nodes and aliases of one instance hold at once on the other one, and its pages are told", async () => {
  const serving = (text: string) => fakeOpenAI({ models: ["m"], script: { deltas: [text] } });
  await using first = await serving("first");
  await using second = await serving("second");
  await using built = await fakeOpenAI();
  await withTwo(built, async (a, b) => {
    const answers = (model: string, text: string) =>
      until(`${model} answers ${text || "nothing"}`, async () => (await complete(b, model))[1] === text);
    assertEquals((await complete(b, "m"))[0], 404, "b has looked at the nodes and remembers them");
    await withEvents(b, async (_, heard) => {
      const node = await a.json<NodeInfo>("POST", "/api/nodes", nodeAt(first, "first"));
      await heard("nodes:changed");
      await answers("m", "first");
      await a.json("PUT", "/api/aliases/quick", { models: ["m"] });
      await answers("quick", "first");
      await a.json("PATCH", `/api/nodes/${node.id}`, { baseUrl: nodeAt(second).baseUrl });
      await answers("quick", "second");
      await a.json("PATCH", `/api/nodes/${node.id}`, { enabled: false });
      await answers("m", "");
      await a.json("PATCH", `/api/nodes/${node.id}`, { enabled: true });
      await answers("m", "second");
      await a.json("DELETE", "/api/aliases/quick");
      await answers("quick", "");
      await a.json("DELETE", `/api/nodes/${node.id}`);
      await answers("m", "");
    });
  });
});

Deno.test("chats and settings of one instance reach the pages of the other one, each change once", async () => {
  await using upstream = await fakeOpenAI();
  await withTwo(upstream, async (a, b) => {
    await b.json("GET", "/api/settings");
    await withEvents(a, async (onA) => {
      await withEvents(b, async (onB, heard) => {
        await a.json("PATCH", "/api/settings", { systemPrompt: "be brief" });
        await heard("settings:changed");
        assertEquals((await b.json<UiSettings>("GET", "/api/settings")).systemPrompt, "be brief");
        const chat = await a.json<Chat>("POST", "/api/chat/sessions", { title: "made on a" });
        await heard("chat:changed");
        await b.json("PATCH", `/api/chat/sessions/${chat.id}`, { title: "named on b" });
        await until("a heard of it", () => titles(onA).includes("named on b"));
        await a.json("DELETE", `/api/chat/sessions/${chat.id}`);
        await heard("chat:deleted");
        await a.json("PATCH", "/api/settings", { systemPrompt: "" });
        await heard("settings:changed");
        for (const events of [onA, onB]) {
          const own = events.filter(({ type }) => type !== "nodes:changed");
          assertEquals(own.map(({ type }) => type), [
            "settings:changed",
            "chat:changed",
            "chat:changed",
            "chat:deleted",
            "settings:changed",
          ]);
          assertEquals(titles(own), ["made on a", "named on b"]);
        }
      });
    });
  });
});

const titles = (events: ProfileEvent[]) =>
  events.flatMap((event) => event.type === "chat:changed" ? [event.chat.title] : []);

Deno.test("a project's stream on one instance has the versions that the other one makes", async () => {
  await withInstances([{ overrides: { validate: unchecked } }, {}], async ([a, b]) => {
    assert(a && b);
    const { project } = await a.json<CreatedVersion>("POST", "/api/projects", { name: "Shared" });
    const stream = listen(`${b.url}/api/stream/${project.id}`);
    const first = stream.next();
    const runIds = new Set<string>();
    const path = `/api/projects/${project.id}/messages`;
    const { version } = await a.json<CreatedVersion>("POST", path, { text: "A page about tea" });
    const events = [await first];
    while (events.length < 20) events.push(await stream.next());
    await b.json("POST", `/api/runs/${version?.runId}/cancel`);
    while (events.at(-1)?.value?.event !== "end") events.push(await stream.next());
    for (const { value } of events) if (value?.id) runIds.add(value.id.split(".")[0] ?? "");
    assertEquals([...runIds], [version?.runId]);
    assertEquals(events.map(({ value }) => value && seqOf(value)), events.map((_, i) => i + 1));
    assert(events.some(({ value }) => value?.event === "code:chunk"));
    await stream.return();
  });
});

Deno.test("a page that missed nothing while the store was out of reach goes on; one that missed too much comes again", async () => {
  await using upstream = await fakeOpenAI();
  await withTwo(upstream, async (a, b) => {
    const chat = await a.json<Chat>("POST", "/api/chat/sessions", { title: "start" });
    const rename = (title: string) => a.json("PATCH", `/api/chat/sessions/${chat.id}`, { title });
    await withEvents(b, async (events) => {
      b.line.isOffline = true;
      b.line.cut();
      for (let i = 0; i < 20; i++) await rename(`offline ${i}`);
      b.line.isOffline = false;
      const expected = Array.from({ length: 20 }, (_, i) => `offline ${i}`);
      await until("all was heard", () => titles(events).at(-1) === expected.at(-1));
      assertEquals(titles(events).filter((title) => title !== "start"), expected);
    });
    const page = Array.fromAsync(listen(`${b.url}/api/events`));
    await b.json("GET", "/api/settings");
    b.line.isOffline = true;
    b.line.cut();
    for (let i = 0; i < 210; i++) a.services.feed.publish("local", { type: "chat:deleted", chatId: `${i}` });
    await a.json("PATCH", "/api/settings", { systemPrompt: "be brief" });
    b.line.isOffline = false;
    await page;
    assertEquals((await b.json<UiSettings>("GET", "/api/settings")).systemPrompt, "be brief");
  });
});

Deno.test("a key that is revoked on one instance is refused on the other one at once, and what it had open ends", async () => {
  await using upstream = await fakeOpenAI({ script: { deltas: ["yes"] } });
  await withTwo(upstream, async (a, b) => {
    const make = (limits = {}) =>
      a.json<ApiKeyView & { secret: string }>("POST", "/api/keys", {
        name: "k",
        scopes: ["chat"],
        ...limits,
      });
    const [key, other] = [await make(), await make()];
    assertEquals(await complete(b, MODEL, key.secret), [200, "yes"]);
    const open = listen(`${b.url}/api/events`, { authorization: `Bearer ${key.secret}` });
    const ended = Array.fromAsync(open);
    const stays = listen(`${b.url}/api/events`, { authorization: `Bearer ${other.secret}` });
    const next = stays.next();
    await a.json("DELETE", `/api/keys/${key.id}`);
    assertEquals((await complete(b, MODEL, key.secret))[0], 401);
    await ended;
    a.services.feed.publish("local", { type: "chat:deleted", chatId: "x" });
    assertEquals((await next).value?.event, "chat:deleted");
    await stays.return();
  });
});

Deno.test("who is logged out on one instance is a stranger on the other one at once, and what was open there ends", async () => {
  await using upstream = await fakeOpenAI({ script: { deltas: ["yes"] } });
  await withTwo(upstream, async (a, b) => {
    const { profiles, sessions } = a.services;
    const { id } = await profiles.create(localPrincipal, { name: "Ada", role: "member", password: null });
    const cookieOf = async () => {
      const { secret } = await sessions.create(id, "click", { address: "127.0.0.1" });
      return { cookie: `freshet_session=${secret}` };
    };
    const statusOf = async (headers: Record<string, string>, path = "/api/profile") => {
      const response = await fetch(b.url + path, { headers });
      await response.body?.cancel();
      return response.status;
    };
    const first = await cookieOf();
    // The other one has to hear of the profile first.
    await until("the profile is known there", async () => await statusOf(first) === 200);
    const ended = Array.fromAsync(listen(`${b.url}/api/events`, first));
    const isOpen = () => b.services.revocations.idsOf(id).length === 1;
    await until("the stream is open", isOpen);
    const me = await sessions.verify(first.cookie.split("=")[1] ?? "");
    assert(me);
    await sessions.revoke(me, me.sessionId ?? "");
    assertEquals(await statusOf(first), 401);
    await ended;
    // A new role counts there too, and ends what was begun with the old one.
    await profiles.update(localPrincipal, id, { role: "administrator" });
    const second = await cookieOf();
    await until("the role is known there", async () => await statusOf(second, "/api/profiles") === 200);
    const lost = Array.fromAsync(listen(`${b.url}/api/events`, second));
    await until("the second stream is open", isOpen);
    await profiles.update(localPrincipal, id, { role: "member" });
    await lost;
  });
});

Deno.test("a benchmark is stopped from the other instance, and stays stopped", async () => {
  const clock = new FakeClock();
  await using upstream = await fakeOpenAI({ models: [MODEL], script: () => hangsAfter(3) });
  await withTwo(upstream, async (a, b) => {
    const prompts = [{ text: "One" }, { text: "Two" }];
    const { id: setId } = await a.json<PromptSet>("POST", "/api/prompt-sets", { name: "S", prompts }, 201);
    const body = { setId, targets: [{ model: MODEL }] };
    const { id } = await a.json<Benchmark>("POST", "/api/benchmarks", body, 202);
    const state = async () => (await a.json<Benchmark>("GET", `/api/benchmarks/${id}`)).state;
    await until("it runs", async () => await state() === "running" && upstream.active > 0);
    await b.json("PATCH", `/api/benchmarks/${id}`, { state: "stopped" });
    await until("its server is no longer asked", async () => {
      await clock.advance(500);
      return upstream.active === 0;
    });
    await clock.advance(60_000);
    assertEquals(await state(), "stopped");
  }, [clock]);
});

Deno.test("a limit counts what was used on all instances", async () => {
  await using upstream = await fakeOpenAI({ script: { deltas: ["yes"] } });
  await withTwo(upstream, async (a, b) => {
    const key = await a.json<ApiKeyView & { secret: string }>("POST", "/api/keys", {
      name: "k",
      scopes: ["chat"],
      requestsPerMinute: 3,
    });
    for (let i = 0; i < 2; i++) assertEquals((await complete(a, MODEL, key.secret))[0], 200);
    await a.services.limiter.flush();
    assertEquals((await complete(b, MODEL, key.secret))[0], 200);
    assertEquals((await complete(b, MODEL, key.secret))[0], 429);
    await b.services.limiter.flush();
    await a.services.limiter.flush();
    assertEquals((await complete(a, MODEL, key.secret))[0], 429, "a has learnt of it");
    await a.json("PATCH", `/api/keys/${key.id}`, { requestsPerMinute: 4 });
    assertEquals((await complete(b, MODEL, key.secret))[0], 200, "a limit that was raised on a");
  });
});
