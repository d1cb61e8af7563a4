import { assert, assertEquals } from "@std/assert";
import type { Chat, ErrorBody } from "../../lib/shared/mod.ts";
import { cookieFor } from "../cookies.ts";
import { startApp, type TestApp } from "../harness.ts";

const SESSIONS = "/api/chat/sessions";

async function refused(
  app: TestApp,
  path: string,
  init: RequestInit,
): Promise<{ status: number } & ErrorBody> {
  const response = await app.fetch(path, init);
  const { error } = await response.json() as { error: ErrorBody };
  assert(error?.code && error.message, `${path} did not answer in the one shape`);
  assert(!JSON.stringify(error).includes(".ts:"), "a stack trace left the server");
  return { status: response.status, ...error };
}

const json = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body,
  headers: { "content-type": "application/json", ...headers },
});

Deno.test("malformed, large, unknown and foreign input is refused in the one shape, and nothing is lost", async () => {
  await using app = await startApp();
  const chat = await app.json<Chat>("POST", SESSIONS, { title: "Keep me" }, 201);
  const messages = `${SESSIONS}/${chat.id}/messages`;
  const cases: [string, RequestInit, number, string][] = [
    [messages, json('{"text": "a'), 400, "invalid_request"],
    [messages, json('{"text": 5}'), 400, "invalid_request"],
    [messages, json('{"text": "  "}'), 400, "invalid_request"],
    [messages, json(JSON.stringify({ text: "x".repeat(20 * 1024 * 1024) })), 413, "payload_too_large"],
    [messages, json("text=a", { "content-type": "text/plain" }), 415, "unsupported_media"],
    [messages, json('{"text":"a","attachmentIds":["01jd0000000000000000000000"]}'), 404, "not_found"],
    [`${SESSIONS}/01jd0000000000000000000000`, {}, 404, "not_found"],
    [`${SESSIONS}/..%2f..%2fetc`, {}, 404, "not_found"],
    ["/api/runs/01jd0000000000000000000000/events", {}, 404, "not_found"],
    ["/api/nothing/here", {}, 404, "not_found"],
    [SESSIONS, { method: "PUT" }, 405, "method_not_allowed"],
    ["/api/chat", json('{"userMessage":"a","model":"nope"}'), 404, "model_not_found"],
    [
      "/api/nodes",
      json('{"name":"x","kind":"ollama","baseUrl":"file:///etc/passwd"}'),
      400,
      "invalid_request",
    ],
    ["/api/settings", { ...json('{"theme":"pink"}'), method: "PATCH" }, 400, "invalid_request"],
    ["/api/chat/import", json('{"format":"other"}'), 400, "invalid_request"],
    ["/api/attachments", json("{}"), 415, "unsupported_media"],
    [messages, json('{"text":"a"}', { origin: "https://evil.example" }), 403, "forbidden"],
  ];
  for (const [path, init, status, code] of cases) {
    const answer = await refused(app, path, init);
    assertEquals([answer.status, answer.code], [status, code], `${init.method ?? "GET"} ${path}`);
  }
  assertEquals((await app.json<Chat>("GET", `${SESSIONS}/${chat.id}`)).title, "Keep me");
});

Deno.test("another profile's ids do not exist", async () => {
  await using app = await startApp();
  const { chats } = app.services;
  const { localPrincipal } = await import("../../lib/access/mod.ts");
  const stranger = { ...localPrincipal, profileId: "stranger" };
  const chat = await chats.create(stranger, { title: "Private" });
  const sent = await chats.conversation.send(stranger, chat.id, { text: "/pace 0 hi" }, null);
  for (
    const path of [
      `${SESSIONS}/${chat.id}`,
      `${SESSIONS}/${chat.id}/messages`,
      `${SESSIONS}/${chat.id}/export`,
      `/api/runs/${sent.run.id}`,
      `/api/runs/${sent.run.id}/events`,
    ]
  ) assertEquals((await refused(app, path, {})).status, 404, path);
  for (
    const [method, path] of [["DELETE", ""], ["POST", "/restore"], [
      "POST",
      `/messages/${sent.assistant.id}/select`,
    ]]
  ) {
    assertEquals(
      (await refused(app, `${SESSIONS}/${chat.id}${path}`, { method: method ?? "" })).status,
      404,
      path,
    );
  }
  assertEquals((await refused(app, `/api/runs/${sent.run.id}/cancel`, { method: "POST" })).status, 404);
});

Deno.test("with a token nothing is answered without it, in whatever way it is asked", async () => {
  await using app = await startApp({ token: "s3cret" });
  for (const path of [SESSIONS, "/api/events", "/api/nodes", "/v1/models"]) {
    assertEquals((await app.fetch(path)).status, 401, path);
    assertEquals((await app.fetch(path, { headers: { authorization: "Bearer nope" } })).status, 401, path);
  }
  for (
    const headers of [{ authorization: "Bearer s3cret" }, { "x-api-key": "s3cret" }, {
      cookie: await cookieFor(app.services),
    }]
  ) {
    const response = await app.fetch(SESSIONS, { headers: headers as HeadersInit });
    assertEquals(response.status, 200);
    await response.body?.cancel();
  }
  const page = await app.fetch("/");
  assertEquals([page.status, page.headers.get("location")?.startsWith("/login")], [303, true]);
});

Deno.test("a key reaches what its scopes allow and no more", async () => {
  await using app = await startApp();
  const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", {
    name: "reader",
    scopes: ["models"],
  }, 201);
  const headers = { "x-api-key": secret };
  const status = async (path: string, init: RequestInit = {}) => {
    const response = await app.fetch(path, { ...init, headers });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await status("/api/models"), 200);
  assertEquals(await status("/v1/models"), 200);
  assertEquals(await status(SESSIONS), 403);
  assertEquals(await status("/api/keys"), 403);
  assertEquals(await status("/api/nodes/discover", { method: "POST" }), 403);
});

Deno.test("every operation is in the OpenAPI document, and no schema is dangling", async () => {
  await using app = await startApp();
  const document = await app.json<{ openapi: string; paths: Record<string, Record<string, unknown>> }>(
    "GET",
    "/api/openapi.json",
  );
  assertEquals(document.openapi, "3.1.0");
  assert(document.paths["/v1/chat/completions"]?.post);
  assert(document.paths["/api/chat/sessions/{id}/messages"]?.post);
  const text = JSON.stringify(document);
  for (const [, ref] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = (ref ?? "").split("/").reduce<unknown>(
      (node, key) => (node as Record<string, unknown> | undefined)?.[key],
      document,
    );
    assert(target, `#/${ref} is not in the document`);
  }
});

Deno.test("every response carries its policy: pages with a nonce, files without scripts, errors too", async () => {
  await using app = await startApp();
  const policyOf = async (path: string) => {
    const response = await app.fetch(path);
    const text = await response.text();
    assertEquals(response.headers.get("x-content-type-options"), "nosniff", path);
    return { policy: response.headers.get("content-security-policy") ?? "", text };
  };
  const { policy, text } = await policyOf("/");
  const nonce = policy.match(/script-src 'self' 'nonce-([^']+)'/)?.[1];
  assert(nonce && text.includes(`nonce="${nonce}"`), policy);
  assert(
    !policy.includes("upgrade-insecure-requests") && !policy.includes("script-src 'self' 'unsafe-inline'"),
  );
  assert((await policyOf("/")).policy !== policy, "the nonce has to be new for every page");
  for (const path of ["/nothing", "/api/health", "/css/base.css", "/v1/models"]) {
    const { policy } = await policyOf(path);
    assert(policy.includes("default-src 'none'") && !policy.includes("script-src"), `${path}: ${policy}`);
  }
  const form = new FormData();
  form.append("file", new File(["<script>alert(1)</script>"], "page.html", { type: "text/html" }));
  const { id } = await (await app.fetch("/api/attachments", { method: "POST", body: form })).json();
  assertEquals((await policyOf(`/api/attachments/${id}`)).policy, "default-src 'none'; sandbox");
});
