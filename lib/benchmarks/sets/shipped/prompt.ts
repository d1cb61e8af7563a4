import type { BenchmarkPrompt, JsonValue } from "../../../shared/mod.ts";

const NUMBER_ONLY = "Answer with the number only.";
const ONE_ONLY = "Answer with that only, without a sentence around it.";
const LETTER_ONLY = "Answer with the letter only.";
const LETTERS = ["A", "B", "C", "D", "E"];

/** A question whose answer is a number. */
export function number(question: string, answer: number, tolerance = 0): BenchmarkPrompt {
  const grader = { type: "number", answer, ...(tolerance > 0 ? { tolerance } : {}) } as const;
  return { text: `${question}\n\n${NUMBER_ONLY}`, grader };
}

/** A question whose answer is a word or a name, of which there may be several spellings. */
export function exact(question: string, ...answers: string[]): BenchmarkPrompt {
  return { text: `${question}\n\n${ONE_ONLY}`, grader: { type: "exact", answers } };
}

/** A question with choices; the right one is named by its place, from 0. */
export function choice(question: string, choices: readonly string[], right: number): BenchmarkPrompt {
  const listed = choices.map((text, i) => `${LETTERS[i]}) ${text}`).join("\n");
  return {
    text: `${question}\n\n${listed}\n\n${LETTER_ONLY}`,
    grader: { type: "choice", answer: LETTERS[right] ?? "A" },
  };
}

/** A task whose answer is JSON. */
export function json(task: string, answer: JsonValue): BenchmarkPrompt {
  return { text: `${task}\n\nAnswer with JSON only.`, grader: { type: "json", answer } };
}
