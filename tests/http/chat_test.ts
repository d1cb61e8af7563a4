import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type {
  Chat,
  ChatList,
  ChatSearchHit,
  MessagePage,
  RunSnapshot,
  StartedRun,
} from "../../lib/shared/mod.ts";
import { SseParser } from "../../lib/shared/mod.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";

const SESSIONS = "/api/chat/sessions";

async function newChat(app: TestApp): Promise<Chat> {
  return await app.json<Chat>("POST", SESSIONS, {}, 201);
}

async function say(
  app: TestApp,
  chatId: string,
  text: string,
  body: Record<string, unknown> = {},
): Promise<StartedRun> {
  return await app.json<StartedRun>("POST", `${SESSIONS}/${chatId}/messages`, { text, ...body }, 202);
}

/** Reads a run's stream to its end: the events with their ids. */
async function events(
  app: TestApp,
  runId: string,
  lastEventId?: string,
): Promise<{ id: string; type: string; text: string }[]> {
  const headers: HeadersInit = lastEventId ? { "last-event-id": lastEventId } : {};
  const response = await app.fetch(`/api/runs/${runId}/events`, { headers });
  assertEquals(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  const parser = new SseParser();
  const found = [];
  for await (const chunk of response.body ?? []) {
    for (const { id = "", event = "", data = "{}" } of parser.push(chunk)) {
      found.push({ id, type: event, text: JSON.parse(data).text ?? "" });
    }
  }
  return found;
}

async function answerOf(app: TestApp, chatId: string): Promise<string> {
  const page = await app.json<MessagePage>("GET", `${SESSIONS}/${chatId}/messages`);
  return page.messages.at(-1)?.text ?? "";
}

Deno.test("a message is answered, streamed with ids, and kept", async () => {
  await using app = await startApp();
  const chat = await newChat(app);
  const { run, user, assistant } = await say(app, chat.id, '/pace 0 /say "Hello there"');
  assertEquals([user?.text, assistant.status], ['/pace 0 /say "Hello there"', "streaming"]);
  const seen = await events(app, run.id);
  assertEquals(seen.map(({ text }) => text).join(""), "Hello there");
  assertEquals(seen.map(({ id }) => id), seen.map((_, i) => `${run.id}.${i + 1}`));
  assertEquals(seen.at(-1)?.type, "end");
  const page = await app.json<MessagePage>("GET", `${SESSIONS}/${chat.id}/messages`);
  const [question, answer] = page.messages;
  assertEquals([question?.role, answer?.role, answer?.status, answer?.text], [
    "user",
    "assistant",
    "complete",
    "Hello there",
  ]);
  assertEquals([answer?.nodeName, answer?.model, answer?.finishReason], ["Sketch", "sketch", "stop"]);
  assert((answer?.usage?.completionTokens ?? 0) > 0 && (answer?.metrics?.durationMs ?? -1) >= 0);
  assertEquals(
    (await app.services.ledger.latest((await import("../../lib/access/mod.ts")).localPrincipal)).length,
    1,
  );
});

Deno.test("a stream can be resumed after any event", async () => {
  await using app = await startApp();
  const chat = await newChat(app);
  const { run } = await say(app, chat.id, "/pace 0 /long 4000");
  const all = await events(app, run.id);
  const whole = all.map(({ text }) => text).join("");
  for (let i = 0; i < all.length; i += Math.max(1, Math.floor(all.length / 7))) {
    const rest = await events(app, run.id, all[i]?.id);
    assertEquals(rest, all.slice(i + 1));
  }
  const snapshot = await app.json<RunSnapshot>("GET", `/api/runs/${run.id}`);
  assertEquals([snapshot.state.text, snapshot.run.status], [whole, "complete"]);
  assertEquals(await answerOf(app, chat.id), whole);
});

Deno.test("the same idempotency key makes one message, also when both come at once", async () => {
  await using app = await startApp();
  const chat = await newChat(app);
  const send = () =>
    app.fetch(`${SESSIONS}/${chat.id}/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": "k1" },
      body: JSON.stringify({ text: "/pace 0 hello" }),
    }).then((response) => response.json()) as Promise<StartedRun>;
  const answers = [...await Promise.all([send(), send(), send()]), await send()];
  assertEquals(new Set(answers.map(({ run }) => run.id)).size, 1);
  await events(app, answers[0]?.run.id ?? "");
  const { messages } = await app.json<MessagePage>("GET", `${SESSIONS}/${chat.id}/messages`);
  assertEquals(messages.map(({ key }) => key), ["k1", undefined]);
});

Deno.test("the same idempotency key makes one chat, also when its answer was lost or all come at once", async () => {
  await using app = await startApp();
  const make = async (body: unknown = {}, key = "k1") => {
    const response = await app.fetch(SESSIONS, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const made = [...await Promise.all([make(), make(), make()]), await make()];
  assertEquals(made.map(({ status }) => status), [201, 201, 201, 201]);
  const [chatId, ...others] = new Set(made.map(({ body }) => (body as Chat).id));
  assertEquals(others, []);
  // As with messages it is the key that counts: what it made first is what it gives.
  assertEquals((await make({ title: "Another" })).body, { ...made[0]?.body });
  assertNotEquals((await make({}, "k2")).body.id, chatId);
  assertEquals((await app.json<ChatList>("GET", SESSIONS)).chats.length, 2);

  await app.fetch(`${SESSIONS}/${chatId}`, { method: "DELETE" }).then((response) => response.body?.cancel());
  assertEquals((await make()).status, 404);
  const tooLong = await make({}, "k".repeat(201));
  assertEquals([tooLong.status, tooLong.body.error.code], [400, "invalid_request"]);
});

Deno.test("a message that comes before its time says when to come again", async () => {
  await using app = await startApp();
  const chat = await newChat(app);
  const { run } = await say(app, chat.id, "/pace 1 /stall after 5 /long 500");
  const early = await app.fetch(`${SESSIONS}/${chat.id}/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: "Next" }),
  });
  const { error } = await early.json();
  assertEquals([early.status, error.code, error.retryAfter], [409, "conflict", 1]);
  await app.fetch(`/api/runs/${run.id}/cancel`, { method: "POST" }).then(({ body }) => body?.cancel());
  await events(app, run.id);
});

Deno.test("an edit and a regeneration make branches that can be switched", async () => {
  await using app = await startApp();
  const chat = await newChat(app);
  const first = await say(app, chat.id, '/pace 0 /say "one"');
  await events(app, first.run.id);
  const edited = await say(app, chat.id, '/pace 0 /say "two"', { parentId: null });
  await events(app, edited.run.id);
  assertEquals(await answerOf(app, chat.id), "two");
  const again = await app.json<StartedRun>(
    "POST",
    `${SESSIONS}/${chat.id}/messages/${edited.assistant.id}/regenerate`,
    undefined,
    202,
  );
  await events(app, again.run.id);
  const page = await app.json<MessagePage>("GET", `${SESSIONS}/${chat.id}/messages`);
  assertEquals(page.messages.map(({ siblings }) => [siblings.index, siblings.ids.length]), [[1, 2], [1, 2]]);
  const back = await app.json<MessagePage>(
    "POST",
    `${SESSIONS}/${chat.id}/messages/${first.user?.id}/select`,
  );
  assertEquals(back.messages.map(({ text }) => text), ['/pace 0 /say "one"', "one"]);
});

Deno.test("stopping keeps the text, continuing goes on in the same message", async () => {
  await using app = await startApp();
  const chat = await newChat(app);
  const { run, assistant } = await say(app, chat.id, "/pace 5 /long 20000");
  const reading = events(app, run.id);
  while ((await app.json<RunSnapshot>("GET", `/api/runs/${run.id}`)).state.text.length < 40) {
    await new Promise((r) => setTimeout(r, 5));
  }
  await app.json("POST", `/api/runs/${run.id}/cancel`, undefined, 204);
  const text = (await reading).map((event) => event.text).join("");
  assertEquals(await answerOf(app, chat.id), text);
  const next = await app.json<StartedRun>(
    "POST",
    `${SESSIONS}/${chat.id}/messages/${assistant.id}/continue`,
    undefined,
    202,
  );
  await app.json("POST", `/api/runs/${next.run.id}/cancel`, undefined, 204);
  await events(app, next.run.id);
  assert((await answerOf(app, chat.id)).startsWith(text));
  assertEquals((await app.json<Chat>("GET", `${SESSIONS}/${chat.id}`)).activeLeafId, assistant.id);
});

Deno.test("a failing model leaves the message with its error, and nothing is lost", async () => {
  await using app = await startApp();
  const chat = await newChat(app);
  const { run } = await say(app, chat.id, "/pace 0 /error rate_limited after 3");
  assertEquals((await events(app, run.id)).at(-1)?.type, "end");
  const { messages } = await app.json<MessagePage>("GET", `${SESSIONS}/${chat.id}/messages`);
  assertEquals([messages[1]?.status, messages[1]?.error?.code], ["failed", "rate_limited"]);
  assertEquals(messages[0]?.text, "/pace 0 /error rate_limited after 3");
});

Deno.test("chats are listed, renamed, pinned, searched, deleted and restored", async () => {
  await using app = await startApp();
  const chats = [];
  for (const word of ["alpha", "beta", "gamma"]) {
    const chat = await newChat(app);
    await events(app, (await say(app, chat.id, `/pace 0 /say "the ${word} answer"`)).run.id);
    chats.push(chat);
  }
  const titles = async () => (await app.json<ChatList>("GET", SESSIONS)).chats.map(({ title }) => title);
  const [alpha, beta] = chats;
  await app.json("PATCH", `${SESSIONS}/${alpha?.id}`, { title: "First", pinned: true });
  assertEquals((await titles())[0], "First");
  const { hits } = await app.json<{ hits: ChatSearchHit[] }>("GET", "/api/chat/search?q=BETA%20answer");
  assertEquals([hits.length > 0, hits[0]?.chat.id], [true, beta?.id]);
  await app.json("DELETE", `${SESSIONS}/${beta?.id}`, undefined, 204);
  assertEquals([(await titles()).length, (await app.fetch(`${SESSIONS}/${beta?.id}`)).status], [2, 404]);
  await app.json("POST", `${SESSIONS}/${beta?.id}/restore`);
  assertEquals((await titles()).length, 3);
  const temporary = await app.json<Chat>("POST", SESSIONS, { temporary: true }, 201);
  assertEquals([(await titles()).length, temporary.temporary], [3, true]);
});

Deno.test("a deleted message goes with all below it and comes back with it", async () => {
  await using app = await startApp();
  const chat = await newChat(app);
  const first = await say(app, chat.id, "/pace 0 one");
  await events(app, first.run.id);
  await events(app, (await say(app, chat.id, "/pace 0 two")).run.id);
  const count = async () =>
    (await app.json<MessagePage>("GET", `${SESSIONS}/${chat.id}/messages`)).messages.length;
  await app.json("DELETE", `${SESSIONS}/${chat.id}/messages/${first.assistant.id}`, undefined, 204);
  assertEquals(await count(), 1);
  await app.json("POST", `${SESSIONS}/${chat.id}/messages/${first.assistant.id}/restore`);
  assertEquals(await count(), 4);
});

Deno.test("a message is read and rewritten in its place", async () => {
  await using app = await startApp();
  const chat = await newChat(app);
  const { run, user } = await say(app, chat.id, "/pace 0 hello");
  await events(app, run.id);
  const path = `${SESSIONS}/${chat.id}/messages/${user?.id}`;
  assertEquals((await app.json<{ text: string }>("GET", path)).text, "/pace 0 hello");
  await app.json("PATCH", path, { text: "hello, corrected" });
  const { messages } = await app.json<MessagePage>("GET", `${SESSIONS}/${chat.id}/messages`);
  assertEquals(messages.map(({ text }) => text)[0], "hello, corrected");
  assertEquals(messages.length, 2);
});

Deno.test("an exported chat is imported with all its branches", async () => {
  await using app = await startApp();
  const chat = await newChat(app);
  await events(app, (await say(app, chat.id, '/pace 0 /say "left"')).run.id);
  await events(app, (await say(app, chat.id, '/pace 0 /say "right"', { parentId: null })).run.id);
  const exported = await app.json<Record<string, unknown>>(
    "GET",
    `${SESSIONS}/${chat.id}/export?format=json`,
  );
  const copy = await app.json<Chat>("POST", "/api/chat/import", exported, 201);
  const pageOf = (id: string) => app.json<MessagePage>("GET", `${SESSIONS}/${id}/messages`);
  const [before, after] = [await pageOf(chat.id), await pageOf(copy.id)];
  assertEquals(
    after.messages.map(({ text, siblings }) => [text, siblings.index]),
    before.messages.map(({ text, siblings }) => [text, siblings.index]),
  );
  assert(copy.id !== chat.id);
  const markdown = await (await app.fetch(`${SESSIONS}/${chat.id}/export?format=markdown`)).text();
  const lines = markdown.split("\n");
  assertEquals([lines.includes("right"), lines.includes("left")], [true, false]);
  const cyclic = {
    ...exported,
    messages: [{ id: "a", parentId: "b", role: "user", status: "complete", text: "", createdAt: 1 }],
  };
  await app.json("POST", "/api/chat/import", cyclic, 400);
});

Deno.test("attached files reach the model as text", async () => {
  await using app = await startApp();
  const form = new FormData();
  form.append(
    "file",
    new File(["The password of the vault is swordfish."], "notes.md", { type: "text/markdown" }),
  );
  const uploaded = await app.fetch("/api/attachments", { method: "POST", body: form });
  assertEquals(uploaded.status, 201);
  const attachment = await uploaded.json();
  assertEquals([attachment.kind, attachment.name], ["text", "notes.md"]);
  const chat = await newChat(app);
  const { run } = await say(app, chat.id, "/pace 0 What is the password of the vault?", {
    attachmentIds: [attachment.id],
  });
  const text = (await events(app, run.id)).map((event) => event.text).join("");
  assert(text.includes("swordfish"), text);
  const bytes = await app.fetch(`/api/attachments/${attachment.id}`);
  assertEquals([bytes.headers.get("content-disposition")?.startsWith("attachment"), await bytes.text()], [
    true,
    "The password of the vault is swordfish.",
  ]);
});

Deno.test("pages of the active branch are read from its end", async () => {
  await using app = await startApp();
  const messages = Array.from({ length: 300 }, (_, i) => ({
    id: `m${i}`,
    parentId: i === 0 ? null : `m${i - 1}`,
    role: i % 2 ? "assistant" : "user",
    status: "complete",
    text: `message ${i}`,
    createdAt: i,
  }));
  const chat = await app.json<Chat>("POST", "/api/chat/import", {
    format: "freshet-chat",
    version: 1,
    chat: { title: "Long", settings: {}, createdAt: 1, updatedAt: 1, activeLeafId: "m299" },
    messages,
  }, 201);
  const seen: string[] = [];
  let before: string | null = "";
  while (before !== null) {
    const query: string = before ? `?before=${before}&limit=70` : "?limit=70";
    const page: MessagePage = await app.json<MessagePage>("GET", `${SESSIONS}/${chat.id}/messages${query}`);
    seen.unshift(...page.messages.map(({ text }) => text));
    before = page.before;
  }
  assertEquals(seen, messages.map(({ text }) => text));
});

Deno.test("two pages of a profile hear of each other's changes", async () => {
  await using app = await startApp();
  const response = await app.fetch("/api/events");
  const parser = new SseParser();
  const reader = response.body?.getReader();
  assert(reader);
  const chat = await newChat(app);
  const heard: string[] = [];
  while (!heard.includes("chat:changed")) {
    const { value } = await reader.read();
    for (const { event = "" } of parser.push(value ?? new Uint8Array())) heard.push(event);
  }
  await reader.cancel();
  assert(chat.id);
});

Deno.test("the simplest client gets its tokens", async () => {
  await using app = await startApp();
  const response = await app.fetch("/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json", origin: ORIGIN },
    body: JSON.stringify({ userMessage: '/pace 0 /say "abc def"', model: "sketch" }),
  });
  const text = await response.text();
  const tokens = [...text.matchAll(/data: (\{"token".*\})/g)].map(([, json]) => JSON.parse(json ?? "").token)
    .join("");
  assertEquals(tokens, "abc def");
  assert(text.trimEnd().endsWith('data: {"done":true}'));
});
