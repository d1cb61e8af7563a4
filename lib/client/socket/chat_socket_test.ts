import { assert, assertEquals, assertThrows } from "@std/assert";
import { FreshetError, SOCKET_CLOSE, type SocketMessage, type SocketRequest } from "../../shared/mod.ts";
import { FakeClock } from "../testing/fake_clock.ts";
import { ChatSocket } from "./chat_socket.ts";
import { FakeConnection, FakeStorage } from "./testing.ts";

function setUp(storage = new FakeStorage()) {
  const clock = new FakeClock();
  const connections: FakeConnection[] = [];
  const messages: SocketMessage[] = [];
  const refused: string[] = [];
  const socket = new ChatSocket({
    url: "ws://here/chat",
    secret: "fsh_x",
    storage,
    clock,
    random: () => 0.5,
    connect: (_url, protocols, handlers) => {
      const connection = new FakeConnection(protocols, handlers);
      connections.push(connection);
      return connection;
    },
    onMessage: (message) => messages.push(message),
    onRefused: ({ content }, { code }) => refused.push(`${content}: ${code}`),
  });
  const latest = (): FakeConnection => {
    const connection = connections.at(-1);
    if (!connection) throw new Error("Nobody has connected");
    return connection;
  };
  return { clock, connections, messages, refused, socket, storage, latest };
}

const ids = (requests: SocketRequest[]) =>
  requests.flatMap((request) => request.type === "inference" ? request.id : []);
const accept = (id: string, runId: string, chatId = "c"): SocketMessage => {
  return { type: "accepted", id, chatId, messageId: "m", runId };
};
const token = (runId: string, seq: number, text: string, firstSeq?: number): SocketMessage => {
  return { type: "token", runId, seq, text, ...(firstSeq === undefined ? {} : { firstSeq }) };
};
const end = (runId: string, seq: number): SocketMessage => {
  return { type: "status", status: "end", runId, seq, outcome: "complete" };
};

Deno.test("a message is sent, accepted and answered", () => {
  const { socket, latest, messages, storage } = setUp();
  socket.start();
  assertEquals([socket.state.value, latest().protocols], ["connecting", [
    "freshet.chat.v1",
    "bearer.ZnNoX3g",
  ]]);
  latest().open();
  const id = socket.send({ content: "hi", model: "m" });
  assertEquals(latest().requests, [{ type: "inference", id, content: "hi", model: "m", timestamp: 0 }]);
  assertEquals([socket.queued.value.length, storage.length], [1, 1]);
  latest().say({ type: "heartbeat" }, accept(id, "r"));
  assertEquals([socket.queued.value.length, storage.length], [0, 0]);
  latest().say(token("r", 1, "a"), token("r", 4, "bcd", 2), end("r", 5));
  latest().say(token("r", 5, "again"));
  assertEquals(messages.map(({ type }) => type), ["heartbeat", "accepted", "token", "token", "status"]);
  socket.stop();
});

Deno.test("a cut connection comes back and goes on after what was seen", async () => {
  const { socket, latest, messages, clock, connections } = setUp();
  socket.start();
  latest().open();
  const id = socket.send({ content: "hi" });
  latest().say(accept(id, "r"), token("r", 1, "a"), token("r", 3, "bc", 2));
  latest().end();
  assertEquals([socket.state.value, socket.secondsLeft.value], ["waiting", 1]);
  await clock.tick(1000);
  latest().open();
  assertEquals(latest().requests, [{ type: "resume", runId: "r", seq: 3 }]);
  // Of the old connection, and of one that resumes too early: known already.
  connections[0]?.say(token("r", 4, "x"));
  latest().say(token("r", 3, "bc", 2), token("r", 4, "d"), end("r", 5));
  const text = messages.map((message) => message.type === "token" ? message.text : "").join("");
  assertEquals(text, "abcd");
  latest().end();
  await clock.tick(2000);
  latest().open();
  assertEquals(latest().requests, []);
  socket.stop();
  assertEquals(clock.waiting, 0);
});

Deno.test("a gap is not shown but asked for again", async () => {
  const { socket, latest, messages, clock, connections } = setUp();
  socket.start();
  latest().open();
  socket.follow("r", 2);
  assertEquals(latest().requests, [{ type: "resume", runId: "r", seq: 2 }]);
  latest().say(token("r", 3, "c"), token("r", 5, "e"), token("r", 6, "f"));
  assertEquals([messages.length, connections[0]?.isClosed, socket.state.value], [1, true, "waiting"]);
  await clock.tick(1000);
  latest().open();
  assertEquals(latest().requests, [{ type: "resume", runId: "r", seq: 3 }]);
  socket.stop();
});

Deno.test("what was written offline survives a reload and is delivered once", async () => {
  const before = setUp();
  const first = before.socket.send({ content: "one" });
  const second = before.socket.send({ content: "two" });
  before.socket.start();
  before.latest().open();
  assertEquals(ids(before.latest().requests), [first, second]);
  before.latest().say(accept(first, "r1"));
  // The second was taken too, but the connection broke before that was said.
  before.latest().end();
  before.socket.stop();

  const after = setUp(before.storage);
  assertEquals(after.socket.queued.value.map(({ content }) => content), ["two"]);
  after.socket.start();
  after.latest().open();
  assertEquals(ids(after.latest().requests), [second]);
  after.latest().say(accept(second, "r2"), end("r2", 1));
  after.latest().end();
  await after.clock.tick(1000);
  after.latest().open();
  assertEquals([after.latest().requests, after.storage.length], [[], 0]);
  after.socket.stop();
});

Deno.test("a message of a chat waits for the answer above it, others do not wait for it", () => {
  const { socket, latest } = setUp();
  const [a, b, c] = ["a", "b", "c"].map((content) => {
    return socket.send(content === "c" ? { content, chatId: "d" } : { content, chatId: "c" });
  }) as [string, string, string];
  socket.start();
  latest().open();
  assertEquals(ids(latest().requests), [a, c]);
  latest().say(accept(a, "r"), accept(c, "s", "d"), token("r", 1, "x"));
  assertEquals(ids(latest().requests), [a, c]);
  latest().say(end("r", 2));
  assertEquals(ids(latest().requests), [a, c, b]);
  socket.stop();
});

Deno.test("only so many are on their way at once", () => {
  const { socket, latest } = setUp();
  const sent = Array.from({ length: 7 }, (_, i) => socket.send({ content: `${i}` }));
  socket.start();
  latest().open();
  assertEquals(ids(latest().requests), sent.slice(0, 4));
  latest().say(accept(sent[0] ?? "", "r0"), accept(sent[1] ?? "", "r1"));
  assertEquals(ids(latest().requests), sent.slice(0, 6));
  socket.stop();
});

Deno.test("a refusal with a time to wait is tried again, one without is for good", async () => {
  const { socket, latest, refused, clock } = setUp();
  socket.start();
  latest().open();
  const id = socket.send({ content: "hi" });
  const error = { code: "rate_limited", message: "Too many", retryAfter: 3 } as const;
  latest().say({ type: "error", id, error });
  await clock.tick(2_900);
  assertEquals(ids(latest().requests), [id]);
  await clock.tick(200);
  assertEquals(ids(latest().requests), [id, id]);
  latest().say({ type: "error", id, error: { code: "not_found", message: "No such chat" } });
  assertEquals([refused, socket.queued.value], [["hi: not_found"], []]);
  socket.follow("gone");
  latest().say({ type: "error", runId: "gone", error: { code: "not_found", message: "No such run" } });
  socket.follow("later", 4);
  latest().say({ type: "error", runId: "later", error });
  await clock.tick(3_000);
  assertEquals(latest().requests.slice(2).map((request) => request.type === "resume" && request.runId), [
    "gone",
    "later",
    "later",
  ]);
  socket.stop();
  assertEquals(clock.waiting, 0);
});

Deno.test("a silent connection is dead, a beating one is not", async () => {
  const { socket, latest, clock, connections } = setUp();
  socket.start();
  latest().open();
  for (let i = 0; i < 5; i++) {
    await clock.tick(20_000);
    latest().say({ type: "heartbeat" });
  }
  assertEquals([socket.state.value, connections.length], ["open", 1]);
  await clock.tick(44_000);
  assertEquals(socket.state.value, "open");
  await clock.tick(1_000);
  assertEquals([socket.state.value, connections[0]?.isClosed], ["waiting", true]);
  // What the dead connection still says is not heard.
  connections[0]?.say({ type: "pong" });
  connections[0]?.end();
  assertEquals(socket.state.value, "waiting");
  socket.retryNow();
  latest().open();
  socket.retryNow();
  assertEquals(latest().requests, [{ type: "ping" }]);
  await clock.tick(10_000);
  assertEquals(socket.state.value, "waiting");
  socket.stop();
});

Deno.test("the pause grows, is spread, and ends for a revoked key", async () => {
  const { socket, latest, clock, connections } = setUp();
  socket.start();
  const pauses: number[] = [];
  for (let i = 0; i < 7; i++) {
    latest().end();
    pauses.push(socket.secondsLeft.value);
    await clock.tick(socket.secondsLeft.value * 1000);
  }
  assertEquals([pauses, connections.length], [[1, 2, 4, 8, 15, 30, 30], 8]);
  // An opening connection may hang as well.
  await clock.tick(10_000);
  assertEquals(socket.state.value, "waiting");
  await clock.tick(30_000);
  latest().open();
  latest().say({ type: "heartbeat" });
  latest().end(SOCKET_CLOSE.closing);
  assertEquals(socket.secondsLeft.value, 1);
  await clock.tick(1000);
  latest().end(SOCKET_CLOSE.revoked);
  assertEquals([socket.state.value, clock.waiting], ["stopped", 0]);
});

Deno.test("stopping a run offline is made up for, and messages can be taken back", () => {
  const { socket, latest, storage } = setUp();
  socket.cancel("r");
  const id = socket.send({ content: "hi" });
  const other = socket.send({ content: "no" });
  assertEquals([socket.discard(other), storage.length], [true, 1]);
  socket.start();
  latest().open();
  assertEquals(latest().requests.map(({ type }) => type), ["cancel", "inference"]);
  assertEquals([socket.discard(id), socket.discard("nothing")], [false, false]);
  socket.stop();
});

Deno.test("what the server would refuse anyway is refused at once", () => {
  const { socket, storage } = setUp();
  assertThrows(() => socket.send({ content: " " }), FreshetError, "empty");
  assertThrows(() => socket.send({ content: "x".repeat(1024 * 1024) }), FreshetError, "too long");
  assertEquals([socket.queued.value, storage.length], [[], 0]);
});

Deno.test("damaged and foreign values of the storage are left alone, a full one costs nothing but the reload", () => {
  const storage = new FakeStorage();
  storage.setItem("freshet:outbox:1", "{");
  storage.setItem("freshet:outbox:2", '{"id":3}');
  storage.setItem("freshet:draft:new", "text");
  storage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const { socket } = setUp(storage);
  assertEquals(socket.queued.value, []);
  socket.send({ content: "hi" });
  assert(socket.queued.value.length === 1);
});
