import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { PAGES } from "../bench/javascript/pages.ts";
import { totalOf, weighPage } from "../bench/javascript/page_weight.ts";
import { startApp } from "../harness.ts";

for (const { name, path, budget } of PAGES) {
  Deno.test(`the JavaScript of the ${name} page stays within ${budget / 1000} KB gzipped`, async () => {
    await using app = await startApp();
    const { initial } = await weighPage(path, app.fetch);
    const { gzipped } = totalOf(initial);
    const largest = initial.toSorted((a, b) => b.gzipped - a.gzipped).slice(0, 5)
      .map((script) => `${script.path.split("/").at(-1)} ${script.gzipped}`).join(", ");
    assert(initial.length > 0, "the page loads no script at all: it is not looked for in the right places");
    assertLessOrEqual(gzipped, budget, `${gzipped} bytes of ${budget}; the largest: ${largest}`);
  });
}

Deno.test("scripts are found through preloads, static and dynamic imports, and workers", async () => {
  const files: Record<string, string> = {
    "/page": '<link rel="modulepreload" href="/js/a.js"><script type="module" nonce="n">' +
      'import{boot}from"/js/a.js";import{c0}from"/js/b.js";boot({},[c0]);</script>' +
      '<script type="application/json">{"import":"/js/no.js"}</script>',
    "/js/a.js": 'import"./shared.js";export const boot=()=>import("./later.js")',
    "/js/b.js": 'import{x}from"./shared.js";export const c0=x',
    "/js/shared.js": "export const x=1",
    "/js/later.js": 'import"./shared.js";import"./deep.js";new Worker("/gen/worker.js")',
    "/js/deep.js": "export default 2",
  };
  const fetchPath = (path: string) =>
    Promise.resolve(new Response(files[path] ?? "", { status: path in files ? 200 : 404 }));
  const { initial, lazy, workers } = await weighPage("/page", fetchPath);
  assertEquals(initial.map(({ path }) => path).sort(), ["/js/a.js", "/js/b.js", "/js/shared.js"]);
  assertEquals(lazy.map(({ path }) => path).sort(), ["/js/deep.js", "/js/later.js"]);
  assertEquals(workers, ["/gen/worker.js"]);
  assertEquals(
    totalOf(initial).bytes,
    ["/js/a.js", "/js/b.js", "/js/shared.js"].reduce(
      (sum, path) => sum + (files[path]?.length ?? 0),
      0,
    ),
  );
});
