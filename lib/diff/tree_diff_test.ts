import { assertEquals } from "@std/assert";
import { diffTrees } from "./mod.ts";

const tree = (files: Record<string, string>) =>
  Object.entries(files).map(([path, sha256]) => ({ path, sha256 }));

Deno.test("paths are created, modified, deleted and renamed, sorted", () => {
  const before = tree({ "z.ts": "1", "b.ts": "2", "a.ts": "3", "same.ts": "4" });
  const after = tree({ "same.ts": "4", "b.ts": "5", "new.ts": "6", "src/z.ts": "1" });
  assertEquals(diffTrees(before, after), [
    { path: "a.ts", operation: "deleted" },
    { path: "b.ts", operation: "modified" },
    { path: "new.ts", operation: "created" },
    { path: "src/z.ts", operation: "renamed", from: "z.ts" },
  ]);
});

Deno.test("a copy is created, not renamed", () => {
  assertEquals(diffTrees(tree({ "a.ts": "1" }), tree({ "a.ts": "1", "b.ts": "1" })), [
    { path: "b.ts", operation: "created" },
  ]);
});

Deno.test("of equal files those that keep their name are matched, each only once", () => {
  const before = tree({ "a/x.ts": "1", "a/y.ts": "1" });
  const after = tree({ "b/w.ts": "1", "b/y.ts": "1", "b/z.ts": "1" });
  assertEquals(diffTrees(before, after), [
    { path: "b/w.ts", operation: "renamed", from: "a/x.ts" },
    { path: "b/y.ts", operation: "renamed", from: "a/y.ts" },
    { path: "b/z.ts", operation: "created" },
  ]);
});

Deno.test("two files that changed places are modified", () => {
  assertEquals(diffTrees(tree({ a: "1", b: "2" }), tree({ a: "2", b: "1" })), [
    { path: "a", operation: "modified" },
    { path: "b", operation: "modified" },
  ]);
});

Deno.test("the order of the files does not matter, and no path is special", () => {
  const [before, after] = [{ a: "1", ["__proto__"]: "2", c: "1" }, { d: "1", e: "1", constructor: "3" }];
  const forward = diffTrees(tree(before), tree(after));
  assertEquals(diffTrees(tree(before).reverse(), tree(after).reverse()), forward);
  assertEquals(forward.map(({ path }) => path), ["__proto__", "constructor", "d", "e"]);
  assertEquals(diffTrees([], []), []);
});
