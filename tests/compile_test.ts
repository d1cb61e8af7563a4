import { assert, assertEquals } from "@std/assert";
import project from "../deno.json" with { type: "json" };
import { readDocumentation } from "../lib/app/documentation.ts";

const includes = [...project.tasks.compile.matchAll(/--include (\S+)/g)].map(([, path]) => path ?? "");

/** Whether the executable carries a file. */
const isEmbedded = (path: string) =>
  includes.some((include) => path === include || path.startsWith(`${include}/`));

Deno.test("the compiled program carries all that it reads when it runs", async () => {
  for (const module of ["_fresh/server.js", "main.ts"]) assert(includes.includes(module), module);
  const pages = await readDocumentation();
  assert(pages.length >= 3);
  assertEquals(pages.map(({ path }) => path).filter((path) => !isEmbedded(path)), []);
  for (
    const path of [
      "static/css/base.css",
      "static/gen/highlight_worker.js",
      "static/gen/terminal/screen.js",
      "lib/terminal/scripts/bashrc",
      "_fresh/static/_fresh/js/x.js",
    ]
  ) {
    assert(isEmbedded(path), path);
  }
});
