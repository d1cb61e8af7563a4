import { FreshetError } from "../../shared/mod.ts";
import { keys, type Store, type Stored } from "../../store/mod.ts";
import { HOUSE } from "../house.ts";
import {
  CONFIG,
  type ConfigRecord,
  CREATION,
  type CreationRecord,
  VERSION,
  type VersionRecord,
} from "./records.ts";

/** A configuration with what is new of it: they are kept together or not at all. */
export interface ConfigWrite {
  config: ConfigRecord;
  /** As it was read; null for a new one. */
  before: Stored<ConfigRecord> | null;
  versions: readonly VersionRecord[];
  creations: readonly CreationRecord[];
}

/** The records of configurations and their versions. */
export class ConfigStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The ids of the configurations by the names of what they make. */
  async ids(): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for await (const { value } of this.#store.list(CONFIG, { prefix: keys.modelConfigs(HOUSE) })) {
      ids.set(value.name, value.id);
    }
    return ids;
  }

  get(id: string): Promise<Stored<ConfigRecord> | null> {
    return this.#store.get(CONFIG, keys.modelConfig(HOUSE, id));
  }

  /** Throws `not_found`. */
  async find(id: string): Promise<Stored<ConfigRecord>> {
    const stored = await this.get(id);
    if (stored) return stored;
    throw new FreshetError("not_found", "There is no such configuration");
  }

  /** Throws `not_found`. */
  async version(id: string, number: number): Promise<VersionRecord> {
    const stored = await this.#store.get(VERSION, keys.modelConfigVersion(HOUSE, id, number));
    if (stored) return stored.value;
    throw new FreshetError("not_found", "There is no such version");
  }

  /** Oldest first. */
  async versions(id: string): Promise<VersionRecord[]> {
    const selector = { prefix: keys.modelConfigVersions(HOUSE, id) };
    return (await Array.fromAsync(this.#store.list(VERSION, selector))).map(({ value }) => value);
  }

  /** Returns the versionstamp of all. Throws `conflict` where somebody else has written. */
  async write({ config, before, versions, creations }: ConfigWrite): Promise<string> {
    const key = keys.modelConfig(HOUSE, config.id);
    await using transaction = this.#store.transaction();
    transaction.operation.check({ key, versionstamp: before?.versionstamp ?? null });
    await transaction.set(CONFIG, key, config);
    for (const version of versions) {
      await transaction.set(VERSION, keys.modelConfigVersion(HOUSE, config.id, version.number), version);
    }
    for (const creation of creations) {
      const { number, nodeId } = creation;
      await transaction.set(CREATION, keys.modelCreation(HOUSE, config.id, number, nodeId), creation);
    }
    const result = await transaction.commit();
    if (result.ok) return result.versionstamp;
    throw savedMeanwhile();
  }

  /** Puts a creation in place of one that has ended; the same as of `write`. */
  async writeCreation(creation: CreationRecord, isFree: (old: CreationRecord) => boolean): Promise<string> {
    const { configId, number, nodeId, nodeName } = creation;
    const key = keys.modelCreation(HOUSE, configId, number, nodeId);
    const stored = await this.#store.get(CREATION, key);
    if (stored && !isFree(stored.value)) {
      throw new FreshetError("conflict", `Version ${number} is being created on ${nodeName}`);
    }
    await using transaction = this.#store.transaction();
    transaction.operation.check({ key, versionstamp: stored?.versionstamp ?? null });
    await transaction.set(CREATION, key, creation);
    const result = await transaction.commit();
    if (result.ok) return result.versionstamp;
    throw savedMeanwhile();
  }

  /** Takes a configuration with all that belongs to it away. */
  async remove({ id, latest }: ConfigRecord): Promise<void> {
    for (let number = 1; number <= latest; number++) {
      await this.#delete(keys.modelConfigVersion(HOUSE, id, number));
    }
    await this.#store.deleteBelow(keys.modelCreations(HOUSE, id));
    await this.#delete(keys.modelConfig(HOUSE, id));
  }

  /** A large record has more than its key. */
  async #delete(key: Deno.KvKey): Promise<void> {
    await using transaction = this.#store.transaction();
    await transaction.delete(key);
    await transaction.commit();
  }
}

/** Why a version is not kept. */
export function savedMeanwhile(): FreshetError {
  return new FreshetError("conflict", "The configuration was saved at the same time", {
    hint: "Load the page anew to see the newer version",
  });
}
