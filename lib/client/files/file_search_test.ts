import { assertEquals } from "@std/assert";
import { FileSearch } from "./file_search.ts";

const query = { path: "", q: "x", contents: false };

function answering(text: string): FileSearch {
  return new FileSearch({ search: () => Promise.resolve(new Response(text)) });
}

Deno.test("a search tells what it finds, and how it ended", async () => {
  const search = answering(
    'event: hit\ndata: {"path":"a","kind":"file"}\n\nevent: progress\ndata: {"seen":500}\n\n' +
      'event: end\ndata: {"seen":700,"skipped":2,"stopped":"hits"}\n\n',
  );
  await search.start("f", query);
  assertEquals([search.state.value, search.hits.value, search.seen.value], ["done", [{
    path: "a",
    kind: "file",
  }], 700]);
  assertEquals(search.end.value?.stopped, "hits");
  search.clear();
  assertEquals([search.state.value, search.hits.value], ["idle", []]);
});

Deno.test("a search that breaks off or fails says so, and keeps what it found", async () => {
  const cut = answering('event: hit\ndata: {"path":"a","kind":"file"}\n\n');
  await cut.start("f", query);
  assertEquals([cut.state.value, cut.hits.value.length, cut.error.value?.code], ["failed", 1, "unreachable"]);
  const failed = answering('event: error\ndata: {"code":"forbidden","message":"no"}\n\n');
  await failed.start("f", query);
  assertEquals([failed.state.value, failed.error.value?.code], ["failed", "forbidden"]);
});

Deno.test("a search that is stopped keeps what it found, and is no failure", async () => {
  const search = new FileSearch({
    search: (_folder, _query, signal) =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(
                new TextEncoder().encode('event: hit\ndata: {"path":"a","kind":"file"}\n\n'),
              );
              signal.addEventListener("abort", () => controller.error(signal.reason));
            },
          }),
        ),
      ),
  });
  const searching = search.start("f", query);
  while (search.hits.value.length === 0) await Promise.resolve();
  search.stop();
  await searching;
  assertEquals([search.state.value, search.hits.value.length, search.error.value], ["done", 1, null]);
});
