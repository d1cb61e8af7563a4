import {
  type BenchmarkParameters,
  type CreateBenchmarkBody,
  FreshetError,
  HOUSE_PROFILE,
  newId,
  type PromptSet,
} from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import { sha256Hex } from "../store/mod.ts";
import type { BenchmarkRecord } from "./record.ts";
import type { TargetNodes } from "./run/target_nodes.ts";
import { emptyTally } from "./summary/tally.ts";

/** Calls of one benchmark at most. */
export const CALLS_MAX = 10_000;
/** Models of one benchmark at most. */
export const TARGETS_MAX = 10;

/** Throws `invalid_request` where a benchmark would be too long. */
export function requireFewCalls(
  set: PromptSet,
  { repetitions }: BenchmarkParameters,
  { targets }: CreateBenchmarkBody,
): void {
  const calls = set.prompts.length * repetitions * targets.length;
  if (calls <= CALLS_MAX) return;
  throw new FreshetError("invalid_request", `${calls} calls are more than ${CALLS_MAX}`, {
    field: "repetitions",
    hint: "Take fewer models or repetitions, or a shorter set",
  });
}

/** Throws `invalid_request` where there are no models, too many or one twice, and `model_not_found` for one that no node has. */
export async function requireModels(
  principal: Principal,
  { targets }: CreateBenchmarkBody,
  targetNodes: Pick<TargetNodes, "of">,
): Promise<void> {
  const names = new Set(targets.map(({ model, nodeId = "" }) => JSON.stringify([model, nodeId])));
  if (targets.length === 0 || targets.length > TARGETS_MAX || names.size < targets.length) {
    const message = `Choose 1 to ${TARGETS_MAX} models, each once on a node`;
    throw new FreshetError("invalid_request", message, { field: "targets" });
  }
  for (const target of targets) {
    const { nodes } = await targetNodes.of(principal, target);
    if (nodes.length > 0) continue;
    const where = target.nodeId === undefined ? "No node has" : "The chosen node does not have";
    throw new FreshetError("model_not_found", `${where} the model ${target.model}`, { field: "targets" });
  }
}

/** What the record of a new benchmark is made of. */
export interface NewBenchmark {
  body: CreateBenchmarkBody;
  parameters: BenchmarkParameters;
  set: PromptSet;
  /** Of nodes, by their ids. */
  nodeNames: ReadonlyMap<string, string>;
  now: number;
}

/** The record of a benchmark of which nothing was measured yet. */
export async function newRecord(
  { body: { name, targets }, parameters, set, nodeNames, now }: NewBenchmark,
): Promise<BenchmarkRecord> {
  const models = targets.map(({ model }) => model).join(", ");
  return {
    id: newId(),
    profileId: HOUSE_PROFILE,
    ownerId: "",
    name: name?.trim() || `${set.name}: ${models}`.slice(0, 200),
    setId: set.id,
    setName: set.name,
    promptsHash: await sha256Hex(new TextEncoder().encode(JSON.stringify(set.prompts))),
    parameters,
    state: "waiting",
    targets: targets.map(({ model, nodeId }) => ({
      model,
      ...(nodeId === undefined ? {} : { nodeId, nodeName: nodeNames.get(nodeId) ?? nodeId }),
      total: set.prompts.length * parameters.repetitions,
      warmUps: [],
      memory: [],
      tally: emptyTally(),
    })),
    pages: 0,
    createdAt: now,
    updatedAt: now,
  };
}
