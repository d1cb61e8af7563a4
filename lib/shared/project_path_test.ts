import { assertEquals, assertThrows } from "@std/assert";
import { FreshetError } from "./errors.ts";
import { languageOfPath, projectPath } from "./project_path.ts";

Deno.test("paths of a project are relative and the same on every system", () => {
  for (const path of ["a.ts", "src/a b.ts", "ünï/コード.ts", ".gitignore", "a..b/c.d.ts", "[id].ts"]) {
    assertEquals(projectPath(path), path);
  }
  assertEquals([projectPath("./src/a.ts"), projectPath("././a.ts")], ["src/a.ts", "a.ts"]);
  assertEquals(projectPath("e\u0301.ts"), "\u00e9.ts");
});

Deno.test("a path that leads elsewhere, or is read differently elsewhere, is refused", () => {
  const refused = [
    "",
    "/etc/passwd",
    "../a",
    "a/../b",
    "a/./b",
    "a//b",
    "a/",
    "a\\b",
    "C:\\a",
    "C:/a",
    "a\0b",
    "a\nb",
    "a\u0085b",
    "con",
    "a/NUL.txt",
    "com1.ts",
    "a.",
    "a /b",
    " a",
    ".git/config",
    "a?.ts",
    "a*",
    "x".repeat(121),
    "x/".repeat(12) + "x",
    `${"x".repeat(100)}/`.repeat(4) + "x",
  ];
  for (const path of refused) {
    assertThrows(() => projectPath(path), FreshetError, "Cannot use the path");
  }
});

Deno.test("languages are known by the ending", () => {
  assertEquals(["a.ts", "b/C.HTML", "x.md", "Makefile", "a.unknown"].map(languageOfPath), [
    "typescript",
    "html",
    "markdown",
    "plaintext",
    "plaintext",
  ]);
});
