import { assertEquals } from "@std/assert";
import { Tokens } from "./tokens.ts";

const tokens = new Tokens("word");

function part(name: string, html: string): string {
  return `<!--${tokens.open(name)}-->${html}<!--${tokens.close()}-->`;
}

Deno.test("parts are cut out, inner ones before outer ones", () => {
  const html = `a${part("outer", `b${part("inner", "c")}d`)}e${part("next", "f")}`;
  assertEquals(tokens.cut(html), {
    rest: "ae",
    parts: [{ name: "inner", html: "c" }, { name: "outer", html: "bd" }, { name: "next", html: "f" }],
  });
});

Deno.test("comments of others stay", () => {
  assertEquals(tokens.cut("<!--other+x-->a<!--other/-->"), {
    rest: "<!--other+x-->a<!--other/-->",
    parts: [],
  });
});

Deno.test("a place is filled with text as it is", () => {
  assertEquals(tokens.fill(`a<!--${tokens.place("end")}-->b`, "end", "$&"), "a$&b");
});
