import { assertEquals } from "@std/assert";
import { appended, entriesAfter, type FeedEntry, type FeedRing, KEPT_EVENTS } from "./feed_ring.ts";

const EMPTY: FeedRing = { seq: 0, entries: [] };
const entry = (chatId: string): FeedEntry => ({ from: "p", event: { type: "chat:deleted", chatId } });
const idsOf = (entries: FeedEntry[] | undefined) =>
  entries?.map(({ event }) => event.type === "chat:deleted" ? event.chatId : "");

Deno.test("a reader gets what came after the number it knows", () => {
  const ring = appended(appended(EMPTY, [entry("1"), entry("2")]), [entry("3")]);
  assertEquals([0, 1, 2, 3].map((seq) => idsOf(entriesAfter(ring, seq))), [
    ["1", "2", "3"],
    ["2", "3"],
    ["3"],
    [],
  ]);
});

Deno.test("a reader notices that events are no longer kept", () => {
  const many = Array.from({ length: KEPT_EVENTS + 1 }, (_, i) => entry(String(i + 1)));
  const ring = appended(EMPTY, many);
  assertEquals(entriesAfter(ring, 0), undefined);
  assertEquals(idsOf(entriesAfter(ring, 1))?.length, KEPT_EVENTS);
  assertEquals(entriesAfter({ ...ring, entries: ring.entries.slice(50) }, 1), undefined);
});

Deno.test("a reader notices events that were lost on the way, and a ring that begins anew", () => {
  const ring = appended(appended(EMPTY, [entry("1")]), [entry("4")], 2);
  assertEquals(ring.seq, 4);
  assertEquals([0, 1, 2].map((seq) => entriesAfter(ring, seq)), [undefined, undefined, undefined]);
  assertEquals(idsOf(entriesAfter(ring, 3)), ["4"]);
  assertEquals(entriesAfter(EMPTY, 4), undefined);
});
