import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { systemClock } from "../host/mod.ts";
import { locate } from "./path_guard.ts";
import { type FileQuery, searchFiles, type SearchOptions } from "./search.ts";
import { TestFolder } from "./testing.ts";

async function search(made: TestFolder, query: FileQuery, options: Partial<SearchOptions> = {}) {
  const signal = new AbortController().signal;
  const events = await Array.fromAsync(
    searchFiles(await locate(made.root, ""), query, { clock: systemClock, signal, ...options }),
  );
  const end = events.find((event) => event.type === "end");
  return { hits: events.flatMap((event) => event.type === "hit" ? event.data : []), end: end?.data };
}

Deno.test("names and contents are found, nearest first, whatever the case", async () => {
  await using made = await TestFolder.make();
  await made.put("River.md", "nothing here");
  await made.put("docs/notes.txt", "one\r\nthe RIVER bank\nrivers");
  await made.put("docs/deep/river", "");
  const names = await search(made, { text: "river", contents: false });
  assertEquals(names.hits.map(({ path }) => path), ["River.md", "docs/deep/river"]);
  const all = await search(made, { text: "River", contents: true });
  assertEquals(all.hits, [
    { path: "River.md", kind: "file" },
    { path: "docs/notes.txt", kind: "file", line: 2, text: "the RIVER bank" },
    { path: "docs/notes.txt", kind: "file", line: 3, text: "rivers" },
    { path: "docs/deep/river", kind: "file" },
  ]);
  assertEquals(all.end, { seen: 5, skipped: 0 });
});

Deno.test("links are not followed, and binary, huge and other programs' files not read", async () => {
  await using made = await TestFolder.make();
  await made.put("binary", new Uint8Array([0, 115, 101, 99, 114, 101, 116]));
  await made.put("huge.txt", "secret".repeat(1_000));
  await made.put("film.mp4", "secret");
  await made.put("node_modules/x/index.js", "secret");
  await Deno.symlink(made.outside, join(made.path, "out"));
  await Deno.symlink(join(made.outside, "secret.txt"), join(made.path, "link.txt"));
  await Deno.symlink(".", join(made.path, "circle"));
  const { hits, end } = await search(made, { text: "secret", contents: true }, {
    bounds: { fileBytes: 1_000 },
  });
  assertEquals([hits, end?.skipped, end?.stopped], [[], 3, undefined]);
});

Deno.test("a search ends at its bounds and says so", async () => {
  await using made = await TestFolder.make();
  for (let i = 0; i < 30; i++) await made.put(`file${i}.txt`, "text");
  const query = { text: "file", contents: false };
  const few = await search(made, query, { bounds: { hits: 5 } });
  assertEquals([few.hits.length, few.end?.stopped], [5, "hits"]);
  const short = await search(made, query, { bounds: { entries: 7 } });
  assertEquals([short.hits.length, short.end?.stopped], [7, "entries"]);
  let now = 0;
  const clock = { ...systemClock, now: () => now += 10 };
  assertEquals((await search(made, query, { clock, bounds: { ms: 100 } })).end?.stopped, "time");
});

Deno.test("a search that nobody wants any more ends at once", async () => {
  await using made = await TestFolder.make();
  for (let i = 0; i < 30; i++) await made.put(`file${i}.txt`, "text");
  const abort = new AbortController();
  const options = { clock: systemClock, signal: abort.signal };
  let hits = 0;
  for await (
    const event of searchFiles(await locate(made.root, ""), { text: "file", contents: true }, options)
  ) {
    assert(event.type === "hit");
    if (++hits === 3) abort.abort();
  }
  assertEquals(hits, 3);
});
