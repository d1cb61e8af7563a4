import { assert, assertEquals } from "@std/assert";
import { ChatModel } from "../chat_model.ts";
import { FakeClock, settle } from "../testing/fake_clock.ts";
import { failure, FakeServer, FakeStream } from "../testing/fake_server.ts";
import { sampleChat, sampleRun, sampleTurn } from "../testing/samples.ts";
import { Turns } from "../turns.ts";
import { Delivery } from "./delivery.ts";
import { hearOfOutbox, openOutbox } from "./kept_messages.ts";
import { Outbox, type OutboxStorage } from "./outbox.ts";

const DAY_MS = 24 * 60 * 60_000;
const MESSAGES = "POST /api/chat/sessions/*/messages";

function offline(): never {
  throw new TypeError("fetch failed");
}

/** A storage as browsers have it; `room` is what an entry may have (characters). */
class FakeStorage implements OutboxStorage {
  readonly entries = new Map<string, string>();
  room = Infinity;
  onChange: (key: string, value: string | null) => void = () => {};

  get length(): number {
    return this.entries.size;
  }
  key(index: number): string | null {
    return [...this.entries.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.entries.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (value.length > this.room) throw new DOMException("Full", "QuotaExceededError");
    this.entries.set(key, value);
    this.onChange(key, value);
  }
  removeItem(key: string): void {
    this.entries.delete(key);
    this.onChange(key, null);
  }
}

/** A server that takes every message and has answered it at once. */
function startServer(): FakeServer {
  const server = new FakeServer();
  server.on("GET /api/runs/*/events", ({ signal }) => new FakeStream(signal).response);
  server.on("GET /api/chat/sessions/*/messages", () => ({ messages: [], before: null }));
  server.on("POST /api/chat/sessions", () => sampleChat("made"));
  return takesMessages(server);
}

function takesMessages(server: FakeServer): FakeServer {
  return server.on(MESSAGES, ({ path }) => {
    const chat = sampleChat(path.split("/").at(-2));
    return sampleTurn(null, { chat, run: { ...sampleRun(), status: "complete" } });
  });
}

/** A tab with a chat open, or one yet to be made. */
function openTab(server: FakeServer, storage: OutboxStorage, openId: string | null, clock = new FakeClock()) {
  const { api } = server;
  const model = new ChatModel({
    chat: openId === null ? null : sampleChat(openId),
    page: { messages: [], before: null },
    running: null,
    api,
    clock,
    smooth: () => false,
  });
  const outbox = new Outbox("local", storage);
  const turns = new Turns({
    model,
    outbox,
    api,
    clock,
    settings: () => ({}),
    newChat: () => ({}),
    onChatMade() {},
    isLost: () => false,
    onWaiting() {},
  });
  openOutbox(outbox);
  return { outbox, turns, clock, delivery: new Delivery({ outbox, turns, api, clock, t: (key) => key }) };
}

/** What was sent: to which chat, the text, the key. */
function sent(server: FakeServer): { chatId: string | undefined; text: string; key: string | null }[] {
  return server.asked.filter(({ method, path }) => method === "POST" && path.endsWith("/messages"))
    .map(({ path, body, headers }) => ({
      chatId: path.split("/").at(-2),
      text: (body as { text: string }).text,
      key: headers.get("idempotency-key"),
    }));
}

Deno.test("what was written offline survives the page and is sent in order, once, with its own keys", async () => {
  const server = startServer().on("POST /api/chat/sessions", offline);
  const storage = new FakeStorage();
  const before = openTab(server, storage, null);
  await before.turns.send("One");
  await before.turns.send("Two");
  const written = before.outbox.messages.value;
  assertEquals(new Set(written.map(({ chatKey }) => chatKey)).size, 1);

  server.on("POST /api/chat/sessions", () => sampleChat("made"));
  const after = openTab(server, storage, null);
  assertEquals(after.outbox.messages.value.map(({ body }) => body.text), ["One", "Two"]);
  await after.delivery.deliver();
  await after.clock.tick(2_000);
  assertEquals(sent(server), written.map(({ id, body }) => ({ chatId: "made", text: body.text, key: id })));
  assertEquals([after.outbox.messages.value, storage.length], [[], 0]);
});

Deno.test("without a connection it is tried less and less often, and at once when there is one", async () => {
  const server = startServer().on(MESSAGES, offline);
  const { turns, delivery, clock } = openTab(server, new FakeStorage(), "c1");
  await turns.send("Hello");
  delivery.comeBack();
  const tries = async (ms: number) => {
    const known = sent(server).length;
    await clock.tick(ms);
    return sent(server).length - known;
  };
  assertEquals([await tries(1_999), await tries(1), await tries(4_000), await tries(7_999)], [0, 1, 1, 0]);
  takesMessages(server);
  await delivery.deliver();
  assertEquals(await tries(120_000), 0);
  assertEquals([sent(server).length, new Set(sent(server).map(({ key }) => key)).size], [4, 1]);
});

Deno.test("what a server refuses for good stays with its error and holds up its own chat only", async () => {
  const server = startServer().on(MESSAGES, offline);
  const storage = new FakeStorage();
  const first = openTab(server, storage, "bad");
  await first.turns.send("Too much");
  await first.turns.send("After it");
  await openTab(server, storage, "good").turns.send("Fine");
  takesMessages(server);
  server.on("POST /api/chat/sessions/bad/messages", () => failure(400, "invalid_request"));
  const tab = openTab(server, storage, null);
  const known = sent(server).length;
  await tab.delivery.deliver();
  await tab.clock.tick(60_000);
  assertEquals(sent(server).slice(known).map(({ text }) => text), ["Too much", "Fine"]);
  assertEquals(tab.outbox.messages.value.map(({ body, error }) => [body.text, error?.code]), [
    ["Too much", "invalid_request"],
    ["After it", undefined],
  ]);
});

Deno.test("one that comes too early comes again when the server says", async () => {
  const server = startServer().on(MESSAGES, () => failure(409, "conflict", { retryAfter: 10 }));
  const { outbox, delivery, clock } = openTab(server, new FakeStorage(), null);
  outbox.put({ id: "a", chatId: "c1", body: { text: "Hello" } });
  await delivery.deliver();
  await clock.tick(9_000);
  assertEquals([sent(server).length, outbox.get("a")?.error], [1, undefined]);
  takesMessages(server);
  await clock.tick(1_000);
  assertEquals([sent(server).length, outbox.messages.value], [2, []]);
});

for (const hasLocks of [true, false]) {
  const how = hasLocks ? "once" : "with one key, where there are no locks";
  Deno.test(`two tabs send a message ${how}`, async () => {
    using _ = hasLocks ? null : withoutLocks();
    const server = startServer().on(MESSAGES, offline);
    const storage = new FakeStorage();
    const one = openTab(server, storage, "c1");
    await one.turns.send("Hello");
    const two = openTab(server, storage, "c1");
    storage.onChange = (key, value) => hearOfOutbox(two.outbox, key, value);
    const { promise: both, resolve: answer } = Promise.withResolvers<void>();
    server.on(MESSAGES, () => both.then(() => sampleTurn(null)));
    const known = sent(server).length;
    const delivered = [one.delivery.deliver(), two.delivery.deliver()];
    // Locks are granted by the runtime, not by promises alone.
    for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve));
    answer();
    await Promise.all(delivered);
    await settle();
    const keys = sent(server).slice(known).map(({ key }) => key);
    assertEquals([keys.length, new Set(keys).size], [hasLocks ? 1 : 2, 1]);
    await two.clock.tick(60_000);
    assertEquals([sent(server).length - known, storage.length], [keys.length, 0]);
    assertEquals([one.outbox.messages.value, two.outbox.messages.value], [[], []]);
  });
}

Deno.test("a message that is being sent cannot be taken back; one that waits can, and is not sent then", async () => {
  const { promise: asked, resolve: answer } = Promise.withResolvers<void>();
  const server = startServer().on(MESSAGES, () => asked.then(() => failure(503, "unavailable")));
  const { turns, outbox, delivery } = openTab(server, new FakeStorage(), "c1");
  const sending = turns.send("Hello");
  const [message] = outbox.messages.value;
  assert(message);
  assertEquals(await turns.take(message), false);
  answer();
  await sending;
  assertEquals(await turns.take(message), true);
  await delivery.deliver();
  assertEquals(sent(server).length, 1);
});

Deno.test("one that may have arrived long ago is not sent again by itself", async () => {
  const server = startServer().on(MESSAGES, offline);
  const storage = new FakeStorage();
  const clock = new FakeClock();
  await openTab(server, storage, "c1", clock).turns.send("Hello");
  await clock.tick(DAY_MS);
  const { outbox, delivery } = openTab(server, storage, "c1", clock);
  await delivery.deliver();
  assertEquals([sent(server).length, outbox.messages.value[0]?.error?.message], [1, "unsent.old"]);
});

Deno.test("a message to a chat that was deleted becomes the first of a new one", async () => {
  const server = startServer();
  for (const method of ["GET", "POST"]) {
    server.on(`${method} /api/chat/sessions/gone/messages`, () => failure(404, "not_found"));
  }
  const { outbox, delivery } = openTab(server, new FakeStorage(), null);
  outbox.put({ id: "a", chatId: "gone", body: { text: "Hello", parentId: "m1" } });
  await delivery.deliver();
  const moved = outbox.messages.value.map(({ chatId, body, error }) => [chatId, body, error?.code]);
  assertEquals(moved, [[undefined, { text: "Hello" }, "not_found"]]);
});

Deno.test("without room a message is sent all the same, as long as its page is there", async () => {
  const server = startServer().on(MESSAGES, offline);
  const storage = new FakeStorage();
  storage.room = 10;
  const { turns, outbox, delivery } = openTab(server, storage, "c1");
  await turns.send("Hello");
  assertEquals([outbox.messages.value[0]?.unkept, storage.length], [true, 0]);
  takesMessages(server);
  await delivery.deliver();
  assertEquals([sent(server).length, outbox.messages.value], [2, []]);
});

Deno.test("each profile has its own outbox, and what is damaged is left out", () => {
  const storage = new FakeStorage();
  new Outbox("ann", storage).put({ id: "a", chatId: "c1", body: { text: "Hers" } });
  storage.setItem("freshet:unsent:ben:b", "{");
  storage.setItem("freshet:unsent:ben:c", "{}");
  const outbox = new Outbox("ben", storage);
  openOutbox(outbox);
  assertEquals(outbox.messages.value, []);
});

/** As in pages that are not secure. */
function withoutLocks(): Disposable {
  const own = Object.getOwnPropertyDescriptor(navigator, "locks");
  Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
  return {
    [Symbol.dispose]() {
      if (own) Object.defineProperty(navigator, "locks", own);
      else Reflect.deleteProperty(navigator, "locks");
    },
  };
}
