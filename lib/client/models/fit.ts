/** Whether a machine can hold a model. */
export type Fit = "fits" | "tight" | "tooLarge" | "unknown";

/**
 * Bytes of memory that a model takes, estimated: its weights, a fifth for the cache of a context of a few thousand tokens, and
 * 0.5 GB for buffers.
 */
export function neededBytes(sizeBytes: number): number {
  return sizeBytes * 1.2 + 500_000_000;
}

/** Whether a model fits into a machine's memory (bytes, null where that is not known); `tight` leaves little for all else. */
export function fitOf(sizeBytes: number, memoryBytes: number | null): Fit {
  if (memoryBytes === null) return "unknown";
  const share = neededBytes(sizeBytes) / memoryBytes;
  return share <= 0.75 ? "fits" : share <= 0.95 ? "tight" : "tooLarge";
}
