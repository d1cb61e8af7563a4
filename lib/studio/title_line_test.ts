import { assertEquals } from "@std/assert";
import { shortTitle, TitleLine } from "./title_line.ts";

const CASES: [text: string, prose: string, title: string | undefined][] = [
  ["TITLE: Notes API\nIt keeps notes.\n", "It keeps notes.\n", "Notes API"],
  ["First.\n**Title:** Added auth\nThen.", "First.\nThen.", "Added auth"],
  ["No such line\nTIT for tat\n", "No such line\nTIT for tat\n", undefined],
  ["TITLE: One\nTITLE: Two\n", "", "One"],
  ["TITLE: at the very end", "", "at the very"],
  ["The subtitle: stays\n", "The subtitle: stays\n", undefined],
  ["\n\n", "\n\n", undefined],
];

Deno.test("the title is taken out of the prose, whole or in single characters", () => {
  for (const [text, prose, title] of CASES) {
    for (const parts of [[text], [...text]]) {
      const line = new TitleLine();
      const out = parts.map((part) => line.push(part)).join("") + line.end();
      assertEquals([out, line.title], [prose, title], JSON.stringify(text));
    }
  }
});

Deno.test("prose that cannot be a title is let through at once", () => {
  const line = new TitleLine();
  assertEquals([line.push("Ti"), line.push("des rise"), line.push(" TITLE: x")], [
    "",
    "Tides rise",
    " TITLE: x",
  ]);
});

Deno.test("a title has three words at most", () => {
  assertEquals(shortTitle("  Added `auth` and much more "), "Added auth and");
});
