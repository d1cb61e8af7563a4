import { plainAnswer } from "./plain_answer.ts";

const PATTERNS = [
  /^\(?([A-Z])\)?[.:]?$/i,
  /(?:answer|choice|option)\s*(?:is|:|=)*\s*\(?([A-Z])\)?(?![A-Z])/i,
  /^\(?([A-Z])[).:](?:\s|$)/,
];

/** The letter that an answer chooses, in upper case; null where that cannot be told. */
export function choiceIn(answer: string): string | null {
  const plain = plainAnswer(answer);
  for (const pattern of PATTERNS) {
    const letter = pattern.exec(plain)?.[1];
    if (letter) return letter.toUpperCase();
  }
  // One letter in brackets, however often, leaves no doubt.
  const letters = new Set([...plain.matchAll(/\(([A-Z])\)/g)].map(([, letter]) => letter));
  const [only] = letters;
  return letters.size === 1 && only ? only : null;
}
