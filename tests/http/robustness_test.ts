import { assert, assertEquals } from "@std/assert";
import type { Chat, ChatExport } from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import { startApp, type TestApp } from "../harness.ts";

const SESSIONS = "/api/chat/sessions";

async function answer(app: TestApp, path: string, init: RequestInit = {}): Promise<[number, string]> {
  const response = await app.fetch(path, init);
  const text = await response.text();
  return [response.status, text.startsWith("{") ? JSON.parse(text).error?.code ?? "" : ""];
}

const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

/** A chat as an export has it, with the given messages. */
function exported(messages: unknown[]) {
  const chat = { title: "t", settings: {}, createdAt: 1, updatedAt: 1, activeLeafId: null };
  return { format: "freshet-chat", version: 1, chat, messages };
}

const message = (id: string, parentId: string | null, more: Record<string, unknown> = {}) => ({
  id,
  parentId,
  role: "user",
  status: "complete",
  text: "x",
  createdAt: 1,
  ...more,
});

Deno.test("what no client of ours sends is refused by its name, not by a failure", async () => {
  await using app = await startApp();
  const chat = await app.json<Chat>("POST", SESSIONS, {});
  const cases: [string, RequestInit, number, string][] = [
    [`${SESSIONS}/${"x".repeat(3_000)}`, {}, 404, "not_found"],
    [`/api/runs/${"x".repeat(3_000)}/events`, {}, 404, "not_found"],
    [`${SESSIONS}?cursor=garbage!!`, {}, 400, "invalid_request"],
    [SESSIONS, { method: "toString" }, 405, "method_not_allowed"],
    [
      `${SESSIONS}/${chat.id}/messages`,
      post({ text: "a" }, { "idempotency-key": "k".repeat(3_000) }),
      400,
      "invalid_request",
    ],
  ];
  for (const [path, init, status, code] of cases) {
    assertEquals(
      await answer(app, path, init),
      [status, code],
      `${init.method ?? "GET"} ${path.slice(0, 80)}`,
    );
  }
});

Deno.test("imports that make no sense are refused, and soon", async () => {
  await using app = await startApp();
  const cases = {
    "the same id twice, in a circle": [message("a", null), message("a", "a")],
    "a parent that is not there": [message("a", "b")],
    "a time that is none": [message("a", null, { createdAt: 1e300 })],
    "too many beginnings": Array.from({ length: 50_000 }, (_, i) => message(`m${i}`, null)),
  };
  for (const [name, messages] of Object.entries(cases)) {
    assertEquals(
      await answer(app, "/api/chat/import", post(exported(messages))),
      [400, "invalid_request"],
      name,
    );
  }
  assertEquals(await Array.fromAsync(app.services.store.kv.list({ prefix: ["message"] })), []);
});

Deno.test("a chat of many long messages is imported whole", async () => {
  await using app = await startApp();
  const texts = Array.from({ length: 40 }, () => crypto.getRandomValues(new Uint8Array(30_000)).toHex());
  const messages = texts.map((text, i) => message(`m${i}`, i === 0 ? null : `m${i - 1}`, { text }));
  const { id } = await app.json<Chat>("POST", "/api/chat/import", exported(messages), 201);
  const copy = await app.json<ChatExport>("GET", `${SESSIONS}/${id}/export`);
  assertEquals(copy.messages.map(({ text }) => text), texts);
  // Nothing is left that would delete the chat.
  assertEquals(await Array.fromAsync(app.services.store.kv.list({ prefix: ["chat_purge"] })), []);
});

Deno.test("an export can be named after any title", async () => {
  await using app = await startApp();
  for (const title of ["a" + "😀".repeat(60), "\ud800", 'x"\r\ny: z']) {
    const { id } = await app.json<Chat>("POST", SESSIONS, { title });
    const response = await app.fetch(`${SESSIONS}/${id}/export?format=markdown`);
    await response.body?.cancel();
    assertEquals(response.status, 200, JSON.stringify(title));
    assert(
      /^attachment; filename\*=UTF-8''[\w%.()'-]+\.md$/.test(
        response.headers.get("content-disposition") ?? "",
      ),
    );
  }
});

Deno.test("a key opens no page, whatever its scopes", async () => {
  await using app = await startApp();
  const chat = await app.json<Chat>("POST", SESSIONS, { title: "Private matters" });
  const scopes = ["chat", "embeddings", "models", "admin"];
  for (const given of [["models"], scopes]) {
    const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", { name: "k", scopes: given });
    for (const path of ["/", `/chat/${chat.id}`, "/settings"]) {
      const response = await app.fetch(path, { headers: { "x-api-key": secret } });
      assertEquals(
        [response.status, (await response.text()).includes("Private matters")],
        [403, false],
        path,
      );
    }
  }
});

Deno.test("revoking a key ends the streams that were opened with it", async () => {
  await using app = await startApp();
  const { secret, id } = await app.json<{ secret: string; id: string }>("POST", "/api/keys", {
    name: "k",
    scopes: ["chat"],
  });
  const response = await app.fetch("/api/events", { headers: { "x-api-key": secret } });
  await app.json("DELETE", `/api/keys/${id}`);
  await app.json("POST", SESSIONS, { title: "Not for you" });
  assertEquals((await response.text()).includes("Not for you"), false);
});

Deno.test("HEAD is answered without a stream", async () => {
  await using app = await startApp();
  const response = await app.fetch("/api/events", { method: "HEAD" });
  assertEquals([response.status, response.body], [200, null]);
});

Deno.test("a client that leaves while it is slow to read leaves its row in the ledger and no call behind", async () => {
  await using app = await startApp();
  const response = await app.fetch(
    "/api/chat",
    post({ userMessage: "/pace 0 /long 20000", model: "sketch" }),
  );
  const reader = response.body?.getReader();
  await reader?.read();
  await new Promise((resolve) => setTimeout(resolve, 10));
  await reader?.cancel();
  let rows = await app.services.ledger.latest(localPrincipal);
  while (rows.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    rows = await app.services.ledger.latest(localPrincipal);
  }
  assertEquals(rows.map(({ outcome }) => outcome), ["cancelled"]);
});
