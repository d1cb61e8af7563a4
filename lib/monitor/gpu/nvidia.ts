import type { GpuState } from "../../shared/mod.ts";

/** The arguments of nvidia-smi; its manual names the fields (`nvidia-smi --help-query-gpu`). */
export const NVIDIA_ARGS = [
  "--query-gpu=name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw",
  "--format=csv,noheader,nounits",
];

const FIELDS = 6;
const MIB = 1024 * 1024;

/**
 * Reads what nvidia-smi writes: a line for each GPU, MiB and watts without their units. What a GPU cannot tell is `[N/A]`,
 * `[Not Supported]` or `[Unknown Error]`, in older drivers without the brackets.
 */
export function parseNvidia(text: string): GpuState[] {
  return text.split("\n").flatMap((line) => {
    const fields = line.split(",").map((field) => field.trim());
    if (fields.length < FIELDS) return [];
    // A name may have commas of its own.
    const [busy, used, total, temperature, power] = fields.slice(-FIELDS + 1).map(numberOf);
    const memory = (mib: number | null | undefined) => mib === null || mib === undefined ? null : mib * MIB;
    return {
      name: fields.slice(0, -FIELDS + 1).join(", "),
      busy: busy ?? null,
      memoryUsed: memory(used),
      memoryTotal: memory(total),
      temperature: temperature ?? null,
      power: power ?? null,
    };
  });
}

function numberOf(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
