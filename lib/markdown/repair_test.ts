import { assertEquals, assertFalse } from "@std/assert";
import { renderOpenBlock } from "./mod.ts";
import { repair } from "./repair.ts";

const CASES: [string, string][] = [
  ["a **bold", "a **bold**"],
  ["a **bold*", "a **bold**"],
  ["a **bold** and *it", "a **bold** and *it*"],
  ["a **bold and *both", "a **bold and *both***"],
  ["a ~~gone", "a ~~gone~~"],
  ["a **", "a "],
  ["a **bold ", "a **bold** "],
  ["2 * 3 * 4", "2 * 3 * 4"],
  ["snake_case_name and _em", "snake_case_name and _em_"],
  ["`code", "`code`"],
  ["a `code **no", "a `code **no`"],
  ["a ``co`", "a ``co``"],
  ["a `", "a "],
  ["a `x` and **b", "a `x` and **b**"],
  ["`**` is **bold", "`**` is **bold**"],
  ["see [Deno](https://de", "see Deno"],
  ['see [Deno](https://deno.com "ti', "see Deno"],
  ["see ![image](https://de", "see "],
  ["see [Deno](https://deno.com) now", "see [Deno](https://deno.com) now"],
  ["see <https://de", "see "],
  ["press <kb", "press "],
  ["1 < 2 and", "1 < 2 and"],
  ["text\n-", "text"],
  ["text\n==", "text"],
  ["text\n``", "text"],
  ["- a\n- ", "- a"],
  ["- a\n- [", "- a"],
  ["1. a\n2.", "1. a"],
  ["done\n\n**open", "done\n\n**open**"],
  ["**never closed\n\nnext", "**never closed\n\nnext"],
  ["- **never\n- next", "- **never\n- next"],
  ["    code **", "    code **"],
  ["- ```\n  a **b", "- ```\n  a **b"],
  ["| a | **b", "| a | **b** |\n| ---  --- |"],
];

Deno.test("an unfinished block is shown as it will most likely go on", () => {
  for (const [source, expected] of CASES) {
    assertEquals(repair(source).replaceAll("|" + " --- |".repeat(2), "| ---  --- |"), expected, source);
  }
});

Deno.test("a table is a table from its first row on", () => {
  const text = "| Name | Size |\n|---|--:|\n| x | 1 |";
  for (let end = 3; end <= text.length; end++) {
    const html = renderOpenBlock({ type: "markdown", index: 0, source: text.slice(0, end) });
    assertEquals(html.includes("<table>"), true, text.slice(0, end));
  }
});

Deno.test("markers do not flash while a text arrives", () => {
  const text =
    'Some **bold**, *em*, `code` and [a link](https://x.test/a_b "t").\n- one **two**\n- ~~three~~\n\nEnd';
  for (let end = 1; end <= text.length; end++) {
    const html = renderOpenBlock({ type: "markdown", index: 0, source: text.slice(0, end) });
    assertFalse(
      /[*`~]|\]\(|https?:[^"]*$|<h\d/.test(html.replace(/<a [^>]*>/g, "")),
      `${text.slice(0, end)} → ${html}`,
    );
  }
});

Deno.test("a very long open paragraph is repaired at its end only", () => {
  const long = `${"word ".repeat(50_000)}**bold`;
  assertEquals(repair(long), `${long}**`);
});
