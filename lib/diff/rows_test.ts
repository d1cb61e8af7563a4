import { assert, assertEquals } from "@std/assert";
import { seededRandom } from "../../tests/random.ts";
import { type InlineRow, inlineRows, type RowLine, type SideBySideRow, sideBySideRows } from "./mod.ts";

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}\n`).join("");

Deno.test("a changed line stands twice in the inline view, with what changed in it", () => {
  assertEquals(inlineRows("const a = 1;\nb\n", "const total = 1;\nb\n"), [
    { kind: "changed", oldLine: 1, text: "const a = 1;", ranges: [[6, 7]] },
    { kind: "changed", newLine: 1, text: "const total = 1;", ranges: [[6, 11]] },
    { kind: "same", oldLine: 2, newLine: 2, text: "b" },
  ]);
});

Deno.test("a changed line stands beside its partner", () => {
  assertEquals(sideBySideRows("const a = 1;\n", "const total = 1;\nreturn total;\n"), [
    {
      kind: "changed",
      before: { line: 1, text: "const a = 1;", ranges: [[6, 7]] },
      after: { line: 1, text: "const total = 1;", ranges: [[6, 11]] },
    },
    { kind: "added", after: { line: 2, text: "return total;" } },
  ]);
});

Deno.test("lines are paired by likeness, not by their place", () => {
  const before = 'import { a } from "./a.ts";\nexport function sum(a: number) {\n';
  const after = "/** Adds. */\n// of two\nexport function sum(a: number, b: number) {\n";
  assertEquals(sideBySideRows(before, after).map(({ kind }) => kind), [
    "removed",
    "added",
    "added",
    "changed",
  ]);
});

Deno.test("lines that have little in common are removed and added", () => {
  assertEquals(inlineRows("let x = 1;\n", "while (true) run(y, z);\n").map(({ kind }) => kind), [
    "removed",
    "added",
  ]);
});

Deno.test("a change of a line's ending alone is shown as one", () => {
  assertEquals(inlineRows("a\r\nb", "a\nb\n"), [
    { kind: "changed", oldLine: 1, text: "a", ending: "crlf", ranges: [] },
    { kind: "changed", newLine: 1, text: "a", ranges: [] },
    { kind: "changed", oldLine: 2, text: "b", ending: "none", ranges: [] },
    { kind: "changed", newLine: 2, text: "b", ranges: [] },
  ]);
});

Deno.test("unchanged stretches are folded, with context around changes", () => {
  const before = numbered(30);
  const after = before.replace("line 15\n", "line fifteen\n");
  const rows = inlineRows(before, after, { context: 2 });
  assertEquals(rows[0], { kind: "fold", count: 12, oldLine: 1, newLine: 1 });
  assertEquals(rows.slice(1, 3).map((row) => row.kind === "fold" ? 0 : row.oldLine), [13, 14]);
  assertEquals(rows.at(-1), { kind: "fold", count: 13, oldLine: 18, newLine: 18 });
  assertEquals(rows.length, 8);
});

Deno.test("a fold never hides a single line", () => {
  const before = numbered(9);
  const after = before.replace("line 1\n", "x\n").replace("line 9\n", "y\n");
  const rows = inlineRows(before, after, { context: 3 });
  assertEquals(rows.filter(({ kind }) => kind === "fold"), []);
});

Deno.test("equal texts are one fold, and everything with unlimited context", () => {
  assertEquals(inlineRows("a\nb\nc", "a\nb\nc"), [{ kind: "fold", count: 3, oldLine: 1, newLine: 1 }]);
  assertEquals(inlineRows(numbered(50), numbered(50), { context: Infinity }).length, 50);
  assertEquals(inlineRows("", ""), []);
});

Deno.test("a created and a deleted file have one kind of row", () => {
  assertEquals(inlineRows("", "a\nb").map(({ kind }) => kind), ["added", "added"]);
  assertEquals(sideBySideRows("a\nb", "").map(({ kind }) => kind), ["removed", "removed"]);
});

Deno.test("both views show each line of both texts once, in order, and what is not marked is the same", () => {
  const random = seededRandom(11);
  const words = ["let", "x", " ", "=", "1", "é", "😀", "\n", "\n", "\r\n", "(", ")", ";", "\t", "\ud83d"];
  const text = () =>
    Array.from({ length: random() * 60 }, () => words[Math.floor(random() * words.length)] ?? "").join("");
  for (let round = 0; round < 500; round++) {
    const before = text();
    const at = Math.floor(random() * before.length);
    const after = before.slice(0, at) + text().slice(0, 20) + before.slice(at + Math.floor(random() * 12));
    const columns = sideBySideRows(before, after, { context: Infinity });
    const rows = inlineRows(before, after, { context: Infinity });
    assertEquals(JSON.parse(JSON.stringify([columns, rows])), [columns, rows]);
    assertEquals(columnOf(columns, "before"), before);
    assertEquals(columnOf(columns, "after"), after);
    assertEquals(inlineOf(rows, "oldLine"), before);
    assertEquals(inlineOf(rows, "newLine"), after);
    for (const row of columns) {
      if (row.kind === "changed" && row.before && row.after) {
        assertEquals(unmarked(row.before), unmarked(row.after));
      }
    }
  }
});

Deno.test("huge hunks and huge lines are shown within bounds", () => {
  const rows = sideBySideRows(numbered(3_000), numbered(3_000).replaceAll("line", "row"));
  assertEquals(rows.length, 3_000);
  assertEquals(rows[0]?.kind, "changed");
  const long = "a b ".repeat(100_000);
  const [row] = sideBySideRows(`x ${long} y z`, `x ${long} q z`);
  assert(row?.kind === "changed");
  assertEquals(row.after?.ranges, [[400_003, 400_004]]);
});

function columnOf(rows: SideBySideRow[], side: "before" | "after"): string {
  const lines = rows.flatMap((row) => row.kind === "fold" ? [] : row[side] ?? []);
  assertEquals(lines.map(({ line }) => line), lines.map((_, i) => i + 1));
  return lines.map(rawOf).join("");
}

function inlineOf(rows: InlineRow[], side: "oldLine" | "newLine"): string {
  const lines = rows.flatMap((row) => row.kind === "fold" || row[side] === undefined ? [] : [row]);
  assertEquals(lines.map((row) => row[side]), lines.map((_, i) => i + 1));
  return lines.map(rawOf).join("");
}

function rawOf({ text, ending }: Pick<RowLine, "text" | "ending">): string {
  return text + (ending === "none" ? "" : ending === "crlf" ? "\r\n" : "\n");
}

function unmarked({ text, ranges = [] }: RowLine): string {
  let [kept, at] = ["", 0];
  for (const [from, to] of ranges) {
    assert(from >= at && to > from && to <= text.length);
    kept += text.slice(at, from);
    at = to;
  }
  return kept + text.slice(at);
}
