import { assertEquals, assertThrows } from "@std/assert";
import { FreshetError } from "../errors.ts";
import { filePathParts, isUsableName, joinFilePath, newFileName, parentFilePath } from "./mod.ts";

const EVERYWHERE = [
  "..",
  "../secret",
  "a/../../secret",
  "a/..",
  ".",
  "./a",
  "a/./b",
  "/etc/passwd",
  "//host/share",
  "a//b",
  "a/",
  "..\\secret",
  "a\\..\\..\\secret",
  "\\\\host\\share",
  "C:/Windows",
  "c:",
  "a\0b",
  "a/b\0.txt",
  "a\nb",
  "a\u007fb",
  "a\u0085b",
  "\ud800",
  "a/\ufffd",
  "x".repeat(5_000),
];
const ON_WINDOWS = [
  "con",
  "NUL.txt",
  "a/aux",
  "COM1",
  "lpt9.log",
  "com¹",
  "CONIN$",
  "file.txt:stream",
  "a. ",
  "a./b",
  "a ",
];

Deno.test("no path that could lead elsewhere has parts", () => {
  for (const path of EVERYWHERE) {
    for (const windows of [false, true]) {
      assertThrows(
        () => filePathParts(path, { windows }),
        FreshetError,
        "Cannot use the path",
      );
    }
  }
  for (const path of ON_WINDOWS) {
    assertThrows(() => filePathParts(path, { windows: true }), FreshetError, "Cannot use the path");
    filePathParts(path);
  }
});

Deno.test("what only looks encoded or like dots is a name like any other", () => {
  for (
    const path of [
      "%2e%2e/%2e%2e",
      "..%2fsecret",
      "%00",
      "...",
      "..a",
      "a..",
      ".hidden",
      "․․/x",
      "．．/x",
      "。。",
    ]
  ) {
    assertEquals(filePathParts(path), path.split("/"), path);
  }
  assertEquals(filePathParts(""), []);
  assertEquals(filePathParts("a/b c/ü.txt", { windows: true }), ["a", "b c", "ü.txt"]);
});

Deno.test("a new name is one that every system can have, in composed form", () => {
  assertEquals(newFileName("u\u0308ber.txt"), "über.txt");
  for (
    const name of [
      "",
      "..",
      "a/b",
      "nul",
      "a:b",
      "a?",
      "a*",
      'a"',
      "a|b",
      "<a",
      "a.",
      "a ",
      " a",
      "ü".repeat(128),
    ]
  ) {
    assertThrows(() => newFileName(name), FreshetError, "Cannot use the path");
  }
  assertEquals([isUsableName("a:b"), isUsableName("a\\b"), isUsableName("a/b")], [true, false, false]);
});

Deno.test("paths are put together and taken apart", () => {
  assertEquals([joinFilePath("", "a"), joinFilePath("a/b", "c")], ["a", "a/b/c"]);
  assertEquals([parentFilePath("a/b/c"), parentFilePath("a"), parentFilePath("")], ["a/b", "", ""]);
});
