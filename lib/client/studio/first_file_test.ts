import { assertEquals } from "@std/assert";
import { firstFileOf } from "./first_file.ts";
import type { FileState } from "./file_tree.ts";

function first(paths: string[], states: Record<string, FileState> = {}): string | undefined {
  return firstFileOf(paths.map((path) => ({ path, state: states[path] ?? "same" })))?.path;
}

Deno.test("the main entry of a project is shown first, whatever was written last", () => {
  assertEquals(first(["style.css", "app.ts", "index.html"]), "index.html");
  assertEquals(first(["README.md", "lib/main.ts", "lib/todo.ts"]), "lib/main.ts");
  assertEquals(first(["public/index.html", "main.ts", "README.md"]), "main.ts");
});

Deno.test("without an entry the README is shown, else what was changed", () => {
  assertEquals(first(["a.ts", "README.md"]), "README.md");
  assertEquals(first(["a.ts", "b.ts"], { "b.ts": "modified" }), "b.ts");
  assertEquals(first(["a.ts", "b.ts"]), "a.ts");
});

Deno.test("what was deleted or dropped is not shown first", () => {
  assertEquals(
    first(["index.html", "main.ts", "x.ts"], { "index.html": "deleted", "main.ts": "dropped" }),
    "x.ts",
  );
  assertEquals(first([]), undefined);
});
