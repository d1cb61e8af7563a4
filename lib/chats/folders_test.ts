import { assert, assertEquals, assertRejects } from "@std/assert";
import { localPrincipal as me } from "../access/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import { keys, records } from "../store/mod.ts";
import { FOLDERS_MAX } from "./folders.ts";
import { type ChatBench, withChats } from "./testing.ts";

const DAY = 24 * 60 * 60_000;

async function titles({ chats }: ChatBench, folder?: string, tag?: string): Promise<string[]> {
  const filter = { ...(folder ? { folder } : {}), ...(tag ? { tag } : {}) };
  return (await chats.list(me, undefined, undefined, filter)).chats.map(({ title }) => title);
}

async function names({ chats }: ChatBench): Promise<string[]> {
  return (await chats.folders.list(me)).map(({ name }) => name);
}

async function code(promise: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => promise, FreshetError)).code;
}

Deno.test("a chat lies in one folder at most, and is listed there, at its tags and among all", () =>
  withChats(async (bench) => {
    const { chats } = bench;
    const work = await chats.folders.create(me, { name: "Work" });
    const home = await chats.folders.create(me, { name: "Home" });
    const tag = await chats.tags.create(me, "idea");
    const a = await chats.create(me, { title: "a", folderId: work.id });
    const b = await chats.create(me, { title: "b" });
    await chats.update(me, b.id, { tagIds: [tag.id] });
    assertEquals(await titles(bench, "none"), ["b"]);
    assertEquals(await titles(bench, work.id), ["a"]);
    assertEquals(await titles(bench, "none", tag.id), ["b"]);
    const moved = await chats.update(me, a.id, { folderId: home.id, tagIds: [tag.id] });
    assertEquals([moved.folderId, moved.updatedAt], [home.id, a.updatedAt]);
    assertEquals([await titles(bench, work.id), await titles(bench, home.id)], [[], ["a"]]);
    assertEquals((await titles(bench, undefined, tag.id)).sort(), ["a", "b"]);
    assertEquals(await titles(bench, home.id, tag.id), ["a"]);
    await chats.update(me, a.id, { folderId: null });
    assertEquals((await titles(bench, "none")).sort(), ["a", "b"]);
    assertEquals(await titles(bench, home.id, tag.id), []);
    await chats.delete(me, a.id);
    assertEquals(await titles(bench, undefined, tag.id), ["b"]);
    await chats.restore(me, a.id);
    assertEquals((await titles(bench, undefined, tag.id)).sort(), ["a", "b"]);
    await bench.say(b.id, "newer");
    assertEquals(await titles(bench), await titles(bench, "none"));
  }));

Deno.test("folders are made once for a key, renamed, ordered and nested by one level", () =>
  withChats(async (bench) => {
    const { folders } = bench.chats;
    const [a, same] = await Promise.all([
      folders.create(me, { name: "a" }, "k"),
      folders.create(me, { name: "a" }, "k"),
    ]);
    assertEquals(a, same);
    const [b, c] = await Promise.all([folders.create(me, { name: "b" }), folders.create(me, { name: "c" })]);
    assertEquals((await names(bench)).toSorted(), ["a", "b", "c"]);
    await folders.update(me, b.id, { before: a.id });
    await folders.update(me, c.id, { before: null });
    assertEquals(await names(bench), ["b", "a", "c"]);
    await folders.update(me, c.id, { before: b.id, name: "first", color: "teal", collapsed: true });
    assertEquals(await names(bench), ["first", "b", "a"]);
    await folders.update(me, b.id, { parentId: a.id });
    assertEquals(await code(folders.create(me, { name: "deep", parentId: b.id })), "invalid_request");
    assertEquals(await code(folders.update(me, c.id, { parentId: b.id })), "invalid_request");
    assertEquals(await code(folders.update(me, a.id, { parentId: c.id })), "invalid_request");
    assertEquals(await code(folders.update(me, c.id, { parentId: c.id })), "invalid_request");
    assertEquals(await code(folders.update(me, "nothing", { name: "x" })), "not_found");
    const top = await folders.update(me, b.id, { parentId: null });
    assertEquals(top.parentId, undefined);
  }));

Deno.test("a deleted folder lets its chats and folders out, and comes back with those that went nowhere else", () =>
  withChats(async (bench) => {
    const { chats } = bench;
    const { folders } = chats;
    const [a, b] = [await folders.create(me, { name: "a" }), await folders.create(me, { name: "b" })];
    const inner = await folders.create(me, { name: "inner", parentId: a.id });
    for (const title of ["one", "two", "three"]) await chats.create(me, { title, folderId: a.id });
    await folders.delete(me, a.id);
    assertEquals(await names(bench), ["b", "inner"]);
    assertEquals((await folders.list(me)).find(({ id }) => id === inner.id)?.parentId, undefined);
    assertEquals((await titles(bench, "none")).sort(), ["one", "three", "two"]);
    const { chats: [first] } = await chats.list(me, undefined, 1, { folder: "none" });
    assert(first);
    await chats.update(me, first.id, { folderId: b.id });
    assertEquals(await code(chats.update(me, first.id, { folderId: a.id })), "invalid_request");
    await folders.restore(me, a.id);
    assertEquals(await names(bench), ["a", "b", "inner"]);
    assertEquals([(await titles(bench, a.id)).length, await titles(bench, b.id)], [2, [first.title]]);
    assertEquals(await code(folders.restore(me, "nothing")), "not_found");
    const [inside] = (await chats.list(me, undefined, 1, { folder: a.id })).chats;
    await chats.delete(me, inside?.id ?? "");
    await folders.delete(me, a.id);
    assertEquals((await chats.restore(me, inside?.id ?? "")).folderId, undefined);
  }));

Deno.test("what a process left of deleting a folder is done later, and a deleted one goes for good after a week", () =>
  withChats(async (bench) => {
    const { chats, store } = bench;
    const folder = await chats.folders.create(me, { name: "a" });
    await chats.create(me, { title: "one", folderId: folder.id });
    const key = keys.chatFolder(me.profileId, folder.id);
    const stored = await store.get(records.chatFolder, key);
    assert(stored);
    // As a process leaves it that ends right after the folder was deleted.
    const deleted = { ...stored.value, deletedAt: Date.now() - 6 * DAY, formerIndex: 0 };
    await store.kv.set(key, store.encode(records.chatFolder, deleted));
    await chats.purge();
    assertEquals(await titles(bench, "none"), ["one"]);
    assert(await store.get(records.chatFolder, key));
    const long = { ...deleted, deletedAt: Date.now() - 8 * DAY };
    await store.kv.set(key, store.encode(records.chatFolder, long));
    await chats.purge();
    assertEquals(await store.get(records.chatFolder, key), null);
  }));

Deno.test("there is a limit to folders, and none is made in one that is not there", () =>
  withChats(async ({ chats }) => {
    for (let i = 0; i < FOLDERS_MAX; i++) await chats.folders.create(me, { name: `f${i}` });
    assertEquals(await code(chats.folders.create(me, { name: "more" })), "invalid_request");
    assertEquals(await code(chats.create(me, { folderId: "01hzzzzzzzzzzzzzzzzzzzzzzz" })), "invalid_request");
  }));

Deno.test("chats of before there were folders are listed among those in none, those too that change meanwhile", () =>
  withChats(async (bench) => {
    const { chats, store } = bench;
    const made = [];
    for (let i = 0; i < 230; i++) made.push(await chats.create(me, { title: `t${i}` }));
    await store.deleteBelow(["chat_list", me.profileId]);
    const [first] = made;
    assert(first);
    const [list] = await Promise.all([
      chats.list(me, undefined, 200, { folder: "none" }),
      chats.update(me, first.id, { pinned: true }),
      chats.delete(me, made[1]?.id ?? ""),
    ]);
    assertEquals(list.chats.length, 200);
    const all = await Array.fromAsync(store.kv.list({ prefix: keys.chatList(me.profileId, "-", "") }));
    assertEquals(all.length, 229);
    assertEquals((await titles(bench, "none"))[0], "t0");
  }));

Deno.test("a folder that is brought back while it is still being emptied keeps its chats", () =>
  withChats(async (bench) => {
    const { folders } = bench.chats;
    const folder = await folders.create(me, { name: "a" });
    for (let i = 0; i < 100; i++) await bench.chats.create(me, { title: `t${i}`, folderId: folder.id });
    const deleting = folders.delete(me, folder.id);
    while ((await folders.list(me)).length > 0);
    await Promise.all([deleting, folders.restore(me, folder.id)]);
    const { chats: inside } = await bench.chats.list(me, undefined, 200, { folder: folder.id });
    assertEquals(inside.length, 100);
  }));

Deno.test("a move that says where from leaves a chat that somebody else has moved", () =>
  withChats(async (bench) => {
    const { chats } = bench;
    const [a, b] = [
      await chats.folders.create(me, { name: "a" }),
      await chats.folders.create(me, { name: "b" }),
    ];
    const chat = await chats.create(me, { title: "one", folderId: a.id });
    const back = (fromFolderId: string | null) => chats.update(me, chat.id, { folderId: b.id, fromFolderId });
    assertEquals([await code(back(null)), await code(back(b.id))], ["conflict", "conflict"]);
    assertEquals((await back(a.id)).folderId, b.id);
    await chats.update(me, chat.id, { folderId: null, fromFolderId: b.id });
    assertEquals((await back(null)).folderId, b.id);
  }));

Deno.test("what a process left of bringing a folder back is done at the next start", () =>
  withChats(async (bench) => {
    const { chats, store } = bench;
    const folder = await chats.folders.create(me, { name: "a" });
    const made = [];
    for (let i = 0; i < 3; i++) {
      made.push(await chats.create(me, { title: `t${i}`, folderId: folder.id }));
    }
    await chats.delete(me, made[2]?.id ?? "");
    await chats.folders.delete(me, folder.id);
    // As a process leaves it that ends right after the folder was brought back, before any chat was.
    const key = keys.chatFolder(me.profileId, folder.id);
    const stored = await store.get(records.chatFolder, key);
    assert(stored);
    const { deletedAt: _, formerIndex: __, ...back } = stored.value;
    const order = keys.chatFolderOrder(me.profileId);
    await store.kv.atomic().set(key, store.encode(records.chatFolder, back))
      .set(order, store.encode(records.chatFolderOrder, [folder.id])).commit();
    assertEquals(await titles(bench, folder.id), []);
    await withChats(
      async (next) => {
        next.chats.start();
        await next.chats.purge();
        assertEquals((await titles(next, folder.id)).sort(), ["t0", "t1"]);
        const formers = store.kv.list({ prefix: keys.chatFolderFormers(me.profileId, folder.id) });
        assertEquals(await Array.fromAsync(formers), []);
      },
      undefined,
      store,
    );
  }));

Deno.test("a chat that was deleted while its folder was brought back stays where a person puts it then", () =>
  withChats(async (bench) => {
    const { chats } = bench;
    const folder = await chats.folders.create(me, { name: "a" });
    const chat = await chats.create(me, { title: "one", folderId: folder.id });
    await chats.folders.delete(me, folder.id);
    await chats.delete(me, chat.id);
    await chats.folders.restore(me, folder.id);
    await chats.restore(me, chat.id);
    await chats.purge();
    assertEquals(await titles(bench, "none"), ["one"]);
  }));
