import type { ModelInfo } from "../shared/mod.ts";
import type { Managed } from "./managed_node.ts";
import { isForEmbeddings } from "./node_models.ts";

/** A model that was to stay for longer is one that stays. */
const FOR_EVER_MS = 10 * 365 * 86_400_000;

/**
 * Loads what has a name now in place of what had it before, to stay for as long as that was to. An instance of other weights
 * is not found by the name any more and leaves memory when its time is over; `copy` is a name that still leads to it.
 */
export async function reload(
  { manager, endpoint }: Managed,
  model: ModelInfo,
  copy: string | undefined,
  now: number,
  signal: AbortSignal,
): Promise<void> {
  if (copy !== undefined) await manager.unload(endpoint, copy, signal);
  await manager.unload(endpoint, model.id, signal);
  const keepAlive = keepAliveOf(model, now);
  const options = { isForEmbeddings: isForEmbeddings(model), ...(keepAlive ? { keepAlive } : {}) };
  await manager.load(endpoint, model.id, options, signal);
}

function keepAliveOf({ expiresAt }: ModelInfo, now: number): string | number | undefined {
  if (expiresAt === undefined) return undefined;
  const left = expiresAt - now;
  if (left > FOR_EVER_MS) return -1;
  return left > 0 ? `${Math.ceil(left / 1_000)}s` : undefined;
}
