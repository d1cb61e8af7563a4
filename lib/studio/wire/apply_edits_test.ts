import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { seededRandom } from "../../../tests/random.ts";
import { applyEdits, type EditFailure } from "./apply_edits.ts";

function applied(content: string, ...pairs: [string, string][]): string {
  const result = applyEdits(content, pairs.map(([search, replace]) => ({ search, replace })));
  assert(result.type === "applied", JSON.stringify(result));
  return result.content;
}

function failed(content: string, ...pairs: [string, string][]): [number, EditFailure, string] {
  const result = applyEdits(content, pairs.map(([search, replace]) => ({ search, replace })));
  assert(result.type === "failed", JSON.stringify(result));
  return [result.blockIndex, result.reason, result.snippet];
}

const FILE = "a();\nif (x) {\n  b();\n\n  c();\n}\nd();\n";

Deno.test("an exact match is replaced, inserted around, deleted", () => {
  assertEquals(applied(FILE, ["  b();\n", "  b(1);\n"]), FILE.replace("b()", "b(1)"));
  assertEquals(applied(FILE, ["a();\n", "a();\naa();\n"]), FILE.replace("a();\n", "a();\naa();\n"));
  assertEquals(applied(FILE, ["  b();\n\n  c();\n", ""]), "a();\nif (x) {\n}\nd();\n");
  assertEquals(applied(FILE, [FILE, "x\n"]), "x\n");
  assertEquals(applied(FILE, [FILE, ""]), "");
});

Deno.test("blocks are applied in their order, each to what the last left", () => {
  assertEquals(
    applied(FILE, ["a();\n", "b();\n"], ["b();\nif (x) {\n", "if (y) {\n"]),
    FILE.replace("a();\nif (x)", "if (y)"),
  );
});

Deno.test("nothing in the replacement is taken for a pattern", () => {
  assertEquals(applied("a\n", ["a\n", "$& $1 $$ \\n &amp;\n"]), "$& $1 $$ \\n &amp;\n");
  assertEquals(applied("a.b(c)\nanb(c)\n", ["a.b(c)\n", "x\n"]), "x\nanb(c)\n");
});

Deno.test("only whole lines match", () => {
  assertEquals(failed("const abc = 1;\n", ["abc\n", "x\n"]).slice(0, 2), [0, "not_found"]);
});

Deno.test("white space at the ends of lines is ignored where nothing matches exactly", () => {
  assertEquals(applied("a  \n  b\t\nc\n", ["a\n  b\n", "x\n"]), "x\nc\n");
  assertEquals(applied("a\n  b\nc\n", ["a \n  b  \n", "x\n"]), "x\nc\n");
  assertEquals(applied("a \na\n", ["a\n", "x\n"]), "a \nx\n");
});

Deno.test("white space at both edges is ignored last, and the replacement indented as the file is", () => {
  const file = "class A {\n    run() {\n        go();\n    }\n}\n";
  assertEquals(
    applied(file, ["run() {\n    go();\n}\n", "run() {\n    stop();\n\n    go();\n}\n"]),
    "class A {\n    run() {\n        stop();\n\n        go();\n    }\n}\n",
  );
  assertEquals(applied("a {\n  b\n}\n", ["      b\n", "      b\n        c\n"]), "a {\n  b\n    c\n}\n");
});

Deno.test("tabs for spaces are translated where the lines show how", () => {
  const file = "f() {\n\ta();\n\tif (b) {\n\t\tc();\n\t}\n}\n";
  assertEquals(
    applied(file, ["  a();\n  if (b) {\n    c();\n", "  a();\n  if (b) {\n    d();\n    c();\n"]),
    "f() {\n\ta();\n\tif (b) {\n\t\td();\n\t\tc();\n\t}\n}\n",
  );
});

Deno.test("a replacement whose indentation cannot be known is refused", () => {
  const file = "f() {\n\ta();\n\tif (b) {\n\t\tc();\n\t}\n}\n";
  assertEquals(failed(file, ["  a();\n  if (b) {\n    c();\n", "      d();\n"]).slice(0, 2), [
    0,
    "not_found",
  ]);
  assertEquals(failed("  a\n      b\n", ["a\n  b\n", " c\n"]).slice(0, 2), [0, "not_found"]);
});

Deno.test("an ambiguous match is refused, at every strictness, and the places are shown", () => {
  const file = "one\n  x();\ntwo\n\n\n\n\n\n\n\nthree\n  x();\nfour\n";
  for (const search of ["  x();\n", "  x();  \n", "x();\n"]) {
    const [index, reason, snippet] = failed(file, [search, "y();\n"]);
    assertEquals([index, reason], [0, "ambiguous"]);
    for (const line of ["one", "two", "three", "four"]) assertStringIncludes(snippet, `${line}\n`);
  }
  assertEquals(failed("a\na\na\n", ["a\na\n", "b\n"])[1], "ambiguous");
  assertEquals(applied("  x();\nx();\n", ["x();\n", "y();\n"]), "  x();\ny();\n");
});

Deno.test("all blocks or none, and the failing one is named", () => {
  assertEquals(failed(FILE, ["a();\n", "x\n"], ["nothing like it\n", ""]).slice(0, 2), [1, "not_found"]);
});

Deno.test("the snippet is the most similar place, as it is in the file", () => {
  const lines = Array.from({ length: 200 }, (_, i) => `const value${i} = compute(${i});`);
  lines.splice(120, 3, "function greet(name: string) {", "\treturn `Hello, ${name}!`;  ", "}");
  const snippet = failed(lines.join("\n"), [
    "function greet(who: string) {\n  return `Hello, ${who}!`;\n}\n",
    "",
  ])[2];
  assertEquals(snippet, lines.slice(117, 126).map((line) => `${line}\n`).join(""));
  assertEquals(failed("a\nb\nc\nd\ne\nf\n", ["zzz\n", ""])[2], "a\nb\nc\nd\n");
});

Deno.test("an empty search gives an empty file its content, and no other", () => {
  assertEquals(applied("", ["", "a\nb\n"]), "a\nb\n");
  assertEquals(applied("\n  \n", ["", "a\n"]), "a\n");
  assertEquals(failed("a\nb\n", ["", "x\n"]), [0, "empty", "a\nb\n"]);
  assertEquals(failed("a\n", ["\n", "x\n"])[1], "empty");
  assertEquals(failed("", ["a\n", "x\n"]), [0, "not_found", ""]);
});

Deno.test("line ends of Windows and a missing last one stay", () => {
  assertEquals(applied("a\r\nb\r\nc\r\n", ["b\n", "x\ny\n"]), "a\r\nx\r\ny\r\nc\r\n");
  assertEquals(applied("a\r\nb\nc\n", ["c\n", "x\n"]), "a\r\nb\nx\n");
  assertEquals(applied("a\nb", ["b\n", "x\ny\n"]), "a\nx\ny");
  assertEquals(applied("a\nb", ["a\n", "x\n"]), "x\nb");
  assertEquals(applied("a\nb", ["b\n", ""]), "a\n");
  assertEquals(applied("\ufeffa\nb\n", ["b\n", "x\n"]), "\ufeffa\nx\n");
});

Deno.test("a search without a line end is that line", () => {
  assertEquals(applied("a\nb\n", ["b", "x"]), "a\nx\n");
});

Deno.test("an edit made from two texts turns one into the other", () => {
  const random = seededRandom(3);
  for (let round = 0; round < 500; round++) {
    const lines = Array.from(
      { length: 1 + Math.floor(random() * 30) },
      (_, i) => `${" ".repeat(random() * 6)}line ${i}`,
    );
    const from = Math.floor(random() * lines.length);
    const count = 1 + Math.floor(random() * (lines.length - from));
    const replacement = Array.from({ length: Math.floor(random() * 5) }, (_, i) => `new ${i}`);
    const text = (all: string[]) => all.map((line) => `${line}\n`).join("");
    const expected = text([...lines.slice(0, from), ...replacement, ...lines.slice(from + count)]);
    assertEquals(applied(text(lines), [text(lines.slice(from, from + count)), text(replacement)]), expected);
  }
});

Deno.test("a large file that repeats itself is no trouble", () => {
  const file = "x\n".repeat(100_000);
  assertEquals(failed(file, ["x\n".repeat(50_000) + "y\n", ""])[1], "not_found");
  assertEquals(applied(`${file}y\n`, ["x\ny\n", "z\n"]), `${"x\n".repeat(99_999)}z\n`);
});
