import { assertEquals } from "@std/assert";
import { Feed } from "./mod.ts";

Deno.test("a subscriber hears what is published from its call on, of its own profile alone", async () => {
  const feed = new Feed();
  const closing = new AbortController();
  feed.publish("local", { type: "nodes:changed" });
  const events = feed.subscribe("local", closing.signal);
  feed.publish("local", { type: "chat:deleted", chatId: "1" });
  feed.publish("other", { type: "chat:deleted", chatId: "2" });
  assertEquals((await events.next()).value, [{ type: "chat:deleted", chatId: "1" }]);
  const next = events.next();
  feed.publish("local", { type: "nodes:changed" });
  assertEquals((await next).value, [{ type: "nodes:changed" }]);
  const last = events.next();
  closing.abort();
  assertEquals((await last).done, true);
});

Deno.test("a subscriber that does not read is cut off, to load afresh", async () => {
  const feed = new Feed();
  const events = feed.subscribe("local", new AbortController().signal);
  for (let i = 0; i < 1_001; i++) feed.publish("local", { type: "nodes:changed" });
  assertEquals((await events.next()).done, true);
});

Deno.test("a subscriber that is far behind is given nothing more to hold", async () => {
  const feed = new Feed();
  const events = feed.subscribe("local", new AbortController().signal);
  feed.publish("local", { type: "nodes:changed" });
  assertEquals((await events.next()).value?.length, 1);
  for (let i = 0; i < 5_000; i++) feed.publish("local", { type: "nodes:changed" });
  assertEquals((await events.next()).done, true);
});
