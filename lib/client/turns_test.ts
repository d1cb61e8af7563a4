import { signal } from "@preact/signals";
import { assert, assertEquals } from "@std/assert";
import type { Chat } from "../shared/mod.ts";
import { ChatModel } from "./chat_model.ts";
import { Composer } from "./composer.ts";
import { Drafts } from "./drafts.ts";
import { textsOf, translateWith } from "../shared/texts/mod.ts";
import { FileList } from "./file_list.ts";
import { Outbox } from "./outbox/outbox.ts";
import { FakeClock, settle } from "./testing/fake_clock.ts";
import { failure, FakeServer, FakeStream } from "./testing/fake_server.ts";
import { sampleChat, sampleTurn } from "./testing/samples.ts";
import { Turns } from "./turns.ts";

function setUp(
  chat: Chat | null = sampleChat(),
  newChat: { temporary?: true; folderId?: string } = { temporary: true },
) {
  const clock = new FakeClock();
  const server = new FakeServer();
  server.on("GET /api/runs/*/events", ({ signal }) => new FakeStream(signal).response);
  server.on("POST /api/chat/sessions/*/messages", () => sampleTurn(null));
  const model = new ChatModel({
    chat,
    page: { messages: [], before: null },
    running: null,
    api: server.api,
    clock,
    smooth: () => true,
  });
  const made: string[] = [];
  const outbox = new Outbox("local", undefined);
  const waiting: boolean[] = [];
  const lost = signal(false);
  const turns = new Turns({
    model,
    api: server.api,
    clock,
    settings: () => ({ temperature: 0.3 }),
    newChat: () => newChat,
    outbox,
    isLost: () => lost.value,
    onChatMade: ({ id }, isOpen) => isOpen && made.push(id),
    onWaiting: (wasTried) => waiting.push(wasTried),
  });
  const kept = new Map<string, string>();
  const drafts = new Drafts({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  });
  const files = new FileList(server.api);
  const composer = new Composer({
    model,
    turns,
    files,
    drafts,
    clock,
    t: translateWith(textsOf("en", ["common", "chat"])),
  });
  return { clock, server, model, turns, made, composer, files, kept, outbox, waiting, lost };
}

Deno.test("the first message makes the chat, with its settings, and is then sent", async () => {
  const { server, model, turns, made } = setUp(null);
  server.on("POST /api/chat/sessions", () => sampleChat("c1"));
  assert(await turns.send("Hello"));
  assertEquals(server.log.slice(0, 2), ["POST /api/chat/sessions", "POST /api/chat/sessions/c1/messages"]);
  assertEquals(server.asked[0]?.body, { settings: { temperature: 0.3 }, temporary: true });
  assertEquals(server.asked[1]?.body, { text: "Hello", settings: { temperature: 0.3 } });
  assertEquals([made, model.branch.value.messages.length], [["c1"], 2]);
});

Deno.test("where its folder was deleted meanwhile, a new chat is made in none", async () => {
  const { server, turns } = setUp(null, { folderId: "gone" });
  server.on("POST /api/chat/sessions", ({ body }) => {
    return "folderId" in (body as object)
      ? failure(400, "invalid_request", { field: "folderId" })
      : sampleChat("c1");
  });
  assert(await turns.send("Hello"));
  assertEquals(server.log.slice(1, 3), ["POST /api/chat/sessions", "POST /api/chat/sessions/c1/messages"]);
  assertEquals(turns.problem.value, null);
});

Deno.test("a message is shown while it is on its way, and nothing else is sent meanwhile", async () => {
  const { turns, server } = setUp();
  const sending = turns.send("Hello");
  assertEquals(turns.pending.value?.body.text, "Hello");
  assertEquals(await turns.send("Again"), false);
  await sending;
  assertEquals([turns.pending.value, server.log.filter((entry) => entry.endsWith("/messages")).length], [
    null,
    1,
  ]);
});

Deno.test("without an answer the message waits in the outbox, and goes again with the keys it was written with", async () => {
  const { turns, server, outbox, waiting, model } = setUp(null);
  server.on("POST /api/chat/sessions", () => sampleChat("c1"));
  server.on("POST /api/chat/sessions/*/messages", () => {
    throw new TypeError("fetch failed");
  });
  assert(await turns.send("Hello"));
  assertEquals([turns.problem.value, turns.pending.value, waiting], [null, null, [true]]);
  const [message] = outbox.messages.value;
  assert(message);
  assertEquals([message.body.text, message.chatId, message.waiting, message.error], [
    "Hello",
    "c1",
    true,
    undefined,
  ]);
  server.on("POST /api/chat/sessions/*/messages", () => sampleTurn(null));
  assertEquals(await turns.submit(message), null);
  const keys = server.asked.map((
    { path, headers },
  ) => [path.split("/").at(-1), headers.get("idempotency-key")]);
  assertEquals(keys.slice(0, 3), [
    ["sessions", message.chatKey],
    ["messages", message.id],
    ["messages", message.id],
  ]);
  assertEquals([outbox.messages.value, model.branch.value.messages.length], [[], 2]);
});

Deno.test("an answer that breaks off in its middle is none", async () => {
  const { turns, server, outbox } = setUp();
  server.on("POST /api/chat/sessions/*/messages", () => new Response('{"chat":'));
  assert(await turns.send("Hello"));
  assertEquals(outbox.messages.value.map(({ body, error }) => [body.text, error]), [["Hello", undefined]]);
});

Deno.test("what is written behind a waiting message waits too", async () => {
  const { turns, server, outbox, waiting } = setUp();
  server.on("POST /api/chat/sessions/*/messages", () => {
    throw new TypeError("fetch failed");
  });
  await turns.send("One");
  await turns.send("Two");
  assertEquals(outbox.messages.value.map(({ body, triedAt }) => [body.text, triedAt]), [
    ["One", 0],
    ["Two", undefined],
  ]);
  assertEquals([waiting, server.log.length], [[true, false], 1]);
});

Deno.test("behind an answer of which nothing is heard any more the next message can be written", async () => {
  const { composer, outbox, server, lost } = setUp();
  composer.setText("One");
  await composer.send();
  composer.setText("Two");
  assertEquals(composer.canSend.value, false);
  lost.value = true;
  assertEquals(composer.canSend.value, true);
  await composer.send();
  assertEquals(outbox.messages.value.map(({ body }) => body.text), ["Two"]);
  assertEquals(server.log.filter((entry) => entry.endsWith("/messages")).length, 1);
});

Deno.test("an error of the server that leaves open what it did keeps the message with its key", async () => {
  const { composer, turns, server, outbox } = setUp();
  server.on("POST /api/chat/sessions/*/messages", () => failure(500, "internal"));
  composer.setText("Hello");
  await composer.send();
  assertEquals([composer.text.value, turns.problem.value], ["", null]);
  assertEquals(outbox.messages.value.map(({ error }) => error?.code), ["internal"]);
});

Deno.test("nothing is sent while one of its files waits for the connection", async () => {
  const { composer, files, server, turns } = setUp();
  server.on("POST /api/attachments", () => {
    throw new TypeError("fetch failed");
  });
  await files.add([new File(["a"], "a.md")]);
  composer.setText("Read this");
  await composer.send();
  assertEquals([composer.text.value, turns.problem.value?.code], ["Read this", "unreachable"]);
  server.on("POST /api/attachments", () => ({ id: "id-a", name: "a.md", tokens: 3, kind: "text" }));
  await files.retry();
  await composer.send();
  const sent = server.asked.find(({ path }) => path.endsWith("/messages"))?.body;
  assertEquals((sent as { attachmentIds: string[] }).attachmentIds, ["id-a"]);
});

Deno.test("an edit goes below the parent of what it replaces", async () => {
  const { turns, server } = setUp();
  await turns.send("Better", [], null);
  assertEquals(server.asked[0]?.body, { text: "Better", settings: { temperature: 0.3 }, parentId: null });
});

Deno.test("a rate limit counts down, holds sending back and then goes", async () => {
  const { clock, composer, server, turns } = setUp();
  server.on("POST /api/chat/sessions/*/messages", () => failure(429, "rate_limited", { retryAfter: 5 }));
  composer.setText("Hello");
  await composer.send();
  assertEquals([turns.secondsToWait.value, turns.problem.value?.code], [5, "rate_limited"]);
  assertEquals([composer.text.value, composer.canSend.value], ["Hello", false]);
  composer.setText("Hello!");
  assertEquals(turns.problem.value?.code, "rate_limited");
  await clock.tick(2_000);
  assertEquals(turns.secondsToWait.value, 3);
  await clock.tick(3_000);
  assertEquals([turns.problem.value, composer.canSend.value], [null, true]);
});

Deno.test("what could not be sent comes back, before what was typed since", async () => {
  const { composer, server, turns } = setUp();
  let refuse = () => {};
  server.on(
    "POST /api/chat/sessions/*/messages",
    () =>
      new Promise((resolve) => refuse = () => resolve(failure(400, "invalid_request", { field: "text" }))),
  );
  composer.setText("First");
  const sending = composer.send();
  assertEquals(composer.text.value, "");
  await settle();
  composer.setText("second");
  refuse();
  await sending;
  assertEquals(composer.text.value, "First\nsecond");
  assertEquals(turns.problem.value?.field, "text");
  composer.setText("other");
  assertEquals(turns.problem.value, null);
});

Deno.test("a draft survives, by chat, until it is sent", async () => {
  const { clock, composer, kept } = setUp();
  composer.setText("Not yet");
  await clock.tick(300);
  assertEquals([...kept], [["freshet:draft:c1", "Not yet"]]);
  const later = setUp();
  later.kept.set("freshet:draft:c1", "Not yet");
  later.composer.restoreDraft();
  assertEquals(later.composer.text.value, "Not yet");
  await later.composer.send();
  assertEquals([...later.kept], []);
});

Deno.test("files go with the message; one that failed does not, and nothing is sent while one is on its way", async () => {
  const { composer, files, server } = setUp();
  server.on("POST /api/attachments", ({ body }) => {
    const file = body instanceof FormData ? body.get("file") : null;
    const name = file instanceof File ? file.name : "";
    return name.endsWith(".exe")
      ? failure(415, "unsupported_media")
      : { id: `id-${name}`, name, tokens: 3, kind: "text" };
  });
  const adding = files.add([new File(["a"], "a.md"), new File(["b"], "b.exe")]);
  composer.setText("Read this");
  assertEquals([files.uploading.value, composer.canSend.value], [true, false]);
  await adding;
  assertEquals(files.files.value.map(({ error }) => error?.code), [undefined, "unsupported_media"]);
  await composer.send();
  const sent = server.asked.find(({ path }) => path.endsWith("/messages"))?.body;
  assertEquals((sent as { attachmentIds: string[] }).attachmentIds, ["id-a.md"]);
  assertEquals(files.files.value, []);
});

Deno.test("stop cancels the run that is being written", async () => {
  const { server, turns } = setUp();
  server.on("POST /api/runs/r1/cancel", () => ({}));
  await turns.stop();
  await turns.send("Hello");
  await turns.stop();
  assertEquals(server.log.filter((entry) => entry.includes("cancel")), ["POST /api/runs/r1/cancel"]);
});

Deno.test("what another tab sends while we send is fetched afterwards, what is ours is not", async () => {
  const { turns, server, model } = setUp();
  let answer = () => {};
  server.on(
    "POST /api/chat/sessions/*/messages",
    () => new Promise((resolve) => answer = () => resolve(sampleTurn(null))),
  );
  server.on("GET /api/chat/sessions/c1/messages", () => ({ messages: [], before: null }));
  for (const runIds of [["r1"], ["r1", "r2"]]) {
    const asked = server.asked.length;
    const sending = turns.send("Hello");
    for (const runId of runIds) turns.hear({ type: "messages:changed", chatId: "c1", runId });
    turns.hear({ type: "messages:changed", chatId: "c2" });
    answer();
    await sending;
    await settle();
    const fetched = server.log.slice(asked).filter((line) => line.startsWith("GET /api/chat"));
    assertEquals(fetched.length, runIds.length - 1);
    model.reset();
    model.chat.value = sampleChat();
  }
});
