import type { BenchmarkPrompt } from "../../../shared/mod.ts";
import { exact, number } from "./prompt.ts";

const SHIPS = ["Alder", "Briar", "Cedar", "Dogwood", "Elder", "Fern", "Gorse", "Hazel", "Ivy", "Juniper"];
const GOODS = ["lemons", "tin", "wool", "salt", "tea", "cork", "rope", "candles", "paper", "glass"];
const PORTS = ["Porto", "Tallinn", "Cork", "Bergen", "Genoa", "Malmö", "Varna", "Oran", "Nantes", "Vigo"];
const KEEPERS = ["Abel", "Bruna", "Carl", "Dora", "Emil", "Frida", "Gustav", "Hilde"];
/** Days of the log by prompt: of about 2,000, 4,000 and 8,000 tokens. */
const LENGTHS = [60, 120, 240] as const;
const PROMPTS = 21;

interface Entry {
  day: number;
  ship: string;
  crates: number;
  goods: string;
  port: string;
  keeper: string;
}

/** Logs of a harbour, each with a question about one day somewhere in it. They are always the same. */
export function longContext(): BenchmarkPrompt[] {
  return Array.from({ length: PROMPTS }, (_, i) => {
    const days = LENGTHS[i % LENGTHS.length] ?? 60;
    const random = numbersFrom(i + 1);
    const log = Array.from({ length: days }, (_, day) => entryOf(day + 1, random));
    // Near the beginning, in the middle and near the end, by turns.
    const place = Math.floor(days * (((i * 5) % PROMPTS) + 0.5) / PROMPTS);
    const entry = log[place] ?? entryOf(1, random);
    return questionAbout(entry, i, log.map(lineOf).join("\n"));
  });
}

function entryOf(day: number, random: () => number): Entry {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";
  return {
    day,
    ship: pick(SHIPS),
    crates: 11 + Math.floor(random() * 880),
    goods: pick(GOODS),
    port: pick(PORTS),
    keeper: pick(KEEPERS),
  };
}

function lineOf({ day, ship, crates, goods, port, keeper }: Entry): string {
  return `Day ${day}: the ${ship} came in from ${port} with ${crates} crates of ${goods}; ` +
    `${keeper} kept the light that night and wrote the weather down.`;
}

function questionAbout(entry: Entry, i: number, log: string): BenchmarkPrompt {
  const text = `Here is the log of a harbour.\n\n${log}\n\n`;
  switch (i % 4) {
    case 0:
      return number(`${text}How many crates came in on day ${entry.day}?`, entry.crates);
    case 1:
      return exact(`${text}From which port did the ship of day ${entry.day} come?`, entry.port);
    case 2:
      return exact(`${text}Who kept the light on the night of day ${entry.day}?`, entry.keeper);
    default:
      return exact(
        `${text}Which goods came in on day ${entry.day}?`,
        entry.goods,
        `crates of ${entry.goods}`,
      );
  }
}

/** Numbers from 0 to 1 that are the same for the same seed: a linear congruence (Numerical Recipes). */
function numbersFrom(seed: number): () => number {
  let state = seed * 2_654_435_761 >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
