import type { ModelHolder, ModelInfo } from "../shared/mod.ts";
import type { Digests } from "./digests/digests.ts";
import type { Pins } from "./pins/pins.ts";

/** What is said of a model on a node beyond what its server tells. */
export type HolderMarks = Pick<ModelHolder, "changedAt" | "pin">;

/** What finds the marks of a model on a node. */
export type MarksOf = (nodeId: string, model: ModelInfo) => HolderMarks;

/** Reads the marks of all that the nodes have. */
export async function readMarks(
  digests: Digests,
  pins: Pins,
  models: ReadonlyMap<string, readonly ModelInfo[]>,
): Promise<MarksOf> {
  const pinned = new Map<string, Set<string>>();
  for (const { nodeId, model, digest } of await pins.all()) {
    const id = `${nodeId}/${model}`;
    pinned.set(id, (pinned.get(id) ?? new Set()).add(digest));
  }
  const changes = new Map<string, number>();
  for (const [nodeId, infos] of models) {
    if (!infos.some(({ digest }) => digest !== undefined)) continue;
    for (const [model, changedAt] of await digests.changes(nodeId)) {
      changes.set(`${nodeId}/${model}`, changedAt);
    }
  }
  return (nodeId, { id, digest }) => {
    const place = `${nodeId}/${id}`;
    const pins = pinned.get(place);
    const changedAt = changes.get(place);
    return {
      ...(changedAt === undefined ? {} : { changedAt }),
      ...(pins && digest !== undefined ? { pin: pins.has(digest) ? "same" : "other" } : {}),
    };
  };
}
