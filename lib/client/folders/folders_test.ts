import { assertEquals } from "@std/assert";
import type { ChatFolder } from "../../shared/mod.ts";
import { textsOf } from "../../shared/texts/mod.ts";
import { PageModel } from "../page_model.ts";
import { FakeClock, settle } from "../testing/fake_clock.ts";
import { failure, FakeServer } from "../testing/fake_server.ts";
import { sampleChat, samplePage } from "../testing/samples.ts";
import { moveChat, neighbour, stepFolder, updateFolder } from "./folder_actions.ts";
import { folderLists } from "./folder_lists.ts";

const folder = (id: string, changes: Partial<ChatFolder> = {}): ChatFolder => ({
  id,
  name: id,
  color: "gray",
  collapsed: false,
  ...changes,
});

const FOLDERS = [folder("a"), folder("a1", { parentId: "a" }), folder("b"), folder("c")];

function page(server: FakeServer): PageModel {
  const inside = sampleChat("c2", { folderId: "a" });
  const data = samplePage({
    chats: { chats: [sampleChat("c1")], cursor: null },
    folders: FOLDERS,
    folderChats: { a: { chats: [inside], cursor: null }, b: { chats: [], cursor: null } },
    tags: [{ id: "t", name: "tag" }],
  });
  return new PageModel(data, textsOf("en", ["common", "chat", "chatFolders"]), {
    api: server.api,
    clock: new FakeClock(),
  });
}

const ids = (model: PageModel) => ({
  none: model.chats.chats.value.map(({ id }) => id).join(),
  a: folderLists(model).of("a").list.chats.value.map(({ id }) => id).join(),
  b: folderLists(model).of("b").list.chats.value.map(({ id }) => id).join(),
});

Deno.test("a chat moves between the lists at once, and back where the server refuses it", async () => {
  const server = new FakeServer().on("PATCH /api/chat/sessions/*", () => failure(409, "conflict"));
  const model = page(server);
  folderLists(model);
  const moving = moveChat(model, sampleChat("c1"), "b");
  assertEquals(ids(model), { none: "", a: "c2", b: "c1" });
  await moving;
  assertEquals(ids(model), { none: "c1", a: "c2", b: "" });
  assertEquals(model.toasts.list.value.map(({ kind }) => kind), ["error"]);
});

Deno.test("a moved chat can be brought back from the toast", async () => {
  const server = new FakeServer().on("PATCH /api/chat/sessions/*", ({ body }) => {
    const { folderId } = body as { folderId: string | null };
    return sampleChat("c2", folderId ? { folderId } : {});
  });
  const model = page(server);
  folderLists(model);
  await moveChat(model, sampleChat("c2", { folderId: "a" }), null);
  assertEquals(ids(model).a, "");
  model.toasts.list.value[0]?.action?.run();
  await settle();
  assertEquals(ids(model), { none: "c1", a: "c2", b: "" });
});

Deno.test("a chat that another tab has deleted stays gone where it was to be moved", async () => {
  const server = new FakeServer().on("PATCH /api/chat/sessions/*", () => failure(404, "not_found"));
  const model = page(server);
  folderLists(model);
  model.news.receive({ type: "chat:deleted", chatId: "c2" });
  await moveChat(model, sampleChat("c2", { folderId: "a" }), "b");
  assertEquals(ids(model), { none: "c1", a: "", b: "" });
});

Deno.test("bringing a moved chat back does not undo what another tab moved since", async () => {
  const asked: unknown[] = [];
  const server = new FakeServer().on("PATCH /api/chat/sessions/*", ({ body }) => {
    asked.push(body);
    return asked.length === 1 ? sampleChat("c2", { folderId: "b" }) : failure(409, "conflict");
  }).on("GET /api/chat/sessions/*", () => sampleChat("c2"));
  const model = page(server);
  folderLists(model);
  await moveChat(model, sampleChat("c2", { folderId: "a" }), "b");
  model.news.receive({ type: "chat:changed", chat: sampleChat("c2") });
  model.toasts.list.value[0]?.action?.run();
  await settle();
  assertEquals(asked, [{ folderId: "b" }, { folderId: "a", fromFolderId: "b" }]);
  assertEquals([ids(model).a, ids(model).b, ids(model).none.includes("c2")], ["", "", true]);
  assertEquals(model.toasts.list.value.at(-1)?.kind, "error");
});

Deno.test("what other tabs do moves chats too, and only what moved without a word loads the lists anew", async () => {
  const server = new FakeServer().on("GET /api/chat/folders", () => ({ folders: [folder("b")] }))
    .on("GET /api/chat/sessions", () => ({ chats: [], cursor: null }));
  const model = page(server);
  folderLists(model);
  model.news.receive({ type: "chat:changed", chat: sampleChat("c1", { folderId: "b" }) });
  assertEquals(ids(model), { none: "", a: "c2", b: "c1" });
  model.news.receive({ type: "chat:deleted", chatId: "c1" });
  assertEquals(ids(model).b, "");
  model.news.receive({ type: "folders:changed" });
  await settle();
  assertEquals([server.log, model.folders.value.map(({ id }) => id)], [["GET /api/chat/folders"], ["b"]]);
  model.news.receive({ type: "folders:changed", moved: true });
  await settle();
  assertEquals(server.log.length, 5);
});

Deno.test("a folder whose chats could not be fetched shows them once they can be", async () => {
  const server = new FakeServer().on("GET /api/chat/folders", () => ({ folders: FOLDERS }))
    .on("GET /api/chat/sessions", () => ({ chats: [], cursor: null }));
  const model = page(server);
  const { ready } = folderLists(model).of("c");
  assertEquals(ready.value, false);
  model.news.receive({ type: "folders:changed", moved: true });
  await settle();
  assertEquals(ready.value, true);
});

Deno.test("folders move among those beside them, and stay where the server refuses it", async () => {
  const asked: unknown[] = [];
  const server = new FakeServer().on("PATCH /api/chat/folders/*", ({ body }) => {
    asked.push(body);
    return asked.length > 2 ? failure(409, "conflict") : {};
  });
  const model = page(server);
  const [a, , b, c] = FOLDERS;
  if (!a || !b || !c) throw new Error("no folders");
  const order = () => model.folders.value.map(({ id }) => id).join();
  assertEquals([neighbour(FOLDERS, a, -1), neighbour(FOLDERS, a, 1)?.id], [undefined, "b"]);
  await stepFolder(model, b, -1);
  assertEquals(order(), "b,a,a1,c");
  await stepFolder(model, b, 1);
  assertEquals(order(), "a,a1,b,c");
  assertEquals(asked, [{ before: "a" }, { before: "c" }]);
  const before = order();
  await updateFolder(model, c, { name: "other", before: a.id });
  assertEquals(order(), before);
  assertEquals(model.toasts.list.value.length, 1);
});

Deno.test("a chosen tag restricts the search", async () => {
  const server = new FakeServer().on("GET /api/chat/search", () => ({ hits: [] }));
  const clock = new FakeClock();
  const data = samplePage({ tags: [{ id: "t", name: "tag" }] });
  const model = new PageModel(data, {}, { api: server.api, clock });
  model.search.search("x y");
  model.search.choose({ tag: "t" });
  await clock.tick(1_000);
  assertEquals(server.log, ["GET /api/chat/search?q=x%20y&tag=t"]);
  model.search.choose({});
  assertEquals(model.search.filter.value, null);
});
