import { plainAnswer } from "./plain_answer.ts";

const NUMBER = /[-−–]?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?/gi;
/** Where models put what they have come to. */
const MARKED = [
  /\\boxed\{([^{}]*)\}/gi,
  /(?:final answer|the answer|answer|result|total)\s*(?:is|was|=|:)+\s*([^\n]*)/gi,
];

/**
 * The number that an answer comes to: what stands in `\boxed{}` or behind "answer is", else the last number of all; null where
 * there is none. A comma separates thousands, a point decimals.
 */
export function numberIn(answer: string): number | null {
  const plain = plainAnswer(answer);
  for (const pattern of MARKED) {
    const found = [...plain.matchAll(pattern)].at(-1)?.[1];
    const [first] = found === undefined ? [] : numbersIn(found);
    if (first !== undefined) return first;
  }
  return numbersIn(plain).at(-1) ?? null;
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(NUMBER)].flatMap((match) => {
    const before = text[match.index - 1] ?? "";
    const digits = match[0].replace(/^[−–]/, "-").replaceAll(",", "");
    // "2024-05" and "10-3" are no negative numbers.
    const isRange = digits.startsWith("-") && /[\w.)]/.test(before);
    const value = Number(isRange ? digits.slice(1) : digits);
    return Number.isFinite(value) ? [value] : [];
  });
}
