import type { BenchmarkPrompt, PromptSet } from "../../shared/mod.ts";
import { arithmetic } from "./shipped/arithmetic.ts";
import { chat } from "./shipped/chat.ts";
import { code } from "./shipped/code.ts";
import { extraction } from "./shipped/extraction.ts";
import { facts } from "./shipped/facts.ts";
import { longContext } from "./shipped/long_context.ts";
import { reasoning } from "./shipped/reasoning.ts";

const SETS:
  readonly (readonly [id: string, name: string, description: string, make: () => BenchmarkPrompt[]])[] = [
    [
      "chat",
      "Short chat",
      "Small talk and small tasks: how soon an answer begins and how fast it comes",
      chat,
    ],
    ["arithmetic", "Arithmetic", "Sums and small stories with one number as their answer", arithmetic],
    ["reasoning", "Reasoning", "Riddles that are solved by thinking, not by knowing", reasoning],
    ["facts", "Facts", "What stands in every encyclopaedia", facts],
    ["code", "Reading code", "What small JavaScript functions return", code],
    ["extraction", "Notes to JSON", "Fields to be taken from a note, as JSON", extraction],
    [
      "long-context",
      "Long-context reading",
      "Logs of about 2,000 to 8,000 tokens with a question about one line",
      longContext,
    ],
  ];

let made: readonly PromptSet[] | undefined;

/** The sets that come with Freshet; made when they are first asked for. */
export function shippedSets(): readonly PromptSet[] {
  return made ??= SETS.map(([id, name, description, make]) => {
    return { id, name, description, origin: "shipped", prompts: make(), updatedAt: 0 };
  });
}
