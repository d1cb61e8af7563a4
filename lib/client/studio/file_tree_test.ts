import { assertEquals } from "@std/assert";
import { type FileEntry, fileTree, type TreeNode, visibleNodes } from "./file_tree.ts";

const file = (path: string): FileEntry => ({ path, state: "same", edited: false, locked: false });

/** The tree as indented names. */
function drawn(nodes: readonly TreeNode[], closed: string[] = []): string[] {
  return visibleNodes(nodes, (path) => closed.includes(path)).map(({ node, level }) =>
    `${"  ".repeat(level - 1)}${node.name}${node.type === "folder" ? "/" : ""}`
  );
}

Deno.test("folders come before files, both by name", () => {
  const tree = fileTree(["b.ts", "lib/z.ts", "a.ts", "lib/a.ts", "css/x.css"].map(file));
  assertEquals(drawn(tree), ["css/", "  x.css", "lib/", "  a.ts", "  z.ts", "a.ts", "b.ts"]);
});

Deno.test("a folder that holds nothing but a folder is one line with it", () => {
  const tree = fileTree(["src/app/main.ts", "src/app/ui/list.ts"].map(file));
  assertEquals(drawn(tree), ["src/app/", "  ui/", "    list.ts", "  main.ts"]);
});

Deno.test("what a closed folder holds is not shown", () => {
  const tree = fileTree(["lib/a.ts", "lib/b/c.ts", "main.ts"].map(file));
  assertEquals(drawn(tree, ["lib"]), ["lib/", "main.ts"]);
  assertEquals(drawn(tree, ["lib/b"]), ["lib/", "  b/", "  a.ts", "main.ts"]);
});
