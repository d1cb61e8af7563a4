import { assertEquals } from "@std/assert";
import { filePattern, folderSegment } from "./pattern.ts";

Deno.test("a file's path gives its pattern", () => {
  const patterns = {
    "index": "/",
    "about": "/about",
    "blog/index": "/blog",
    "blog/[slug]": "/blog/:slug",
    "blog/[slug]/comments": "/blog/:slug/comments",
    "old/[...path]": "/old/:path*",
    "docs/[[version]]/index": "/docs{/:version}?",
    "[[lang]]": "{/:lang}?",
    "(marketing)/career": "/career",
    "(a)/(b)/index": "/",
    "files/[name].json": "/files/:name.json",
    "files/v[major]x": "/files/v:major{x}",
    "a+b": "/a\\+b",
  };
  for (const [path, pattern] of Object.entries(patterns)) assertEquals(filePattern(path), pattern, path);
});

Deno.test("a folder's segment has the names that app.use would have", () => {
  assertEquals(folderSegment("blog/[slug]"), "blog/:slug");
  assertEquals(folderSegment("(marketing)/docs/[[version]]"), "(marketing)/docs/[[version]]");
});
