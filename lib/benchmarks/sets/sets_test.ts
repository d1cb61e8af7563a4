import { assert, assertEquals, assertThrows } from "@std/assert";
import { FreshetError, type Grader, GRADER_TYPES } from "../../shared/mod.ts";
import { estimatePrompt } from "../../nodes/mod.ts";
import { isCorrect } from "../graders/grade.ts";
import { requestOf } from "../run/request.ts";
import { importSet } from "./import_set.ts";
import { infoOf } from "./prompt_sets.ts";
import { promptSetSchema } from "./schema.ts";
import { PROGRAMS } from "./shipped/code.ts";
import { shippedSets } from "./shipped_sets.ts";

/** The known answer as a model would write it. */
function answerOf(grader: Grader): string {
  switch (grader.type) {
    case "exact":
      return grader.answers[0] ?? "";
    case "number":
      return `The answer is ${grader.answer}.`;
    case "choice":
      return `(${grader.answer})`;
    case "json":
      return JSON.stringify(grader.answer);
    case "regex":
      return grader.pattern;
  }
}

Deno.test("the shipped sets are of some size, valid, and their own answers are right", () => {
  for (const set of shippedSets()) {
    const { name, description, prompts } = set;
    assertEquals(promptSetSchema.safeParse({ name, description, prompts }).error, undefined, set.id);
    assert(prompts.length >= 20, `${set.id} has ${prompts.length} prompts`);
    assertEquals(new Set(prompts.map(({ text }) => text)).size, prompts.length, `${set.id} repeats itself`);
    for (const { text, grader } of prompts) {
      if (grader) assert(isCorrect(grader, answerOf(grader)), text.slice(-300));
    }
    assertEquals(infoOf(set).graded, set.id === "chat" ? 0 : prompts.length, set.id);
  }
});

Deno.test("what the shipped programs return is what they are said to", () => {
  for (const [program, result] of PROGRAMS) assertEquals(new Function(program)(), result, program);
});

Deno.test("the long texts have their length, and their answer once or more", () => {
  const prompts = shippedSets().find(({ id }) => id === "long-context")?.prompts ?? [];
  const tokens = prompts.map((prompt) => estimatePrompt(requestOf("", prompt)));
  assert(Math.min(...tokens) > 1_500 && Math.max(...tokens) < 12_000, tokens.join(" "));
  for (const { text, grader } of prompts) {
    const day = /day (\d+)\D*$/.exec(text.split("\n\n").at(-2) ?? "")?.[1];
    const line = text.split("\n").find((one) => one.startsWith(`Day ${day}:`)) ?? "";
    assert(
      grader && line.includes(grader.type === "number" ? `${grader.answer} crates` : answerOf(grader)),
      line,
    );
  }
});

Deno.test("sets are read from JSON and CSV", () => {
  const json = JSON.stringify({
    name: "Mine",
    prompts: [{ text: "2+2?", grader: { type: "number", answer: 4 } }, { text: "Hi" }],
  });
  assertEquals(importSet({ name: "file", text: json }).name, "Mine");
  assertEquals(importSet({ name: "file", text: '["Hello", "Bye"]' }).prompts, [{ text: "Hello" }, {
    text: "Bye",
  }]);
  const csv = [
    "\uFEFFPrompt,grader,answer,tolerance",
    '"Two, plus\ntwo?",number,4,0.1',
    "Capital of France?,,Paris | paris city,",
    "Pick,choice,B,",
    "Go,regex,^ok,",
    'Data,json,"{""a"":1}",',
    "Just talk,,,",
  ].join("\r\n");
  const { name, prompts } = importSet({ name: "file", text: csv });
  assertEquals([name, prompts.length, prompts[0]?.text], ["file", 6, "Two, plus\ntwo?"]);
  assertEquals(prompts.map(({ grader }) => grader), [
    { type: "number", answer: 4, tolerance: 0.1 },
    { type: "exact", answers: ["Paris", "paris city"] },
    { type: "choice", answer: "B" },
    { type: "regex", pattern: "^ok" },
    { type: "json", answer: { a: 1 } },
    undefined,
  ]);
  assertEquals(importSet({ name: "f", text: "prompt;answer\nA, b?;c" }).prompts[0]?.text, "A, b?");
});

Deno.test("what is wrong with a file is said with its place", () => {
  const cases: [string, RegExp][] = [
    ["", /empty/],
    ["{", /Cannot parse the file as JSON/],
    ['{"a":1}', /prompts/],
    ["question,answer\na,b", /"prompt"/],
    ['prompt\n"open', /Cannot parse the file as CSV/],
    ["prompt,grader,answer\na,magic,b", /Prompt 1, grader/],
    ["prompt,grader,answer\na,number,many", /Prompt 1: "many" is no number/],
    ["prompt,grader,answer\na,regex,(", /Prompt 1, grader\.pattern: is no regular expression/],
    ["prompt,grader,answer\na,choice,BC", /Prompt 1, grader\.answer: has to be one letter/],
    ['[{"text":"a"},{"text":" "}]', /Prompt 2, text/],
    [JSON.stringify(Array(501).fill("a")), /prompts/],
    [JSON.stringify(Array(30).fill("a".repeat(150_000))), /characters in all/],
  ];
  for (const [text, why] of cases) {
    const error = assertThrows(() => importSet({ name: "f", text }), FreshetError);
    assert(why.test(error.message), `${text.slice(0, 40)}: ${error.message}`);
  }
  assertEquals(GRADER_TYPES.length, 5);
});
