import { assertEquals } from "@std/assert";
import { ImportMap } from "./import_map.ts";

const map = new ImportMap("/project", {
  "fresh": "jsr:@fresh/core@^2.3.3",
  "preact": "npm:preact@^10.29.8",
  "@preact/signals": "npm:@preact/signals@^2.11.4",
  "highlight": "npm:highlight.js@^11/lib/core",
  "@/": "./",
  "settings": "./settings.ts",
  "std": "jsr:@std/path@1",
});

Deno.test("packages from npm keep their name and path, without the version", () => {
  assertEquals(map.resolve("preact"), { type: "npm", specifier: "preact" });
  assertEquals(map.resolve("preact/hooks"), { type: "npm", specifier: "preact/hooks" });
  assertEquals(map.resolve("@preact/signals"), { type: "npm", specifier: "@preact/signals" });
  assertEquals(map.resolve("@preact/signals/utils"), { type: "npm", specifier: "@preact/signals/utils" });
  assertEquals(map.resolve("highlight"), { type: "npm", specifier: "highlight.js/lib/core" });
  assertEquals(map.resolve("npm:marked@18"), { type: "npm", specifier: "marked" });
  assertEquals(map.resolve("npm:@scope/a@1.2/b/c"), { type: "npm", specifier: "@scope/a/b/c" });
});

Deno.test("the framework is known by its package", () => {
  assertEquals(map.resolve("fresh/runtime"), { type: "fresh", entry: "runtime" });
  assertEquals(map.resolve("fresh"), { type: "fresh", entry: "" });
  assertEquals(map.resolve("jsr:@fresh/core@2/runtime"), { type: "fresh", entry: "runtime" });
});

Deno.test("local files are relative to the deno.json", () => {
  assertEquals(map.resolve("@/lib/a.ts"), { type: "file", path: "/project/lib/a.ts" });
  assertEquals(map.resolve("settings"), { type: "file", path: "/project/settings.ts" });
});

Deno.test("what neither npm nor a file can give is told, what is not in the map left alone", () => {
  assertEquals(map.resolve("std"), { type: "unsupported", target: "jsr:@std/path@1" });
  assertEquals(map.resolve("https://esm.sh/x"), { type: "unsupported", target: "https://esm.sh/x" });
  assertEquals(map.resolve("preactor"), undefined);
});

Deno.test("the nearest deno.json is read, with comments and trailing commas", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${root}/a/b`, { recursive: true });
    const text = `{ // comment, "x": 1
      "imports": { "a": "npm:a@1", /* b */ "c": "https://c.example//x,}", },
    }`;
    await Deno.writeTextFile(`${root}/deno.jsonc`, text);
    const found = await ImportMap.near(`${root}/a/b`);
    assertEquals([found.directory, found.imports], [root, { a: "npm:a@1", c: "https://c.example//x,}" }]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
