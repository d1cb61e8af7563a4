import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { highlightCode } from "./highlight_code.ts";

Deno.test("code is coloured, and what it holds is escaped", () => {
  const html = highlightCode('const a = "<b>"; // <script>', "ts") ?? "";
  assertStringIncludes(html, '<span class="hljs-keyword">const</span>');
  assertStringIncludes(html, "&lt;b&gt;");
  assertFalse(html.includes("<script>"));
});

Deno.test("the names that people and models use are known", () => {
  for (const name of ["ts", "tsx", "js", "py", "sh", "html", "yml", "c++", "cs", "rs", "golang", "toml"]) {
    assert(highlightCode("x", name) !== undefined, name);
  }
});

Deno.test("a language that is not known stays plain", () => {
  assertEquals(highlightCode("x", "klingon"), undefined);
});
