import { assert, assertEquals, assertThrows } from "@std/assert";
import { seededRandom } from "../../tests/random.ts";
import { FreshetError } from "../shared/mod.ts";
import { applyDiff, diffText, lineCounts } from "./mod.ts";

const PIECES = [
  "a",
  "b\n",
  "\n",
  "\r",
  "\r\n",
  "\n\r",
  "é",
  "e\u0301",
  "😀",
  "\ud83d",
  "\u2028",
  "\u0085",
  "\u0000",
  "\ufeff",
  "\\ No newline at end of file\n",
  "@@ -1 +1 @@\n",
  "-- \n",
  "+++ x\n",
  "__proto__\n",
  "same\n",
  "x".repeat(3_000),
];

/** A text of up to `most` pieces that often has lines in common with another one. */
function randomText(random: () => number, most: number): string {
  const count = Math.floor(random() * most);
  return Array.from({ length: count }, () => PIECES[Math.floor(random() * PIECES.length)] ?? "").join("");
}

/** The text with some stretches replaced, removed, doubled or moved. */
function edited(text: string, random: () => number): string {
  let result = text;
  for (let i = Math.floor(random() * 5); i >= 0; i--) {
    const from = Math.floor(random() * result.length);
    const to = Math.min(result.length, from + Math.floor(random() * 40));
    const stretch = result.slice(from, to);
    const rest = result.slice(0, from) + result.slice(to);
    const at = Math.floor(random() * rest.length);
    const choice = random();
    if (choice < 0.3) result = rest;
    else if (choice < 0.6) result = result.slice(0, from) + randomText(random, 6) + result.slice(to);
    else result = (choice < 0.8 ? rest : result).slice(0, at) + stretch + rest.slice(at);
  }
  return result;
}

function assertExact(before: string, after: string, maxEditLength?: number): void {
  const options = maxEditLength === undefined ? {} : { maxEditLength };
  const stored = JSON.parse(JSON.stringify(diffText(before, after, options)));
  assert(applyDiff(before, stored) === after, `Not exact: ${JSON.stringify([before, after])}`);
}

Deno.test("a diff that was stored and applied gives the new text, for any two strings", () => {
  const random = seededRandom(3);
  for (let round = 0; round < 3_000; round++) {
    const before = randomText(random, 30);
    const after = random() < 0.3 ? randomText(random, 30) : edited(before, random);
    assertExact(before, after);
    assertExact(before, after, Math.floor(random() * 4));
  }
});

Deno.test("a diff is exact at every edge of a text", () => {
  const texts = [
    "",
    "\n",
    "a",
    "a\n",
    "a\r",
    "a\r\n",
    "\r",
    "\na",
    "a\n\n",
    "a\nb",
    "\ufeffa\n",
    "\ud83d",
    "\ude00",
  ];
  for (const before of texts) for (const after of texts) assertExact(before, after);
});

Deno.test("equal texts have a diff without hunks", () => {
  assertEquals(diffText("a\nb", "a\nb"), { oldLines: 2, newLines: 2, hunks: [] });
});

Deno.test("hunks carry the lines with their endings and where they stand in both texts", () => {
  assertEquals(diffText("a\nb\nc\nd\ne", "a\nB\nc\nd\r\ne\nf\n"), {
    oldLines: 5,
    newLines: 6,
    hunks: [
      { oldStart: 2, newStart: 2, removed: ["b\n"], added: ["B\n"] },
      { oldStart: 4, newStart: 4, removed: ["d\n", "e"], added: ["d\r\n", "e\n", "f\n"] },
    ],
  });
});

Deno.test("lines that are only added stand before the line that follows them", () => {
  const [hunk] = diffText("a\nb\n", "a\nnew\nb\n").hunks;
  assertEquals(hunk, { oldStart: 2, newStart: 2, removed: [], added: ["new\n"] });
});

Deno.test("a missing line feed at the end is a change of its line", () => {
  const diff = diffText("a\nb\n", "a\nb");
  assertEquals(diff.hunks, [{ oldStart: 2, newStart: 2, removed: ["b\n"], added: ["b"] }]);
  assertEquals(lineCounts(diff), { addedLines: 1, removedLines: 1 });
});

Deno.test("lines are counted over all hunks", () => {
  assertEquals(lineCounts(diffText("a\nb\nc\n", "a\nc\nd\ne\n")), { addedLines: 2, removedLines: 1 });
  assertEquals(lineCounts(diffText("", "a\nb")), { addedLines: 2, removedLines: 0 });
  assertEquals(lineCounts(diffText("a", "a")), { addedLines: 0, removedLines: 0 });
});

Deno.test("the smallest diff is found, whatever only one of the texts has", () => {
  const before = Array.from({ length: 5_000 }, (_, i) => i % 2 ? `kept ${i}\n` : `old ${i}\n`).join("");
  const diff = diffText(before, before.replaceAll("old", "new"));
  assertEquals(diff.hunks.length, 2_500);
  assertEquals(lineCounts(diff), { addedLines: 2_500, removedLines: 2_500 });
});

Deno.test("beyond the bound everything between the first and the last difference is one hunk", () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`);
  const random = seededRandom(5);
  const shuffled = lines.toSorted(() => random() - 0.5);
  const [before, after] = ["head\n" + lines.join("") + "tail", "head\n" + shuffled.join("") + "tail"];
  const diff = diffText(before, after);
  assertEquals(diff.hunks.length, 1);
  assert(applyDiff(before, diff) === after);
  const hunk = diff.hunks[0];
  assert(hunk && hunk.oldStart >= 2 && hunk.removed.length <= 20_000);
});

Deno.test("one line of five megabytes", () => {
  const line = "word ".repeat(1_000_000);
  assertExact(line, `${line}x`);
  assertExact(`${line}\nb`, `a\n${line}`);
});

Deno.test("a diff does not fit another text", () => {
  const diff = diffText("a\nb\nc\n", "a\nB\nc\n");
  for (const other of ["", "a\nb\n", "a\nx\nc\n", "a\nb\r\nc\n", "a\nb\nc\nd\n"]) {
    const error = assertThrows(() => applyDiff(other, diff), FreshetError, "Cannot apply the diff: ");
    assertEquals(error.code, "conflict");
  }
});

Deno.test("a damaged diff is a conflict and never another text", () => {
  const diff = diffText("a\nb\nc\n", "a\nx\nc\nd\n");
  const [first, second] = diff.hunks;
  assert(first && second);
  const damaged = [
    { ...diff, newLines: 9 },
    { ...diff, hunks: [second, first] },
    { ...diff, hunks: [first] },
    { ...diff, hunks: [{ ...first, oldStart: 1 }, second] },
    { ...diff, hunks: [{ ...first, newStart: 3 }, second] },
    { ...diff, hunks: [{ ...first, oldStart: 0, newStart: 0 }, second] },
    { ...diff, hunks: [first, { ...second, oldStart: 40 }] },
  ];
  for (const diff of damaged) {
    assertEquals(assertThrows(() => applyDiff("a\nb\nc\n", diff), FreshetError).code, "conflict");
  }
});
