import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { localPrincipal as me } from "../../lib/access/mod.ts";
import type { Chat, ContactView } from "../../lib/shared/mod.ts";
import { fakeOpenAI } from "../fakes/mod.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";

const MODEL = "gpt-4o-mini";

const contactsOf = async (app: TestApp) =>
  (await app.json<{ contacts: ContactView[] }>("GET", "/api/privacy/contacts")).contacts;

async function ask(app: TestApp): Promise<void> {
  const chat = await app.json<Chat>("POST", "/api/chat/sessions", { settings: { model: MODEL } });
  await app.json("POST", `/api/chat/sessions/${chat.id}/messages`, { text: "Hello" });
  await app.services.runs.drain(5_000);
  const response = await app.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: MODEL, messages: [{ role: "user", content: "Hello" }] }),
  });
  await response.text();
}

Deno.test("with a node configured only its host is contacted, and it is told for what", async () => {
  await using upstream = await fakeOpenAI({ script: { deltas: ["yes"] } });
  await using app = await startApp({
    nodes: [{ name: "Attic", kind: "openai", baseUrl: `${upstream.url}/v1` }],
    ui: { autoTitles: true },
  });
  await app.services.nodes.catalog.refresh(me);
  await ask(app);
  const [node] = await app.services.nodes.registry.list(me);
  assert(node);
  await app.services.nodes.test(me, node.id);
  const found = await contactsOf(app);
  const { host } = new URL(upstream.url);
  assertEquals([...new Set(found.map((contact) => contact.host))], [host]);
  assertEquals(found.map(({ feature }) => feature).sort(), ["api", "chat", "models", "probe"]);
  for (const { place, nodes, firstAt, lastAt } of found) {
    assertEquals([place, nodes, firstAt <= lastAt], ["machine", ["Attic"], true]);
  }
  const asked = found.reduce((sum, { count }) => sum + count, 0);
  assertEquals(asked, upstream.requests.length, "every request to it was counted, and no other");

  const page = await (await app.fetch("/settings/privacy?days=7")).text();
  for (const text of [host, "Attic", "This machine", "Answers in chats"]) assertStringIncludes(page, text);
  const file = async (format: string) => {
    const response = await app.fetch(`/api/privacy/contacts?format=${format}`);
    assertStringIncludes(response.headers.get("content-disposition") ?? "", `freshet-contacts.${format}`);
    return await response.text();
  };
  const lines = (await file("csv")).trimEnd().split("\r\n");
  assertEquals([lines[0], lines.length], ["host,place,nodes,feature,first,last,count", 5]);
  assertEquals(JSON.parse(await file("json")).contacts.length, 4);
  await app.json("GET", "/api/privacy/contacts?days=91", undefined, 400);
});

Deno.test("without a node nobody is contacted; the list is cleared by its button, after a question", async () => {
  await using app = await startApp();
  const page = async (query = "") => await (await app.fetch(`/settings/privacy${query}`)).text();
  assert((await page()).includes("searches for models online"), "what would be contacted is said before");
  assertEquals(await contactsOf(app), []);
  assertStringIncludes(await page(), "Nothing was contacted");
  app.services.contacts.note("probe", "https://api.openai.com");
  assertStringIncludes(await page(), "api.openai.com:443");
  assertStringIncludes(await page("?ask=clear"), "<dialog");
  const cleared = await app.fetch("/settings/privacy", {
    method: "POST",
    headers: { origin: ORIGIN },
    body: new URLSearchParams({ intent: "clear" }),
  });
  assertEquals([cleared.status, cleared.headers.get("location")], [303, "/settings/privacy?cleared"]);
  assertFalse((await page("?cleared")).includes("api.openai.com"));
  app.services.contacts.note("probe", "https://api.openai.com");
  await app.json("DELETE", "/api/privacy/contacts", undefined, 204);
  assertEquals(await contactsOf(app), []);
  await app.json("PATCH", "/api/settings", { language: "de" });
  assertStringIncludes(await page(), "Datenschutz");
});

Deno.test("only an administrator reads what was contacted", async () => {
  await using app = await startApp();
  const { secret } = await app.services.apiKeys.create(me, "k", ["chat", "usage"]);
  for (const method of ["GET", "DELETE"]) {
    const response = await app.fetch("/api/privacy/contacts", { method, headers: { "x-api-key": secret } });
    await response.body?.cancel();
    assertEquals(response.status, 403);
  }
});
