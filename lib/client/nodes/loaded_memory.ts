import type { ModelInfo } from "../../shared/mod.ts";

/** What the loaded models of a node take, in bytes. */
export interface LoadedMemory {
  bytes: number;
  /** How many of them are on graphics cards. */
  vramBytes: number;
}

/** The memory that a node's loaded models take together; null where its server does not tell that of each of them. */
export function loadedMemory(
  models: readonly Pick<ModelInfo, "loaded" | "memoryBytes" | "vramBytes">[],
): LoadedMemory | null {
  if (!models.some(({ loaded }) => loaded !== undefined)) return null;
  let bytes = 0;
  let vramBytes = 0;
  for (const model of models) {
    if (!model.loaded) continue;
    if (model.memoryBytes === undefined) return null;
    bytes += model.memoryBytes;
    vramBytes += model.vramBytes ?? 0;
  }
  return { bytes, vramBytes };
}
