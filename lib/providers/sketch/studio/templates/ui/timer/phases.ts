/** What the time is for. */
export type Phase = "work" | "shortBreak" | "longBreak";

/** How long each phase takes by default, in minutes. */
export const LENGTHS: Readonly<Record<Phase, number>> = { work: 25, shortBreak: 5, longBreak: 15 };

/** How phases are called. */
export const LABELS: Readonly<Record<Phase, string>> = {
  work: "Work",
  shortBreak: "Short break",
  longBreak: "Long break",
};

/** All phases, in the order of their buttons. */
export const PHASES: readonly Phase[] = ["work", "shortBreak", "longBreak"];

/** So many rounds of work make a set, with a long break behind it. */
export const ROUNDS = 4;

/** What comes after a phase, with so many rounds of work done. */
export function phaseAfter(phase: Phase, rounds: number): Phase {
  if (phase !== "work") return "work";
  return rounds > 0 && rounds % ROUNDS === 0 ? "longBreak" : "shortBreak";
}
