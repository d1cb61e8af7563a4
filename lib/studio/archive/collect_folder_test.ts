import { assertEquals, assertThrows } from "@std/assert";
import { FreshetError, PROJECT_LIMITS } from "../../shared/mod.ts";
import { collectFolder } from "./mod.ts";

const entry = (path: string, content = "x") => ({ path, bytes: new TextEncoder().encode(content) });

Deno.test("a folder is read by the rules of an archive", () => {
  const imported = collectFolder([
    entry("app/b.ts", "\ufeffb\r\n"),
    entry("app/a.ts", "a"),
    entry("app/logo.PNG"),
    entry("app/node_modules/x/index.js"),
    { path: "app/raw", bytes: new Uint8Array([0xff]) },
  ]);
  assertEquals(imported.files, [{ path: "a.ts", content: "a" }, { path: "b.ts", content: "\ufeffb\r\n" }]);
  assertEquals(imported.skipped, [{ path: "logo.PNG", reason: "binary" }, {
    path: "raw",
    reason: "not_utf8",
  }]);
});

Deno.test("hostile paths, collisions and sizes are refused", () => {
  const code = (...entries: ReturnType<typeof entry>[]) =>
    assertThrows(() => collectFolder(entries), FreshetError).code;
  assertEquals(code(entry("a.ts"), entry("../b.ts")), "invalid_request");
  assertEquals(code(entry("../a.ts"), entry("../b.ts")), "invalid_request");
  assertEquals(code(entry("/a.ts")), "invalid_request");
  assertEquals(code(entry("a.ts"), entry("A.ts")), "invalid_request");
  assertEquals(code(), "invalid_request");
  assertEquals(code(entry("a.ts", "x".repeat(PROJECT_LIMITS.fileBytes + 1))), "payload_too_large");
});
