import { assertEquals } from "@std/assert";
import { cssProblems } from "./css.ts";

Deno.test("accepts what browsers accept", () => {
  for (
    const css of [
      "",
      '@media (min-width: 1px) { a[href=\'}\'] { content: "{\\""; } } /* } */',
      ".a\\:b { background: url(data:image/png;base64,AA==) } .c { background: url( 'x)' ) }",
      "a::after { content: '\\'' }",
    ]
  ) assertEquals(cssProblems(css), [], css);
});

Deno.test("finds what is not closed or closes nothing", () => {
  const found = (css: string) =>
    cssProblems(css).map(({ line, column, message }) => `${line}:${column} ${message}`);
  assertEquals(found("a {\n  color: red;\n"), [`1:3 "{" is not closed`]);
  assertEquals(found("a { }\n}"), [`2:1 "}" closes nothing`]);
  assertEquals(found("a { width: calc(1px; }"), [`1:16 "(" is not closed`]);
  assertEquals(found("a {}\n/* and"), ["2:1 A comment is not closed"]);
  assertEquals(found(`a { content: "x\n}`), ["1:14 A string is not closed"]);
});

Deno.test("takes time by the length of the file", () => {
  assertEquals(cssProblems("/* ".repeat(300_000)).length, 1);
  assertEquals(cssProblems("url(".repeat(200_000)).length, 1);
  assertEquals(cssProblems("{".repeat(300_000)).length, 1);
});
