import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import type { LogEntry } from "../../host/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { DebugMode } from "./debug_mode.ts";
import { LogBook } from "./log_book.ts";

function entry(message: string, changes: Partial<LogEntry> = {}): LogEntry {
  return { at: 0, level: "info", part: "runs", message, ...changes };
}

const messages = (lines: readonly { message: string }[]) => lines.map(({ message }) => message);

Deno.test("lines are filtered by level, part and text, the text in fields too", () => {
  const book = new LogBook();
  book.add(entry("begun", { level: "debug" }));
  book.add(entry("asked", { part: "nodes", fields: { node: "Alpha" } }));
  book.add(entry("failed", { level: "error", part: "nodes" }));
  book.add(entry("slow", { level: "warn" }));
  assertEquals(messages(book.latest({})), ["begun", "asked", "failed", "slow"]);
  assertEquals(messages(book.latest({ level: "warn" })), ["failed", "slow"]);
  assertEquals(messages(book.latest({ part: "nodes" })), ["asked", "failed"]);
  assertEquals(messages(book.latest({ text: "ALPHA" })), ["asked"]);
  assertEquals(messages(book.latest({ level: "info", part: "runs", text: "s" })), ["slow"]);
  assertEquals(messages(book.latest({}, 2)), ["failed", "slow"], "the latest, oldest first");
  assertEquals(book.parts, ["nodes", "runs"]);
});

Deno.test("only so many lines are kept, and so much of each", () => {
  const book = new LogBook({ maxLines: 3 });
  for (let i = 0; i < 10; i++) book.add(entry(`${i}`));
  assertEquals(messages(book.latest({})), ["7", "8", "9"]);
  book.add(entry("x".repeat(100_000), { fields: { body: "a b ".repeat(100_000) } }));
  const [line] = book.latest({}, 1);
  assertEquals([line && line.message.length < 3_000, (line?.fields?.body ?? "").length < 13_000], [
    true,
    true,
  ]);
  const large = new LogBook();
  for (let i = 0; i < 1_500; i++) large.add(entry("m", { fields: { body: "a b ".repeat(3_000) } }));
  assertEquals(large.latest({}).length < 800, true, "eight million characters in all");
});

Deno.test("fields are text without secrets: errors with their causes, values as JSON", () => {
  const book = new LogBook({ secrets: ["hunter22"] });
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const error = new Error("Bearer abcdefghijkl was refused", { cause: new Error("hunter22") });
  book.add(
    entry("said hunter22", { fields: { apiKey: "abc", list: [1, "a"], error, absent: undefined, circle } }),
  );
  const [line] = book.latest({});
  assertEquals(line?.message, "said •••");
  assertEquals([line?.fields?.apiKey, line?.fields?.list], ["•••", '[1,"a"]']);
  assertEquals(Object.keys(line?.fields ?? {}), ["apiKey", "list", "error", "circle"]);
  assertStringIncludes(line?.fields?.error ?? "", "caused by");
  assertFalse(/abcdefghijkl|hunter22/.test(JSON.stringify(line)));
});

Deno.test("a follower gets what comes after its place, in batches, and nothing twice", async () => {
  const book = new LogBook();
  const leave = new AbortController();
  book.add(entry("before"));
  const follower = book.follow({ level: "info" }, book.seqOf(book.place), leave.signal);
  const first = follower.next();
  book.add(entry("a"));
  book.add(entry("hidden", { level: "debug" }));
  book.add(entry("b"));
  assertEquals(messages((await first).value?.lines ?? []), ["a", "b"]);
  const last = follower.next();
  leave.abort();
  assertEquals((await last).done, true);
  assertEquals(book.followers, 0);
});

Deno.test("one that is slow costs nothing, is told what it missed, and goes on", async () => {
  const book = new LogBook({ maxLines: 300 });
  const leave = new AbortController();
  const follower = book.follow({}, 0, leave.signal);
  book.add(entry("0"));
  assertEquals(messages((await follower.next()).value?.lines ?? []), ["0"]);
  for (let i = 1; i <= 1_000; i++) book.add(entry(`${i}`));
  assertEquals(book.followers, 0, "nothing is kept for it");
  const { value: second } = await follower.next();
  assertEquals([second?.missed, second?.lines.length, second?.lines[0]?.message], [700, 200, "701"]);
  const { value: third } = await follower.next();
  assertEquals([third?.missed, third?.lines.length, third?.lines.at(-1)?.message], [0, 100, "1000"]);
  leave.abort();
  assertEquals((await follower.next()).done, true);
});

Deno.test("a place of another process is before all lines, and what is none is now", () => {
  const book = new LogBook();
  book.add(entry("a"));
  book.add(entry("b"));
  assertEquals(book.seqOf(book.placeOf(1)), 1);
  assertEquals(book.seqOf(new LogBook().placeOf(7)), 0);
  assertEquals([book.seqOf(null), book.seqOf("nonsense"), book.seqOf("a-1e9")], [2, 2, 2]);
});

Deno.test("the debug mode ends by itself, and lasts an hour at most", async () => {
  const clock = new FakeClock();
  const told: boolean[] = [];
  const debug = new DebugMode(clock, ({ on }) => told.push(on));
  assertEquals(debug.state, { on: false, until: null });
  assertEquals(debug.set(15).until, clock.now() + 15 * 60_000);
  await clock.advance(10 * 60_000);
  debug.set(15);
  await clock.advance(14 * 60_000);
  assertEquals(debug.isOn, true);
  await clock.advance(60_000);
  assertEquals([debug.isOn, told], [false, [true, true, false]]);
  assertEquals(debug.set(1_000_000).until, clock.now() + 60 * 60_000);
  debug.set(0);
  assertEquals([debug.isOn, clock.timers], [false, 0]);
});
