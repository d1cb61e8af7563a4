import { assertEquals } from "@std/assert";
import { WireParser } from "./parser.ts";
import { read } from "./testdata/read.ts";

const START = "### FILE a.ts\n```ts\n";

Deno.test("the events of an answer, in their order", () => {
  const parser = new WireParser();
  assertEquals(parser.push(`Hi.\n${START}1;\n2;`), [
    { type: "text", text: "Hi.\n" },
    { type: "file:start", path: "a.ts", mode: "file" },
    { type: "file:chunk", path: "a.ts", text: "1;\n2;", startLine: 1 },
  ]);
  assertEquals(parser.push("\n3"), [{ type: "file:chunk", path: "a.ts", text: "\n3", startLine: 2 }]);
  assertEquals(parser.push(";\n```\n### DELETE b.ts\n### EDIT c.ts\n<<<<<<< SEARCH\n"), [
    { type: "file:chunk", path: "a.ts", text: ";\n", startLine: 3 },
    { type: "file:end", path: "a.ts", content: "1;\n2;\n3;\n" },
    { type: "delete", path: "b.ts" },
    { type: "file:start", path: "c.ts", mode: "edit" },
  ]);
  assertEquals(parser.push("x\n=======\n>>>>>>> REPLACE\n### FILE ../d.ts\n```\n1\n```\n### END"), [
    { type: "edit:end", path: "c.ts", blocks: [{ search: "x\n", replace: "" }] },
    {
      type: "file:refused",
      path: "../d.ts",
      reason: 'Cannot use the path "../d.ts": it leads to another folder',
    },
  ]);
  assertEquals(parser.finish(), { events: [{ type: "end" }], isComplete: true });
});

Deno.test("a line that can be nothing but text is let through at once", () => {
  for (const start of ["c", "  c", "    `", "`c", "#c", "###c", "<d", "/"]) {
    const parser = new WireParser();
    parser.push(`${START}1;\n`);
    assertEquals(
      parser.push(start),
      [{ type: "file:chunk", path: "a.ts", text: start, startLine: 2 }],
      start,
    );
    assertEquals(parser.push("`#"), [{ type: "file:chunk", path: "a.ts", text: "`#", startLine: 2 }], start);
  }
  assertEquals(new WireParser().push("Sure, I"), [{ type: "text", text: "Sure, I" }]);
});

Deno.test("a line that may be a fence or a mark is held back", () => {
  for (const start of ["`", "``", "```", "  `", "#", "### ", "### FI", "### END", "```ts src/b"]) {
    const parser = new WireParser();
    parser.push(`${START}1;\n`);
    assertEquals(parser.push(start), [], start);
  }
});

Deno.test("why a file or an edit is refused", () => {
  const reasons = (answer: string) =>
    read([answer]).events.flatMap((event) => event.type === "file:refused" ? [event.reason] : []);
  assertEquals(
    reasons("### FILE a.ts\n### FILE //b\n```\n```\n### EDIT c.ts\n<<<<<<< SEARCH\n=======\n### END"),
    [
      "Cannot read the file a.ts: it has no fenced block",
      'Cannot use the path "//b": it is absolute',
      "Cannot parse the edit of c.ts: a block is not closed",
    ],
  );
});

Deno.test("lines of a megabyte go through, in files, prose, edits and thinking", () => {
  const long = "x".repeat(1_000_000);
  const answer = [
    `<think>${long}</think>`,
    long,
    "### FILE a.ts",
    "```ts",
    long,
    `### FILE ${long}`,
    `\`\`\`${long}`,
    "```",
    "### EDIT b.ts",
    "<<<<<<< SEARCH",
    long,
    "=======",
    `${long}y`,
    ">>>>>>> REPLACE",
    "### END",
  ].join("\n");
  const pieces = Array.from(
    { length: Math.ceil(answer.length / 10) },
    (_, i) => answer.slice(i * 10, i * 10 + 10),
  );
  const { files, edits, prose, isComplete } = read([...pieces]);
  assertEquals(prose === `${long}\n`, true);
  assertEquals(files["a.ts"] === `${long}\n### FILE ${long}\n\`\`\`${long}\n`, true);
  assertEquals(edits["b.ts"]?.[0]?.replace === `${long}y\n`, true);
  assertEquals(isComplete, true);
});
