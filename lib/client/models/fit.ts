/** Whether a machine can hold a model; `onCards` wholly on its graphics cards, which is fast. */
export type Fit = "onCards" | "fits" | "tight" | "tooLarge" | "unknown";

/** What a machine has to hold models in; bytes, null where that is not known. */
export interface MachineMemory {
  memoryBytes: number | null;
  gpuMemoryBytes: number | null;
}

/** The rest of a card's memory is the screen's and the driver's. */
const SHARE_OF_CARDS = 0.95;

/**
 * Bytes of memory that a model takes, estimated: its weights, a fifth for the cache of a context of a few thousand tokens, and
 * 0.5 GB for buffers.
 */
export function neededBytes(sizeBytes: number): number {
  return sizeBytes * 1.2 + 500_000_000;
}

/**
 * Whether a model fits into a machine. What its graphics cards cannot hold is kept in its memory; `tight` leaves little for all
 * else there.
 */
export function fitOf(sizeBytes: number, { memoryBytes, gpuMemoryBytes }: MachineMemory): Fit {
  const rest = neededBytes(sizeBytes) - (gpuMemoryBytes ?? 0) * SHARE_OF_CARDS;
  if (rest <= 0) return "onCards";
  if (memoryBytes === null) return "unknown";
  const share = rest / memoryBytes;
  return share <= 0.75 ? "fits" : share <= 0.95 ? "tight" : "tooLarge";
}
