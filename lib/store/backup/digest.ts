import { createHash, type Hash } from "node:crypto";
import type { Store } from "../store.ts";
import { KEPT_ENTITIES, type KeptEntity } from "./entities.ts";
import { readLines } from "./lines.ts";

/** How much there is of an entity, and what it is recognised by. */
export interface EntityDigest {
  count: number;
  /** SHA-256 of its contents in the order of their keys, in hex. */
  sha256: string;
}

/** Adds up the contents of an entity. */
export class Digest {
  #hash: Hash = createHash("sha256");
  #count = 0;

  add(content: string): void {
    this.#hash.update(content).update("\n");
    this.#count++;
  }

  value(): EntityDigest {
    return { count: this.#count, sha256: this.#hash.copy().digest("hex") };
  }
}

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
