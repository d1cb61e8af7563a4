import { assert, assertEquals } from "@std/assert";
import { ChatSocket, type ChatSocketOptions } from "../../lib/client/socket/mod.ts";
import { FakeStorage } from "../../lib/client/socket/testing.ts";
import {
  type ApiKeyView,
  type Chat,
  type ChatList,
  isRunMessage,
  type MessagePage,
  type RunSnapshot,
  SOCKET_CLOSE,
  SOCKET_MESSAGE_MAX,
  type SocketMessage,
  socketProtocols,
} from "../../lib/shared/mod.ts";
import type { AppConfig } from "../../lib/app/mod.ts";
import { cookieFor } from "../cookies.ts";
import { startApp, type TestApp } from "../harness.ts";
import { handshake, RawClient } from "./raw_socket.ts";
import { TcpProxy } from "./tcp_proxy.ts";

const SESSIONS = "/api/chat/sessions";
const LONG = "/pace 5 /long 2000";

interface Served extends AsyncDisposable {
  app: TestApp;
  port: number;
}

/** An app on a port of its own. */
async function serve(config: Partial<AppConfig> = {}): Promise<Served> {
  const app = await startApp(config);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.handler);
  return {
    app,
    port: server.addr.port,
    async [Symbol.asyncDispose]() {
      await app.services.drain(0);
      await server.shutdown();
      await app.services.close();
    },
  };
}

const isEnd = (message: SocketMessage) => message.type === "status" && message.status === "end";
const isOpen = ({ type }: SocketMessage) => type === "heartbeat";
const textOf = (messages: SocketMessage[]) =>
  messages.map((message) => message.type === "token" ? message.text : "").join("");

/** A `ChatSocket` that comes back quickly, with all that it was told. */
function connect(port: number, more: Partial<ChatSocketOptions> = {}) {
  const messages: SocketMessage[] = [];
  let wake = () => {};
  const socket = new ChatSocket({
    url: `ws://127.0.0.1:${port}/chat`,
    random: () => -0.45,
    onMessage: (message) => {
      messages.push(message);
      wake();
    },
    ...more,
  });
  const until = async (test: () => boolean) => {
    while (!test()) await new Promise<void>((resolve) => wake = resolve);
  };
  return { socket, messages, until };
}

Deno.test("a message is answered over a WebSocket, and GET /chat stays what it was", async () => {
  await using served = await serve();
  const client = new RawClient(served.port);
  await client.until(isOpen);
  client.send({
    type: "inference",
    id: "one",
    content: '/pace 5 /say "Hello there"',
    model: "sketch",
    timestamp: 1,
  });
  await client.until(isEnd);
  const accepted = await client.until(({ type }) => type === "accepted");
  assert(accepted.type === "accepted");
  assertEquals([accepted.id, accepted.timestamp, textOf(client.messages)], ["one", 1, "Hello there"]);
  assert(client.messages.some(({ type }) => type === "node"));
  const { messages } = await served.app.json<MessagePage>("GET", `${SESSIONS}/${accepted.chatId}/messages`);
  assertEquals(messages.map(({ text, status }) => [text, status]), [
    ['/pace 5 /say "Hello there"', "complete"],
    ["Hello there", "complete"],
  ]);
  assertEquals(messages.at(-1)?.id, accepted.messageId);
  await client.close();
  const page = await fetch(`http://127.0.0.1:${served.port}/chat`, { redirect: "manual" });
  assertEquals([page.status, page.headers.get("location")], [303, "/"]);
  await page.body?.cancel();
});

Deno.test("a cut in mid-answer loses and repeats nothing", async () => {
  await using served = await serve();
  await using proxy = new TcpProxy(served.port);
  const { socket, messages, until } = connect(proxy.port);
  socket.start();
  socket.send({ content: LONG });
  const seen = () => textOf(messages).length;
  for (const length of [50, 200, 500, 900]) {
    await until(() => seen() > length);
    proxy.cut();
  }
  await until(() => messages.some(isEnd));
  socket.stop();
  const run = messages.find(isRunMessage);
  const { state } = await served.app.json<RunSnapshot>("GET", `/api/runs/${run?.runId}`);
  assertEquals([textOf(messages), state.status], [state.text, "complete"]);
  assert(state.text.length > 1500, `only ${state.text.length} characters`);
  let last = 0;
  for (const { firstSeq, seq } of messages.filter(isRunMessage)) {
    assertEquals(firstSeq ?? seq, last + 1);
    last = seq;
  }
  assert(messages.filter(isOpen).length >= 5, "the connection was cut four times");
});

Deno.test("messages written offline are delivered once, over reloads and lost answers", async () => {
  await using served = await serve();
  await using proxy = new TcpProxy(served.port);
  const storage = new FakeStorage();
  proxy.isOffline = true;
  const before = connect(proxy.port, { storage });
  const chat = await served.app.json<Chat>("POST", SESSIONS, {});
  before.socket.send({ content: '/pace 0 /say "one"', chatId: chat.id });
  before.socket.send({ content: '/pace 0 /say "two"', chatId: chat.id });
  before.socket.send({ content: '/pace 0 /say "three"' });
  before.socket.start();
  before.socket.stop();
  assertEquals(storage.length, 3);
  proxy.isOffline = false;
  // Sent, but the line breaks before the client hears that they were taken; its storage still has them.
  const lost = new FakeStorage();
  for (const [key, value] of storage.values) lost.setItem(key, value);
  const first = connect(proxy.port, { storage: lost });
  first.socket.start();
  await first.until(() => first.messages.some(({ type }) => type === "accepted"));
  proxy.cut();
  first.socket.stop();

  const { socket, messages, until } = connect(proxy.port, { storage });
  socket.start();
  await until(() => messages.filter(isEnd).length === 3);
  socket.stop();
  assertEquals([storage.length, socket.queued.value.length], [0, 0]);
  const { messages: branch } = await served.app.json<MessagePage>("GET", `${SESSIONS}/${chat.id}/messages`);
  assertEquals(branch.map(({ text }) => text), ['/pace 0 /say "one"', "one", '/pace 0 /say "two"', "two"]);
  assertEquals((await served.app.json<ChatList>("GET", SESSIONS)).chats.length, 2);
});

Deno.test("pages of other sites and foreign hosts are refused", async () => {
  await using served = await serve();
  const status = async (headers: Record<string, string>) => {
    const { status, body } = await handshake(served.port, headers);
    return [status, body.error?.code];
  };
  const here = `127.0.0.1:${served.port}`;
  assertEquals(await status({}), [101, undefined]);
  assertEquals(await status({ origin: `http://${here}` }), [101, undefined]);
  for (
    const origin of [
      "https://evil.example",
      "null",
      `http://127.0.0.1:${served.port + 1}`,
      `http://localhost:${served.port}`,
    ]
  ) {
    assertEquals(await status({ origin }), [403, "forbidden"]);
  }
  assertEquals(await status({ "sec-fetch-site": "cross-site" }), [403, "forbidden"]);
  assertEquals(await status({ host: "evil.example", origin: "http://evil.example" }), [403, "forbidden"]);
  assertEquals(await status({ "sec-websocket-key": "" }), [400, "invalid_request"]);
});

Deno.test("keys and the token open it, by header, subprotocol or cookie; others do not", async () => {
  await using served = await serve({ token: "secret token" });
  const { services } = served.app;
  const { localPrincipal } = await import("../../lib/access/mod.ts");
  const key = await services.apiKeys.create(localPrincipal, "chats", ["chat"]);
  const other = await services.apiKeys.create(localPrincipal, "models", ["models"]);
  const status = async (headers: Record<string, string>) => (await handshake(served.port, headers)).status;
  const offer = (secret: string) => ({ "sec-websocket-protocol": socketProtocols(secret).join(", ") });
  assertEquals(await status({}), 401);
  assertEquals(await status({ authorization: `Bearer ${key.secret}` }), 101);
  assertEquals(await status({ "x-api-key": key.secret }), 101);
  assertEquals(await status({ cookie: await cookieFor(services) }), 101);
  assertEquals(await status(offer("fsh_unknown")), 401);
  assertEquals(await status(offer("wrong")), 401);
  assertEquals(await status(offer(other.secret)), 403);
  const { status: opened, headers } = await handshake(served.port, offer(key.secret));
  assertEquals([opened, /sec-websocket-protocol: freshet\.chat\.v1\r\n/i.test(headers)], [101, true]);
  assert(!headers.includes("bearer."), "the secret is sent back");
});

Deno.test("a revoked key ends its sockets and their coming back; its run goes on", async () => {
  await using served = await serve({ token: "secret" });
  const { services } = served.app;
  const { localPrincipal } = await import("../../lib/access/mod.ts");
  const key: ApiKeyView & { secret: string } = await services.apiKeys.create(localPrincipal, "chats", [
    "chat",
  ]);
  const { socket, messages, until } = connect(served.port, { secret: key.secret });
  const raw = new RawClient(served.port, socketProtocols(key.secret));
  await raw.until(isOpen);
  socket.start();
  socket.send({ content: LONG });
  await until(() => textOf(messages) !== "");
  const run = messages.find(isRunMessage);
  await services.apiKeys.delete(localPrincipal, key.id);
  assertEquals((await raw.closed).code, SOCKET_CLOSE.revoked);
  while (socket.state.value !== "stopped") await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals((await services.runs.get(localPrincipal, run?.runId ?? "")).status, "running");
  await services.runs.cancel(localPrincipal, run?.runId ?? "");
});

Deno.test("a server that ends says so, and its runs can be taken up at the next one", async () => {
  const folder = await Deno.makeTempDir();
  let target: Served = await serve({ dataFolder: folder });
  const raw = new RawClient(target.port);
  await raw.until(isOpen);
  raw.send({ type: "inference", content: LONG });
  await raw.until(({ type }) => type === "token");
  const run = raw.messages.find(isRunMessage);
  await target[Symbol.asyncDispose]();
  assertEquals((await raw.closed).code, SOCKET_CLOSE.closing);
  target = await serve({ dataFolder: folder });
  const { socket, messages, until } = connect(target.port);
  const last = raw.messages.filter(isRunMessage).at(-1);
  socket.follow(run?.runId ?? "", last?.seq ?? 0);
  if (raw.messages.some(isEnd)) messages.push(...raw.messages.filter(isEnd));
  else {
    socket.start();
    await until(() => messages.some(isEnd));
    socket.stop();
  }
  const end = messages.find(isEnd);
  assert(end?.type === "status" && end.status === "end");
  const { state } = await target.app.json<RunSnapshot>("GET", `/api/runs/${run?.runId}`);
  assertEquals([end.outcome, textOf([...raw.messages, ...messages])], ["interrupted", state.text]);
  await target[Symbol.asyncDispose]();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("malformed and oversized messages are answered, and the socket stays", async () => {
  await using served = await serve();
  const client = new RawClient(served.port);
  await client.until(isOpen);
  client.send("{");
  client.send('{"type":"inference","id":"i"}');
  client.socket.send(new Uint8Array(8));
  client.send(JSON.stringify({ type: "inference", content: "x".repeat(SOCKET_MESSAGE_MAX) }));
  client.send({ type: "resume", runId: "nowhere", seq: 0 });
  await client.until((message) => message.type === "error" && message.runId === "nowhere");
  client.send({ type: "ping" });
  await client.until(({ type }) => type === "pong");
  const errors = client.messages.flatMap((message) => message.type === "error" ? [message] : []);
  assertEquals(errors.map(({ error, id }) => [error.code, error.field, id]), [
    ["invalid_request", undefined, undefined],
    ["invalid_request", "content", "i"],
    ["invalid_request", undefined, undefined],
    ["payload_too_large", undefined, undefined],
    ["not_found", undefined, undefined],
  ]);
  await client.close();
});
