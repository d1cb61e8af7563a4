import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { isRunMessage, SOCKET_CLOSE, type SocketMessage, type SocketRequest } from "../shared/mod.ts";
import { localPrincipal } from "../access/mod.ts";
import { type ChatBench, saying, withChats } from "../chats/testing.ts";
import { silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { Audience } from "./audience.ts";
import { Connection } from "./connection.ts";
import { Inferences } from "./inference.ts";
import { FakeSocket, textOf } from "./testing.ts";

interface Client {
  socket: FakeSocket;
  connection: Connection;
  ask(request: SocketRequest): void;
  /** Lets time pass until a message is there. */
  until<T extends SocketMessage>(test: (message: SocketMessage) => message is T): Promise<T>;
}

type Accepted = Extract<SocketMessage, { type: "accepted" }>;
type Refused = Extract<SocketMessage, { type: "error" }>;
const isAccepted = (message: SocketMessage) => message.type === "accepted";
const isError = (message: SocketMessage) => message.type === "error";
const isEnd = (
  message: SocketMessage,
): message is Extract<SocketMessage, { type: "status"; status: "end" }> =>
  message.type === "status" && message.status === "end";

/** Connects clients to chats of their own. */
async function withClients(fn: (connect: () => Client, bench: ChatBench, clock: FakeClock) => Promise<void>) {
  const clock = new FakeClock();
  await withChats(async (bench) => {
    const inferences = new Inferences({ ...bench, budgets: { check: () => {} } });
    const audience = new Audience();
    const open: Connection[] = [];
    const connect = (): Client => {
      const socket = new FakeSocket();
      const { runs } = bench;
      const options = {
        socket,
        principal: localPrincipal,
        runs,
        inferences,
        audience,
        clock,
        log: silentLog,
      };
      const connection = new Connection(options);
      open.push(connection);
      return {
        socket,
        connection,
        ask: (request) => connection.receive(JSON.stringify(request)),
        until: async (test) => {
          for (let i = 0; i < 500; i++) {
            const found = socket.messages.find(test);
            if (found) return found;
            await clock.advance(16);
          }
          throw new Error(`Waited in vain; came ${JSON.stringify(socket.messages)}`);
        },
      };
    };
    await fn(connect, bench, clock);
    for (const connection of open) connection.release();
  }, clock);
}

Deno.test("a message makes a chat, is answered, and the answer comes with its run", async () => {
  await withClients(async (connect, bench) => {
    bench.script = saying("Hello there");
    const { socket, ask, until } = connect();
    ask({ type: "inference", id: "one", content: "hi", model: "m", timestamp: 7 });
    const end = await until(isEnd);
    const [accepted] = socket.messages;
    assert(accepted?.type === "accepted");
    assertEquals([accepted.id, accepted.timestamp, accepted.runId], ["one", 7, end.runId]);
    assertEquals([textOf(socket.messages), end.outcome, end.finishReason], [
      "Hello there",
      "complete",
      "stop",
    ]);
    const chat = await bench.chats.get(localPrincipal, accepted.chatId);
    assertEquals(chat.settings, { model: "m" });
    assertEquals(await bench.texts(accepted.chatId), ["hi", "Hello there"]);
    const seqs = socket.messages.filter(isRunMessage).map(({ firstSeq, seq }) => [firstSeq ?? seq, seq]);
    for (const [i, [first]] of seqs.entries()) assertEquals(first, (seqs[i - 1]?.[1] ?? 0) + 1);
  });
});

Deno.test("the same id is one message, on one socket or several, at once or later", async () => {
  await withClients(async (connect, bench) => {
    const clients = [connect(), connect(), connect()];
    for (const { ask } of clients) {
      ask({ type: "inference", id: "same", content: "hi" });
      ask({ type: "inference", id: "same", content: "hi" });
    }
    for (const { until } of clients) await until(isEnd);
    const late = connect();
    late.ask({ type: "inference", id: "same", content: "hi" });
    await late.until(isEnd);
    const accepted = [...clients, late].flatMap(({ socket }) =>
      socket.messages.filter(isAccepted)
    ) as Accepted[];
    assertEquals([accepted.length, new Set(accepted.map(({ runId }) => runId)).size], [7, 1]);
    for (const { socket } of [...clients, late]) {
      // Who asks once more after the end is told all of it once more, with the same numbers.
      const once = new Map(socket.messages.filter(isRunMessage).map((message) => [message.seq, message]));
      assertEquals(textOf([...once.values()]), "hello");
    }
    assertEquals((await bench.chats.list(localPrincipal)).chats.length, 1);
    assertEquals(await bench.texts(accepted[0]?.chatId ?? ""), ["hi", "hello"]);
  });
});

Deno.test("a message before its time is put off, other refusals are for good", async () => {
  await withClients(async (connect, bench) => {
    const { promise: over, resolve: finish } = Promise.withResolvers<void>();
    bench.script = async function* () {
      yield { type: "text", text: "a" };
      await over;
      yield { type: "finish", reason: "stop" };
    };
    const { ask, until, socket } = connect();
    ask({ type: "inference", id: "one", content: "hi" });
    const { chatId } = await until((message) => message.type === "accepted");
    ask({ type: "inference", id: "two", content: "and?", chatId });
    ask({ type: "inference", id: "three", content: "hi", chatId: "nowhere" });
    await until((message): message is Refused =>
      isError(message) && "id" in message && message.id === "three"
    );
    finish();
    await until(isEnd);
    const refused = socket.messages.filter(isError) as Refused[];
    assertEquals(refused.map(({ id, error }) => [id, error.code, error.retryAfter]), [
      ["two", "conflict", 1],
      ["three", "not_found", undefined],
    ]);
    assertEquals(await bench.texts(chatId), ["hi", "a"]);
  });
});

Deno.test("a run is resumed after any event, live or ended, with nothing twice and nothing missing", async () => {
  await withClients(async (connect, bench, clock) => {
    bench.script = async function* (_request, signal) {
      for (let i = 0; i < 40; i++) {
        const { promise, resolve } = Promise.withResolvers<void>();
        clock.after(20, resolve);
        signal.addEventListener("abort", () => resolve(), { once: true });
        await promise;
        yield { type: "text", text: `${i} ` };
      }
      yield { type: "finish", reason: "stop" };
    };
    const whole = Array.from({ length: 40 }, (_, i) => `${i} `).join("");
    const first = connect();
    first.ask({ type: "inference", content: "count" });
    const { runId } = await first.until((message) => message.type === "accepted");
    await clock.advance(300);
    const resumed = [connect(), connect(), connect()];
    const seen = first.socket.messages.filter(isRunMessage);
    const cuts = [0, Math.floor(seen.length / 2), seen.length - 1];
    for (const [i, { ask }] of resumed.entries()) {
      ask({ type: "resume", runId, seq: i === 0 ? 0 : seen[cuts[i] ?? 0]?.seq ?? 0 });
    }
    await first.until(isEnd);
    const all = first.socket.messages.filter(isRunMessage);
    assertEquals(textOf(all), whole);
    for (const [i, { until, socket }] of resumed.entries()) {
      await until(isEnd);
      const before = i === 0 ? [] : seen.slice(0, (cuts[i] ?? 0) + 1);
      assertEquals(textOf([...before, ...socket.messages]), whole);
    }
    for (const { seq } of all) {
      const late = connect();
      late.ask({ type: "resume", runId, seq });
      const end = await late.until(isEnd);
      assertEquals([end.outcome, end.seq], ["complete", all.at(-1)?.seq ?? 0]);
      assertEquals(textOf([...all.filter((message) => message.seq <= seq), ...late.socket.messages]), whole);
    }
  });
});

Deno.test("what cannot be resumed is told with its run", async () => {
  await withClients(async (connect, bench) => {
    const operation = bench.store.kv.atomic();
    const subject = { type: "project", projectId: "p", versionId: "v" } as const;
    const project = bench.runs.prepare(localPrincipal, subject, operation);
    await operation.commit();
    bench.script = async function* (_request, signal) {
      yield { type: "text", text: "a" };
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      signal.throwIfAborted();
    };
    const { ask, until, socket } = connect();
    ask({ type: "resume", runId: "nowhere", seq: 3 });
    ask({ type: "cancel", runId: "nowhere" });
    ask({ type: "resume", runId: project.info.id, seq: 0 });
    ask({ type: "inference", content: "hi" });
    const { runId } = await until((message) => message.type === "accepted");
    ask({ type: "resume", runId, seq: 0 });
    ask({ type: "cancel", runId });
    assertEquals((await until(isEnd)).outcome, "cancelled");
    const refused = socket.messages.filter(isError) as Refused[];
    assertEquals(refused.map((message) => [message.runId, message.error.code]), [
      ["nowhere", "not_found"],
      ["nowhere", "not_found"],
      [project.info.id, "invalid_request"],
      [runId, "conflict"],
    ]);
  });
});

Deno.test("a client that does not read holds up nobody, keeps nothing in memory and gets it all in the end", async () => {
  await withClients(async (connect, bench, clock) => {
    const piece = "0123456789abcdef".repeat(1000);
    const count = 100;
    bench.script = async function* () {
      for (let i = 0; i < count; i++) yield await Promise.resolve({ type: "text", text: piece });
      yield { type: "finish", reason: "stop" };
    };
    const slow = connect();
    const fast = connect();
    slow.socket.isStuck = true;
    slow.ask({ type: "inference", content: "hi" });
    while (!slow.socket.messages.some(isAccepted)) await clock.advance(16);
    const [{ runId = "" } = {}] = slow.socket.messages.filter(isAccepted) as Accepted[];
    fast.ask({ type: "resume", runId, seq: 0 });
    await fast.until(isEnd);
    assertEquals(textOf(fast.socket.messages).length, piece.length * count);
    assert(slow.socket.bufferedAmount < 700_000, `${slow.socket.bufferedAmount} bytes wait`);
    slow.socket.drain();
    await slow.until(isEnd);
    assertEquals(textOf(slow.socket.messages), piece.repeat(count));
    const frames = slow.socket.frames.map((frame) => JSON.stringify(frame).length);
    assert(Math.max(...frames) < 500_000, `a frame of ${Math.max(...frames)} characters`);
  });
});

Deno.test("a client that reads nothing for too long is closed, and its run goes on", async () => {
  await withClients(async (connect, bench, clock) => {
    bench.script = saying("x".repeat(1_000_000));
    const { ask, socket, until } = connect();
    socket.isStuck = true;
    ask({ type: "inference", content: "hi" });
    const { chatId } = await until((message) => message.type === "accepted");
    // The time runs from the first message that does not get out, which the model has yet to write.
    for (let i = 0; i < 200 && !socket.closed; i++) await clock.advance(1_000);
    assertEquals(socket.closed?.code, SOCKET_CLOSE.tooSlow);
    for (let i = 0; i < 500 && (await bench.texts(chatId)).at(-1) === ""; i++) await clock.advance(16);
    assertEquals((await bench.texts(chatId)).at(-1)?.length, 1_000_000);
  });
});

Deno.test("closing a socket leaves its run alone", async () => {
  await withClients(async (connect, bench, clock) => {
    const { promise: over, resolve: finish } = Promise.withResolvers<void>();
    bench.script = async function* () {
      yield { type: "text", text: "a" };
      await over;
      yield { type: "text", text: "b" };
      yield { type: "finish", reason: "stop" };
    };
    const { ask, until, connection, socket } = connect();
    ask({ type: "inference", content: "hi" });
    const { chatId } = await until((message) => message.type === "accepted");
    connection.close(1001, "bye");
    const sent = socket.messages.length;
    finish();
    while ((await bench.texts(chatId)).at(-1) !== "ab") await clock.advance(16);
    ask({ type: "ping" });
    await clock.advance(100);
    assertEquals([socket.closed, socket.messages.length], [{ code: 1001, reason: "bye" }, sent]);
  });
});

Deno.test("whatever is wrong is answered in the one shape; who floods is put off and then closed", async () => {
  await withClients(async (connect, _bench, clock) => {
    const { connection, ask, socket } = connect();
    connection.receive("{");
    connection.receive(JSON.stringify({ type: "inference", id: "i", content: 3 }));
    ask({ type: "ping" });
    await clock.advance(16);
    const [malformed, wrong, pong] = socket.messages;
    assert(malformed?.type === "error" && wrong?.type === "error");
    assertEquals([malformed.error.code, malformed.id], ["invalid_request", undefined]);
    assertStringIncludes(malformed.error.message, "Cannot parse the message as JSON");
    assertEquals([wrong.error.code, wrong.error.field, wrong.id], ["invalid_request", "content", "i"]);
    assertEquals(pong, { type: "pong" });
    for (let i = 0; i < 130; i++) connection.receive(JSON.stringify({ type: "resume", runId: "x" }));
    await clock.advance(100);
    const limited = (socket.messages.filter(isError) as Refused[]).filter(({ error }) =>
      error.code === "rate_limited"
    );
    assert(limited.length > 0 && limited.every(({ runId, error }) => runId === "x" && error.retryAfter));
    await clock.advance(10_000);
    ask({ type: "ping" });
    await clock.advance(16);
    assertEquals(socket.messages.at(-1), { type: "pong" });
    for (let i = 0; i < 400; i++) ask({ type: "ping" });
    assertEquals(socket.closed?.code, SOCKET_CLOSE.flooded);
  });
});
