import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { localPrincipal } from "../../lib/access/mod.ts";
import type {
  Chat,
  ChatExport,
  ChatFolder,
  ChatList,
  ChatSearchHit,
  ChatTag,
  ProfileEvent,
} from "../../lib/shared/mod.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";

const SESSIONS = "/api/chat/sessions";
const FOLDERS = "/api/chat/folders";
const TAGS = "/api/chat/tags";

async function folder(app: TestApp, name: string): Promise<ChatFolder> {
  return await app.json<ChatFolder>("POST", FOLDERS, { name }, 201);
}

async function tag(app: TestApp, name: string): Promise<ChatTag> {
  return await app.json<ChatTag>("POST", TAGS, { name }, 201);
}

async function chat(app: TestApp, fields: Record<string, unknown>): Promise<Chat> {
  return await app.json<Chat>("POST", SESSIONS, fields, 201);
}

async function titles(app: TestApp, query: string): Promise<string[]> {
  return (await app.json<ChatList>("GET", `${SESSIONS}?${query}`)).chats.map(({ title }) => title);
}

Deno.test("chats are put into folders and tagged, listed and searched by both, and pages hear of it", async () => {
  await using app = await startApp();
  const heard: ProfileEvent["type"][] = [];
  const stop = new AbortController();
  const listening = (async () => {
    for await (const events of app.services.feed.subscribe(localPrincipal.profileId, stop.signal)) {
      heard.push(...events.map(({ type }) => type));
    }
  })();
  const [work, idea] = [await folder(app, "Work"), await tag(app, "idea")];
  const a = await chat(app, { title: "heron", folderId: work.id });
  const b = await chat(app, { title: "heron too", tagIds: [idea.id] });
  assertEquals([await titles(app, `folder=${work.id}`), await titles(app, "folder=none")], [["heron"], [
    "heron too",
  ]]);
  await app.json("PATCH", `${SESSIONS}/${a.id}`, { tagIds: [idea.id] });
  assertEquals(await titles(app, `tag=${idea.id}&folder=${work.id}`), ["heron"]);
  const search = async (query: string) =>
    (await app.json<{ hits: ChatSearchHit[] }>("GET", `/api/chat/search?q=heron&${query}`)).hits.length;
  assertEquals([await search(""), await search(`tag=${idea.id}`), await search(`folder=${work.id}`)], [
    2,
    2,
    1,
  ]);
  const exported = await app.json<ChatExport>("GET", `${SESSIONS}/${a.id}/export`);
  assertEquals([exported.chat.folder, exported.chat.tags], [["Work"], ["idea"]]);
  await app.json("PATCH", `${TAGS}/${idea.id}`, { name: "plan" });
  await app.json("PATCH", `${FOLDERS}/${work.id}`, { name: "Job", color: "red", collapsed: true });
  assertEquals(await app.json("GET", FOLDERS), {
    folders: [{ id: work.id, name: "Job", color: "red", collapsed: true }],
  });
  await app.fetch(`${FOLDERS}/${work.id}`, { method: "DELETE", headers: { origin: ORIGIN } });
  assertEquals((await titles(app, "folder=none")).length, 2);
  await app.json("POST", `${FOLDERS}/${work.id}/restore`);
  assertEquals(await titles(app, `folder=${work.id}`), ["heron"]);
  await app.fetch(`${TAGS}/${idea.id}`, { method: "DELETE", headers: { origin: ORIGIN } });
  assertEquals((await app.json<Chat>("GET", `${SESSIONS}/${b.id}`)).tagIds, undefined);
  stop.abort();
  await listening;
  for (const type of ["folders:changed", "tags:changed", "chat:changed"] as const) {
    assert(heard.includes(type), type);
  }
});

Deno.test("what is no folder or tag is refused in words", async () => {
  await using app = await startApp();
  const one = await folder(app, "One");
  const refused = async (method: string, path: string, body: unknown) => {
    const response = await app.fetch(path, {
      method,
      headers: { "content-type": "application/json", origin: ORIGIN },
      ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert(!/\bat .*\.ts:\d/.test(text), text);
    return response.status;
  };
  for (const name of ["", " ", "a\u202eb", "a\nb", "x".repeat(61), 5, null, { toString: 1 }]) {
    assertEquals(await refused("POST", FOLDERS, { name }), 400, JSON.stringify(name));
    assertEquals(await refused("POST", TAGS, { name }), 400, JSON.stringify(name));
  }
  const nowhere = "0".repeat(26);
  assertEquals(await refused("POST", FOLDERS, { name: "x", color: "url(x)" }), 400);
  assertEquals(await refused("POST", FOLDERS, { name: "x", parentId: nowhere }), 404);
  assertEquals(await refused("POST", SESSIONS, { folderId: nowhere }), 400);
  assertEquals(await refused("POST", SESSIONS, { tagIds: [nowhere] }), 400);
  assertEquals(await refused("POST", SESSIONS, { tagIds: Array.from({ length: 11 }, () => nowhere) }), 400);
  assertEquals(await refused("GET", `${SESSIONS}?folder=../..`, null), 400);
  assertEquals(await refused("GET", `${SESSIONS}?tag=none`, null), 400);
  assertEquals(await refused("PATCH", `${FOLDERS}/${nowhere}`, { name: "x" }), 404);
  assertEquals(await refused("PATCH", `${FOLDERS}/${one.id}`, { before: nowhere }), 404);
  assertEquals(await refused("DELETE", `${TAGS}/${nowhere}`, {}), 404);
  assertEquals(await refused("POST", `${FOLDERS}/${nowhere}/restore`, {}), 404);
  const page = await (await app.fetch("/")).text();
  await tag(app, "<script>alert(1)</script>");
  assert(!(await (await app.fetch("/")).text()).includes("<script>alert"));
  assert(page.includes("One"));
});

Deno.test("a folder made twice with one key is one, and documented", async () => {
  await using app = await startApp();
  const made = await Promise.all(Array.from({ length: 12 }, async () => {
    const response = await app.fetch(FOLDERS, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": "k", origin: ORIGIN },
      body: JSON.stringify({ name: "Once" }),
    });
    return await response.json() as ChatFolder;
  }));
  assertEquals(new Set(made.map(({ id }) => id)).size, 1);
  const { paths } = await app.json<{ paths: Record<string, unknown> }>("GET", "/api/openapi.json");
  for (const path of [FOLDERS, `${FOLDERS}/{id}`, `${FOLDERS}/{id}/restore`, TAGS, `${TAGS}/{id}`]) {
    assert(path in paths, path);
  }
});

Deno.test("a page of a folder or tag costs the same among 10,000 chats", async () => {
  await using app = await startApp();
  const { chats } = app.services;
  const [big, small] = [await folder(app, "Big"), await folder(app, "Small")];
  const rare = await tag(app, "rare");
  for (let i = 0; i < 10_000; i += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, j) => {
        const isRare = (i + j) % 1_000 === 0;
        return chats.create(localPrincipal, {
          title: `chat ${i + j}`,
          folderId: isRare ? small.id : big.id,
          ...(isRare ? { tagIds: [rare.id] } : {}),
        });
      }),
    );
  }
  const walk = async (query: string) => {
    let cursor: string | null = null;
    let count = 0;
    const times: number[] = [];
    do {
      const from = performance.now();
      const list: ChatList = await app.json<ChatList>(
        "GET",
        `${SESSIONS}?limit=200&${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
      );
      times.push(performance.now() - from);
      count += list.chats.length;
      cursor = list.cursor;
    } while (cursor);
    return { count, times };
  };
  const { count, times } = await walk(`folder=${big.id}`);
  assertEquals(count, 9_990);
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  // The last pages are no dearer than the first: nothing is read to be passed over.
  assertLessOrEqual(median(times.slice(-10)), 5 * median(times.slice(0, 10)) + 20);
  assertEquals((await walk(`tag=${rare.id}`)).count, 10);
  assertEquals((await walk(`tag=${rare.id}&folder=${small.id}`)).count, 10);
  assertEquals((await walk("folder=none")).count, 0);
  const from = performance.now();
  await app.fetch(`${FOLDERS}/${small.id}`, { method: "DELETE", headers: { origin: ORIGIN } });
  assertLessOrEqual(performance.now() - from, 2_000);
  assertEquals((await walk("folder=none")).count, 10);
});
