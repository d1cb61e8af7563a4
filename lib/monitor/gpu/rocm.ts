import type { GpuState } from "../../shared/mod.ts";

/** The arguments of rocm-smi. */
export const ROCM_ARGS = [
  "--showproductname",
  "--showuse",
  "--showmeminfo",
  "vram",
  "--showtemp",
  "--showpower",
  "--json",
];

/** The names that its versions give to one thing. */
const NAMES = {
  name: ["Card Series", "Card series", "Device Name", "Card Model", "Card model"],
  busy: ["GPU use (%)"],
  used: ["VRAM Total Used Memory (B)"],
  total: ["VRAM Total Memory (B)"],
  temperature: ["Temperature (Sensor junction) (C)", "Temperature (Sensor edge) (C)"],
  power: [
    "Current Socket Graphics Package Power (W)",
    "Average Graphics Package Power (W)",
    "Average Package Power (W)",
  ],
};

type Card = Record<string, unknown>;

/** Reads what rocm-smi writes: `{ "card0": { "GPU use (%)": "12", … }, "system": … }`, maybe with warnings before and after it. */
export function parseRocm(text: string): GpuState[] {
  const [start, end] = [text.indexOf("{"), text.lastIndexOf("}")];
  // Without a GPU there is only a warning.
  if (start < 0 || end < start) return [];
  const cards = JSON.parse(text.slice(start, end + 1)) as Record<string, Card>;
  return Object.entries(cards).filter(([key]) => /^card\d+$/.test(key)).map(([key, card]) => ({
    name: nameOf(card) ?? key,
    busy: numberOf(card, NAMES.busy),
    memoryUsed: numberOf(card, NAMES.used),
    memoryTotal: numberOf(card, NAMES.total),
    temperature: numberOf(card, NAMES.temperature),
    power: numberOf(card, NAMES.power),
  }));
}

function nameOf(card: Card): string | undefined {
  const names = NAMES.name.map((name) => card[name]);
  return names.find((name): name is string =>
    typeof name === "string" && !/^(N\/A|0x[\da-f]+|)$/i.test(name)
  );
}

function numberOf(card: Card, names: readonly string[]): number | null {
  for (const name of names) {
    const value = card[name];
    if (typeof value !== "string" && typeof value !== "number") continue;
    const number = Number(value);
    if (value !== "" && Number.isFinite(number)) return number;
  }
  return null;
}
