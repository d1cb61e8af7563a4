import { FreshetError, type ModelInfo } from "../shared/mod.ts";
import type { Managed } from "./managed_node.ts";

/** What is to be copied: a name that was seen to lead to a digest, and the name that is to lead there too. */
export interface Copying {
  model: string;
  digest: string;
  copy: string;
  /** What the node has. */
  models: readonly ModelInfo[];
  /** Asks the node anew for its models. */
  renew(): Promise<readonly ModelInfo[]>;
  signal: AbortSignal;
}

/**
 * Copies what a name was seen to lead to. Servers copy names and know no digests, so somebody may give the name to another
 * model between the look and the copy: that copy is deleted again, and `conflict` thrown. So it is where the copy's name is another
 * model's, which a person may want: nothing is copied over it.
 */
export async function copyAsSeen(
  { node, manager, endpoint }: Managed,
  { model, digest, copy, models, renew, signal }: Copying,
): Promise<void> {
  if (models.some(({ id }) => id === copy)) {
    throw new FreshetError("conflict", `${node.name} has another model under the name ${copy}`, {
      hint: "Give that one another name, or delete it, and try again",
    });
  }
  await manager.copy(endpoint, model, copy, signal);
  const made = (await renew()).find(({ id }) => id === copy);
  if (made?.digest === digest) return;
  if (made) await manager.delete(endpoint, copy, signal);
  throw changedMeanwhile(model, node.name);
}

/** The error for a name that was given to another model between the look and the act. */
export function changedMeanwhile(model: string, nodeName: string): FreshetError {
  return new FreshetError("conflict", `${model} was changed on ${nodeName} at the same time`, {
    hint: "Look at what it is now, and try again",
  });
}
