import type { Store } from "../store.ts";
import { Digest, type EntityDigest } from "./digest_value.ts";
import { KEPT_ENTITIES, type KeptEntity } from "./entities.ts";
import { readLines } from "./lines.ts";

/** What a store holds now, by entity. */
export async function digestStore(
  store: Store,
  signal?: AbortSignal,
): Promise<Record<string, EntityDigest>> {
  const digests: Record<string, EntityDigest> = {};
  for (const [entity, rule] of KEPT_ENTITIES) {
    digests[entity] = await digestEntity(store, entity, rule, signal);
  }
  return digests;
}

/** What a store holds of an entity now. */
export async function digestEntity(
  store: Store,
  entity: string,
  rule: KeptEntity,
  signal?: AbortSignal,
): Promise<EntityDigest> {
  const digest = new Digest();
  for await (const line of readLines(store, entity, rule, { signal })) digest.add(line.digest);
  return digest.value();
}
