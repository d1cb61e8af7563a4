import { assertEquals } from "@std/assert";
import { countOf, searchable } from "./page_text.ts";

const line = (str: string, hasEOL = true) => ({ str, dir: "ltr", hasEOL });
const page = (...items: unknown[]) => ({ items });

Deno.test("words are found whatever their case, over the ends of lines, and with any white space between", () => {
  const text = page(
    line("The River"),
    { type: "beginMarkedContent" },
    line("flows  by the", false),
    line(" RIVER."),
  );
  assertEquals(countOf(text, searchable("river")), 2);
  assertEquals(countOf(text, searchable("the  river\n")), 2);
  assertEquals(countOf(text, searchable("River flows by")), 1);
  assertEquals(countOf(text, searchable("lake")), 0);
});

Deno.test("what is looked for is text, not a pattern, and nothing is found nowhere", () => {
  assertEquals(countOf(page(line("a.b (c) [d] a*b")), searchable("a.b (c)")), 1);
  assertEquals(countOf(page(line("axb")), searchable("a.b")), 0);
  assertEquals(countOf(page(line("anything")), searchable("  ")), 0);
});

Deno.test("a letter that is longer in its other case moves nothing", () => {
  assertEquals(searchable("İstanbul STRASSE"), "İstanbul strasse");
  assertEquals(countOf(page(line("İİİ Straße 😀 Fluss")), searchable("FLUSS")), 1);
});
