import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { strToU8, zipSync } from "fflate";
import { CHATGPT_CONVERSATION } from "../../lib/chats/import/testdata/chatgpt.ts";
import { OPEN_WEBUI_ROW } from "../../lib/chats/import/testdata/open_webui.ts";
import type { ChatImportReport, ChatList } from "../../lib/shared/mod.ts";
import { startApp, type TestApp } from "../harness.ts";

const EXPORT = JSON.stringify([CHATGPT_CONVERSATION, OPEN_WEBUI_ROW]);

async function post(app: TestApp, body: BodyInit, type?: string): Promise<Response> {
  return await app.fetch("/api/chat/imports", {
    method: "POST",
    body,
    headers: type ? { "content-type": type } : {},
  });
}

async function titles(app: TestApp): Promise<string[]> {
  const { chats } = await app.json<ChatList>("GET", "/api/chat/sessions");
  return chats.map(({ title }) => title);
}

function form(file?: File): FormData {
  const data = new FormData();
  if (file) data.append("file", file);
  return data;
}

Deno.test("exports come in as JSON, ZIP or form, and go out to another Freshet", async () => {
  await using app = await startApp();
  const first: ChatImportReport = await (await post(app, EXPORT, "application/json")).json();
  assertEquals([first.chats, first.messages], [2, 7]);
  const zip = zipSync({ "conversations.json": strToU8(EXPORT) });
  const second: ChatImportReport = await (await post(app, zip, "application/zip")).json();
  const third: ChatImportReport = await (await post(app, form(new File([EXPORT], "conversations.json"))))
    .json();
  assertEquals([second.existing, third.existing, third.chats], [2, 2, 0]);
  const exported = await app.fetch("/api/chat/export");
  assertStringIncludes(exported.headers.get("content-disposition") ?? "", "freshet-chats-");
  await using other = await startApp();
  const moved: ChatImportReport = await (await post(other, await exported.text())).json();
  assertEquals([moved.chats, moved.failed], [2, 0]);
  assertEquals(await titles(other), await titles(app));
});

Deno.test("a Freshet without chats exports an empty list", async () => {
  await using app = await startApp();
  assertEquals(await (await app.fetch("/api/chat/export")).json(), []);
});

Deno.test("what is no export is refused", async () => {
  await using app = await startApp();
  for (const body of ["", "hello", form(), form(new File([], ""))]) {
    const response = await post(app, body);
    assertEquals(response.status, 400);
    assertEquals((await response.json()).error.field, "file");
  }
  const key = await app.json<{ secret: string }>("POST", "/api/keys", { name: "k", scopes: ["models"] });
  for (const [method, path] of [["POST", "/api/chat/imports"], ["GET", "/api/chat/export"]] as const) {
    const body = method === "POST" ? { body: "[]" } : {};
    const response = await app.fetch(path, {
      method,
      headers: { authorization: `Bearer ${key.secret}` },
      ...body,
    });
    assertEquals(response.status, 403);
    await response.body?.cancel();
  }
});

Deno.test("the page imports without a script", async () => {
  await using app = await startApp();
  const send = async (data: FormData) => {
    const response = await app.fetch("/settings/transfer", { method: "POST", body: data });
    return { status: response.status, html: await response.text() };
  };
  const done = await send(form(new File([EXPORT], "conversations.json")));
  assertEquals(done.status, 200);
  assertStringIncludes(done.html, "2 chats with 7 messages were imported.");
  assertStringIncludes(done.html, "Calls and answers of tools: 2");
  const hostile = JSON.stringify([{ title: "<script>alert(1)</script>" }]);
  const odd = await send(form(new File([hostile], "chats.json")));
  assertStringIncludes(odd.html, "&lt;script>alert(1)&lt;/script>: not in a format that is known");
  assert(!odd.html.includes("<script>alert(1)"));
  const refused = await send(form());
  assertEquals(refused.status, 400);
  assertStringIncludes(refused.html, "The import failed: Choose a file first");
});

Deno.test("a chat is shared as one HTML file in the person's language", async () => {
  await using app = await startApp();
  await (await post(app, EXPORT)).body?.cancel();
  const { chats: [chat] } = await app.json<ChatList>("GET", "/api/chat/sessions");
  const path = `/api/chat/sessions/${chat?.id}/export?format=html`;
  const response = await app.fetch(path, { headers: { "accept-language": "de" } });
  assertEquals(response.headers.get("content-type"), "text/html; charset=utf-8");
  assertStringIncludes(
    response.headers.get("content-disposition") ?? "",
    "attachment; filename*=UTF-8''Bread.html",
  );
  const html = await response.text();
  assertStringIncludes(html, '<html lang="de">');
  assertStringIncludes(html, "Overnight, in the cold.");
  assertStringIncludes(html, "<summary>Gedanken</summary>");
  const missing = await app.fetch("/api/chat/sessions/nothing/export?format=html");
  assertEquals(missing.status, 404);
  await missing.body?.cancel();
});
