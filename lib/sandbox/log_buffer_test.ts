import { assertEquals } from "@std/assert";
import { LogBuffer, logStream } from "./log_buffer.ts";

Deno.test("keeps the newest lines within its bound", () => {
  const log = new LogBuffer(1_000);
  for (let i = 1; i <= 100; i++) log.append("stdout", "x".repeat(18));
  assertEquals(log.after(0).map(({ seq }) => seq), [91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
  log.append("stderr", "y".repeat(9_000));
  assertEquals(log.after(0).map(({ seq, text }) => [seq, text.length]), [[101, 8_000]]);
});

Deno.test("follows until it is closed", async () => {
  const log = new LogBuffer(10_000);
  log.append("stdout", "one");
  const seen: string[] = [];
  const following = (async () => {
    for await (const lines of log.follow(0, new AbortController().signal)) {
      seen.push(...lines.map(({ text }) => text));
      if (seen.length === 1) log.append("stdout", "two");
      else log.close();
    }
  })();
  await following;
  assertEquals(seen, ["one", "two"]);
});

Deno.test("an abort ends the following of a silent log", async () => {
  const log = new LogBuffer(10_000);
  const abort = new AbortController();
  const next = log.follow(0, abort.signal).next();
  abort.abort();
  assertEquals(await next, { done: true, value: undefined });
});

Deno.test("makes lines of chunks, across broken characters, without control codes", async () => {
  const log = new LogBuffer(10_000);
  const bytes = new TextEncoder().encode("eins\r\nzw\u00e4i\n\u001b[31mrot\u001b[0m");
  const chunks = [bytes.slice(0, 3), bytes.slice(3, 9), bytes.slice(9)];
  await logStream(ReadableStream.from(chunks), (text) => log.append("stdout", text, 1));
  assertEquals(log.after(0).map(({ text }) => text), ["eins", "zwäi", "rot"]);
});
