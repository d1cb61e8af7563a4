import type { FakeAnswer, FakePrompt } from "../fakes/mod.ts";
import { words } from "../fakes/mod.ts";

const STORY = [
  "Every spring the river rises, and the people of the valley call it the freshet.",
  "It takes the bridges that were built too low, and leaves those that were built by the people who remembered.",
  "One year the miller's daughter measured it: a stake in the bank, a notch each morning, a number in a book.",
  "When the water came faster than the notches, she did not run to one neighbour. She told three,",
  "and each of them told the next, so that the news arrived even where one of them was asleep.",
  "The bridge stood. The book is still there; its last line says: it came, and we were not one but many.",
].join(" ");

/** How a node of the demonstration answers. */
export interface Temper {
  firstTokenMs: number;
  paceMs: number;
  /** Every so many answers something goes wrong; 0 for never. */
  failsEvery: number;
}

/**
 * A model that tells one story, whatever it is asked, at its node's pace; it goes on where its last message ended. Now and then
 * it fails: at once, with an overload, or in the middle of the story.
 */
export function storyteller(
  { firstTokenMs, paceMs, failsEvery }: Temper,
): (prompt: FakePrompt) => FakeAnswer {
  let answers = 0;
  return ({ messages }) => {
    const last = messages.at(-1);
    const begun = last?.role === "assistant" && STORY.startsWith(last.text) ? last.text.length : 0;
    const answer: FakeAnswer = { deltas: words(STORY.slice(begun)), firstTokenMs, paceMs };
    answers++;
    if (failsEvery === 0 || answers % failsEvery !== 0) return answer;
    const kind = (answers / failsEvery) % 3;
    if (kind === 0) return { failure: { kind: "overloaded" } };
    if (kind === 1) return { ...answer, interruption: { type: "die", afterBytes: 2_500 } };
    return { failure: { kind: "rate_limit", retryAfter: 2 } };
  };
}
