import type { ConfigVersion, ModelConfig, ModelInfo } from "../../shared/mod.ts";
import { type ConfigRecord, type CreationRecord, creationView, type VersionRecord } from "./records.ts";

/** What a configuration is shown from. */
export interface ConfigView {
  config: ConfigRecord;
  versions: readonly VersionRecord[];
  creations: readonly CreationRecord[];
  /** What the nodes have. */
  models: ReadonlyMap<string, readonly ModelInfo[]>;
}

/** A configuration as clients see it: each version with its creations and the nodes on which it is what has the name. */
export function configView({ config, versions, creations, models }: ConfigView): ModelConfig {
  const nodeIds = new Set(creations.map(({ nodeId }) => nodeId));
  const active = new Map(
    [...nodeIds].map((nodeId) => [nodeId, activeOn(nodeId, config.name, creations, models)]),
  );
  const views = versions.map((version): ConfigVersion => ({
    ...version,
    creations: creations.filter(({ number }) => number === version.number).map(creationView),
    activeOn: [...active].filter(([, number]) => number === version.number).map(([nodeId]) => nodeId),
  }));
  return { ...config, versions: views.sort((a, b) => b.number - a.number) };
}

/** The version that a node has: the one created last, unless the name was given to another model since. */
function activeOn(
  nodeId: string,
  name: string,
  creations: readonly CreationRecord[],
  models: ConfigView["models"],
): number | undefined {
  const done = creations.filter((creation) => creation.nodeId === nodeId && creation.state === "done");
  const last = done.reduce<CreationRecord | undefined>(
    (latest, creation) => !latest || isLater(creation, latest) ? creation : latest,
    undefined,
  );
  const info = models.get(nodeId)?.find(({ id }) => id === name);
  if (!last || !info) return undefined;
  if (last.digest === undefined || info.digest === undefined || last.digest === info.digest) {
    return last.number;
  }
  // Somebody went back to what another version had made.
  return done.find(({ digest }) => digest === info.digest)?.number;
}

function isLater(a: CreationRecord, b: CreationRecord): boolean {
  const [ended, before] = [a.finishedAt ?? 0, b.finishedAt ?? 0];
  return ended > before || (ended === before && a.number > b.number);
}
