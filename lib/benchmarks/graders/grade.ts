import { RE2JS } from "re2js";
import type { Grader } from "../../shared/mod.ts";
import { choiceIn } from "./choice_in.ts";
import { has, jsonIn } from "./json_in.ts";
import { numberIn } from "./number_in.ts";
import { plainAnswer, withoutThinking } from "./plain_answer.ts";

/** Of numbers that cannot be told apart as doubles. */
const ROUNDING = 1e-9;

/** Whether an answer is right. */
export function isCorrect(grader: Grader, answer: string): boolean {
  switch (grader.type) {
    case "exact":
      return isOneOf(grader, answer);
    case "number": {
      const number = numberIn(answer);
      const slack = (grader.tolerance ?? 0) + ROUNDING * Math.max(1, Math.abs(grader.answer));
      return number !== null && Math.abs(number - grader.answer) <= slack;
    }
    case "choice":
      return choiceIn(answer) === grader.answer.toUpperCase();
    case "regex":
      return expression(grader).matcher(withoutThinking(answer)).find();
    case "json":
      return has(jsonIn(answer), grader.answer);
  }
}

/** The known answer as it is shown. */
export function expectedOf(grader: Grader): string {
  switch (grader.type) {
    case "exact":
      return grader.answers.join(" | ");
    case "number":
      return `${grader.answer}${grader.tolerance ? ` ± ${grader.tolerance}` : ""}`;
    case "choice":
      return grader.answer;
    case "regex":
      return `/${grader.pattern}/${grader.ignoreCase ? "i" : ""}`;
    case "json":
      return JSON.stringify(grader.answer);
  }
}

/**
 * A pattern made ready. RE2's way takes time that grows with the text only, so that no pattern can hold up the server. Throws
 * an `Error` that says what is wrong with the pattern.
 */
export function expression({ pattern, ignoreCase }: Extract<Grader, { type: "regex" }>): RE2JS {
  return RE2JS.compile(pattern, RE2JS.MULTILINE | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0));
}

function isOneOf({ answers, caseSensitive }: Extract<Grader, { type: "exact" }>, answer: string): boolean {
  const folded = (text: string) => caseSensitive ? plainAnswer(text) : plainAnswer(text).toLowerCase();
  const given = folded(answer);
  return answers.some((one) => folded(one) === given);
}
