import { assert, assertEquals, assertFalse, assertGreaterOrEqual, assertStringIncludes } from "@std/assert";
import { seededRandom } from "../../../tests/random.ts";
import { CORPUS } from "./corpus.ts";
import type { WireCase } from "./testdata/case.ts";
import { read, type Reading } from "./testdata/read.ts";

const WELL_FORMED = CORPUS.filter(({ isWellFormed }) => isWellFormed);

Deno.test("the corpus is large and its names are its own", () => {
  assertGreaterOrEqual(CORPUS.length, 60);
  assertEquals(new Set(CORPUS.map(({ name }) => name)).size, CORPUS.length);
});

for (const wire of CORPUS) {
  Deno.test(`corpus: ${wire.name}`, () => {
    const whole = read([wire.answer]);
    check(wire, whole);
    assertEquals(summary(read([...wire.answer])), summary(whole), "character by character");
    assertEquals(summary(read(wire.answer.split(/(?<=\n)/))), summary(whole), "line by line");
  });
}

Deno.test("an answer means the same wherever it is cut", () => {
  const random = seededRandom(7);
  for (const wire of CORPUS) {
    const whole = summary(read([wire.answer]));
    for (let round = 0; round < 20; round++) {
      assertEquals(summary(read(randomPieces(wire.answer, random))), whole, wire.name);
    }
  }
});

Deno.test("answers put together from lines of others mean the same wherever they are cut", () => {
  const random = seededRandom(11);
  const all = CORPUS.flatMap(({ answer }) => answer.split(/(?<=\n)/));
  for (let round = 0; round < 1000; round++) {
    const answer = Array.from({ length: 25 }, () => all[Math.floor(random() * all.length)]).join("");
    const whole = summary(read([answer]));
    assertEquals(summary(read([...answer])), whole, JSON.stringify(answer));
    assertEquals(summary(read(randomPieces(answer, random))), whole, JSON.stringify(answer));
  }
});

Deno.test("random marks mean the same wherever they are cut", () => {
  const random = seededRandom(13);
  const parts = [
    ..."`~#*<>=:. \n\n\r\t\u2028",
    "```",
    "###",
    "\n### ",
    "FILE",
    "END",
    "Edit ",
    "file: ",
    "a.ts",
    "1. ",
    "think>",
  ];
  const more = [
    "\n",
    "</",
    "\n<<<<<<< SEARCH\n",
    "\n=======\n",
    "\n>>>>>>> REPLACE\n",
    "\n```\n",
    "\n```ts\n",
    "// ",
    "b.md",
    "x",
  ];
  const all = [...parts, ...more];
  for (let round = 0; round < 3000; round++) {
    const answer = Array.from({ length: 30 }, () => all[Math.floor(random() * all.length)]).join("");
    const whole = summary(read([answer]));
    assertEquals(summary(read([...answer])), whole, JSON.stringify(answer));
    assertEquals(summary(read(randomPieces(answer, random))), whole, JSON.stringify(answer));
  }
});

for (const wire of WELL_FORMED) {
  Deno.test(`truncated anywhere, no file is wrong: ${wire.name}`, () => {
    const complete = read([wire.answer]);
    const ends = complete.events.filter(({ type }) => type === "file:end" || type === "edit:end");
    for (let length = 0; length < wire.answer.length; length++) {
      const cut = read([wire.answer.slice(0, length)]);
      const found = cut.events.filter(({ type }) => type === "file:end" || type === "edit:end");
      assertEquals(found, ends.slice(0, found.length), `cut at ${length}`);
      assertEquals(cut.deleted, complete.deleted.slice(0, cut.deleted.length), `cut at ${length}`);
      assertEquals(cut.refused, complete.refused.slice(0, cut.refused.length), `cut at ${length}`);
      if (length < wire.answer.lastIndexOf("### END")) assertFalse(cut.isComplete, `cut at ${length}`);
    }
  });
}

Deno.test("after a cut the file that was being written is named", () => {
  const answer =
    "### FILE a.ts\n```ts\n1;\n```\n### FILE b.ts\n```ts\nconst b = 2;\nconst c = 3;\n```\n### END\n";
  const from = answer.indexOf("const b");
  for (let length = from + 1; length < answer.lastIndexOf("\n```\n"); length++) {
    const { files, unfinished } = read([answer.slice(0, length)]);
    assertEquals(files, { "a.ts": "1;\n" });
    assertEquals(unfinished, { path: "b.ts", mode: "file", text: answer.slice(from, length) });
  }
});

function check(wire: WireCase, reading: Reading): void {
  assertEquals(
    {
      files: reading.files,
      edits: reading.edits,
      deleted: reading.deleted,
      refused: reading.refused,
      isComplete: reading.isComplete,
      unfinished: reading.unfinished,
    },
    {
      files: wire.files ?? {},
      edits: wire.edits ?? {},
      deleted: wire.deleted ?? [],
      refused: wire.refused ?? [],
      isComplete: wire.isComplete,
      unfinished: wire.unfinished,
    },
  );
  for (const text of wire.prose ?? []) assertStringIncludes(reading.prose, text);
  for (const text of wire.notProse ?? []) assert(!reading.prose.includes(text), `${text} is no prose`);
}

/** All that must not depend on how the text was cut: the events, with the pieces of a text put together. */
function summary({ events, isComplete, unfinished }: Reading): unknown {
  const joined: unknown[] = [];
  let last: { type: string; text?: string } | undefined;
  for (const event of events) {
    if (last && "text" in event && event.type === last.type) last.text += event.text;
    else joined.push(last = { ...event });
  }
  return { joined, isComplete, unfinished };
}

function randomPieces(text: string, random: () => number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const length = 1 + Math.floor(random() ** 3 * 40);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}
