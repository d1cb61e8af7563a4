import { assertEquals } from "@std/assert";
import { compareRouteFiles } from "./order.ts";

Deno.test("files that apply to others come first, outer folders before inner ones", () => {
  const files = [
    "a/index",
    "a/_layout",
    "_error",
    "index",
    "_middleware",
    "a/_middleware",
    "_app",
    "_layout",
  ];
  assertEquals(files.sort(compareRouteFiles), [
    "_app",
    "_middleware",
    "_layout",
    "_error",
    "a/_middleware",
    "a/_layout",
    "index",
    "a/index",
  ]);
});

Deno.test("the more particular route comes first", () => {
  const files = [
    "[...all]",
    "[id]",
    "blog/[...rest]",
    "blog/[[page]]",
    "blog/[slug]",
    "[name].json",
    "blog/new",
    "(g)/zoo",
  ];
  assertEquals(files.sort(compareRouteFiles), [
    "(g)/zoo",
    "blog/new",
    "blog/[slug]",
    "blog/[[page]]",
    "blog/[...rest]",
    "[name].json",
    "[id]",
    "[...all]",
  ]);
});
