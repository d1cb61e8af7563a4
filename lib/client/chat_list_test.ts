import { assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { ChatListModel, chatSections } from "./chat_list.ts";
import { ChatSearch } from "./chat_search.ts";
import { FakeClock, settle } from "./testing/fake_clock.ts";
import { failure, FakeServer } from "./testing/fake_server.ts";
import { sampleChat } from "./testing/samples.ts";

const ids = (list: ChatListModel) => list.chats.value.map(({ id }) => id).join(" ");

Deno.test("a changed chat takes its place: pinned first, then the newest", () => {
  const list = new ChatListModel({
    chats: [sampleChat("a", { updatedAt: 2 }), sampleChat("b", { updatedAt: 1 })],
    cursor: null,
  }, new FakeServer().api);
  list.put(sampleChat("b", { updatedAt: 3 }));
  assertEquals(ids(list), "b a");
  list.put(sampleChat("a", { updatedAt: 2, pinned: true }));
  assertEquals(ids(list), "a b");
  list.put(sampleChat("t", { temporary: true }));
  list.put(sampleChat("b", { deletedAt: 5 }));
  assertEquals(ids(list), "a");
});

Deno.test("more chats come by the cursor, each once", async () => {
  const server = new FakeServer().on(
    "GET /api/chat/sessions",
    () => ({ chats: [sampleChat("b"), sampleChat("c")], cursor: null }),
  );
  const list = new ChatListModel({ chats: [sampleChat("a"), sampleChat("b")], cursor: "x y" }, server.api);
  await Promise.all([list.loadMore(), list.loadMore()]);
  assertEquals(server.log, ["GET /api/chat/sessions?folder=none&cursor=x%20y"]);
  assertEquals([ids(list), list.hasMore], ["a b c", false]);
});

Deno.test("a change that the server refuses is taken back", async () => {
  const server = new FakeServer().on("PATCH /api/chat/sessions/a", () => failure(409, "conflict"));
  const list = new ChatListModel({ chats: [sampleChat("a", { title: "Old" })], cursor: null }, server.api);
  const updating = list.update(sampleChat("a", { title: "Old" }), { title: "New" });
  assertEquals(list.chats.value[0]?.title, "New");
  await assertRejects(() => updating, FreshetError);
  assertEquals(list.chats.value[0]?.title, "Old");
});

Deno.test("chats are listed under pinned, today, yesterday, last days and older", () => {
  const now = new Date(2026, 5, 15, 9).getTime();
  const at = (days: number, hour: number) => new Date(2026, 5, 15 - days, hour).getTime();
  const chats = [
    sampleChat("p", { pinned: true, updatedAt: at(40, 0) }),
    sampleChat("t", { updatedAt: at(0, 0) }),
    sampleChat("y", { updatedAt: at(1, 23) }),
    sampleChat("w", { updatedAt: at(6, 12) }),
    sampleChat("o", { updatedAt: at(9, 12) }),
  ];
  const sections = chatSections(chats, now).map(({ heading, chats }) =>
    `${heading}: ${chats.map(({ id }) => id)}`
  );
  assertEquals(sections, ["pinned: p", "today: t", "yesterday: y", "week: w", "older: o"]);
});

Deno.test("the search waits for a pause in typing, and an older answer does not come over a newer one", async () => {
  const clock = new FakeClock();
  const answers: (() => void)[] = [];
  const server = new FakeServer().on(
    "GET /api/chat/search",
    ({ path }) =>
      new Promise((resolve) =>
        answers.push(() => resolve({ hits: [{ chat: sampleChat(path), excerpt: "" }] }))
      ),
  );
  const search = new ChatSearch(server.api, clock);
  search.search("f");
  await clock.tick(100);
  search.search("fr");
  await clock.tick(160);
  search.search("fresh");
  await clock.tick(160);
  for (const answer of answers) answer();
  await settle();
  assertEquals(server.asked.length, 2);
  assertEquals(search.hits.value?.[0]?.chat.id, "/api/chat/search?q=fresh");
  search.search("");
  assertEquals([search.hits.value, clock.waiting], [null, 0]);
});
