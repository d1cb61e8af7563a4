import { assertEquals, assertThrows } from "@std/assert";
import type { Grader } from "../../shared/mod.ts";
import { choiceIn } from "./choice_in.ts";
import { expectedOf, expression, isCorrect } from "./grade.ts";
import { numberIn } from "./number_in.ts";

Deno.test("the number that an answer comes to is found", () => {
  const cases: [string, number | null][] = [
    ["42", 42],
    ["**42**.", 42],
    ["The sum of 17 and 25 is 42.", 42],
    ["1,234.5", 1234.5],
    ["So the total is 12,000 apples, not 12.", 12000],
    ["Final answer: 7 (of 10)", 7],
    ["\\boxed{3.5} and that is it, step 9", 3.5],
    ["−12", -12],
    ["10-3 = 7", 7],
    ["1.5e3", 1500],
    [".5", 0.5],
    ["<think>is it 5? or 9?</think>4", 4],
    ["<think>never closed 7", null],
    ["none", null],
    ["", null],
  ];
  for (const [text, number] of cases) assertEquals(numberIn(text), number, text);
});

Deno.test("the letter that an answer chooses is found, and no other", () => {
  const cases: [string, string | null][] = [
    ["B", "B"],
    ["b", "B"],
    ["(C)", "C"],
    ["**D**", "D"],
    ["B) No flurp is heavy", "B"],
    ["The answer is C, since …", "C"],
    ["Answer: (A)", "A"],
    ["It has to be (D), and (D) only", "D"],
    ["Either (A) or (B)", null],
    ["A flurp is green", null],
    ["", null],
  ];
  for (const [text, letter] of cases) assertEquals(choiceIn(text), letter, text);
});

Deno.test("answers are right or wrong by each kind of grader", () => {
  const city: Grader = { type: "exact", answers: ["Paris", "the city of Paris"] };
  const cases: [Grader, string, boolean][] = [
    [city, " **paris**. ", true],
    [city, '"The city of Paris"', true],
    [city, "Paris, of course", false],
    [{ ...city, caseSensitive: true }, "paris", false],
    [{ type: "number", answer: 0.3 }, `${0.1 + 0.2}`, true],
    [{ type: "number", answer: 10, tolerance: 0.5 }, "10.4", true],
    [{ type: "number", answer: 10, tolerance: 0.5 }, "10.6", false],
    [{ type: "choice", answer: "b" }, "B.", true],
    [{ type: "regex", pattern: "^ok\\b", ignoreCase: true }, "well\nOK then", true],
    [{ type: "regex", pattern: "^ok\\b" }, "OK then", false],
    [{ type: "json", answer: { a: 1, b: [1, 2] } }, '```json\n{"b":[1,2],"c":0,"a":1}\n```', true],
    [{ type: "json", answer: { a: { b: null } } }, 'Here: {"a":{"b":null}}', true],
    [{ type: "json", answer: [1, 2] }, "[2,1]", false],
    [{ type: "json", answer: { a: 1 } }, '{"a":"1"}', false],
    [{ type: "json", answer: { toString: 1 } }, "{}", false],
    [{ type: "json", answer: {} }, "no JSON at all", false],
  ];
  for (const [grader, text, right] of cases) {
    assertEquals(isCorrect(grader, text), right, `${expectedOf(grader)}: ${text}`);
  }
});

Deno.test("a pattern that would hold up others takes no time, and a broken one is refused", () => {
  const slow: Grader = { type: "regex", pattern: "^(a+)+$" };
  assertEquals(isCorrect(slow, `${"a".repeat(20_000)}b`), false);
  assertThrows(() => expression({ type: "regex", pattern: "(" }), Error);
});
