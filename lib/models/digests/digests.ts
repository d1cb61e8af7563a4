import type { DigestOrigin, ModelChange, ModelInfo, NodeInfo } from "../../shared/mod.ts";
import { isKeptCopy } from "../../shared/model_configs/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import { houseOf, type Principal } from "../../access/mod.ts";
import { keys, type Store, type Transaction } from "../../store/mod.ts";
import { DIGEST, type DigestRecord } from "./record.ts";

const ENTRIES_MAX = 50;
/** Of one transaction. */
const WRITES_MAX = 100;

/** What the digests need. */
export interface DigestsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Told when somebody else has put another model under a name. */
  onChange(principal: Principal, change: ModelChange): Promise<void>;
  /** Told once of an instance in memory that is not what has its name now. */
  onStale(principal: Principal, node: NodeInfo, model: ModelInfo): void;
}

/**
 * Which model each name of a node led to, and since when. A name is a tag, as in Ollama: who downloads it again or makes
 * another model of it moves it. Told by Freshet's own changes, which are announced by `during`, are those of others.
 */
export class Digests {
  readonly #options: DigestsOptions;
  readonly #log: Log;
  /** By profile and node, then by name. */
  readonly #known = new Map<string, Promise<Map<string, DigestRecord>>>();
  readonly #ours = new Map<string, number>();
  readonly #stale = new Map<string, string>();

  constructor(options: DigestsOptions) {
    this.#options = options;
    this.#log = options.log.of("models");
  }

  /** Changes a model knowing that it is Freshet who does; ends after the node was asked for its models. */
  async during<T>(
    at: { nodeId: string; model: string },
    work: () => Promise<T>,
  ): Promise<T> {
    const id = placeOf(at);
    this.#ours.set(id, (this.#ours.get(id) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (this.#ours.get(id) ?? 1) - 1;
      if (left > 0) this.#ours.set(id, left);
      else this.#ours.delete(id);
    }
  }

  /** Compares what a node has just told with what it had. Never throws: what cannot be kept is seen again the next time. */
  async look(principal: Principal, node: NodeInfo, models: readonly ModelInfo[]): Promise<void> {
    try {
      await this.#look(principal, node, models);
    } catch (error) {
      this.#log.error("Cannot keep the digests of a node", { node: node.name, error });
    }
  }

  /** Of a model on a node; null where it was never seen. */
  async of(principal: Principal, nodeId: string, model: string): Promise<DigestRecord | null> {
    return (await this.#of(principal, nodeId)).get(model) ?? null;
  }

  /** Changes that nobody has noted: when they were seen, by the names of the models. */
  async changes(principal: Principal, nodeId: string): Promise<[string, number][]> {
    return [...(await this.#of(principal, nodeId)).values()].flatMap(({ model, changedAt }) =>
      changedAt === undefined ? [] : [[model, changedAt]]
    );
  }

  /** Takes the mark of a change away. */
  async note(principal: Principal, nodeId: string, model: string): Promise<void> {
    const { profileId } = houseOf(principal);
    const key = keys.modelDigest(profileId, nodeId, model);
    const stored = await this.#options.store.get(DIGEST, key);
    if (!stored) return;
    const { changedAt: _, ...record } = stored.value;
    await this.#write(async (transaction) => {
      transaction.operation.check(stored);
      await transaction.set(DIGEST, key, record);
    });
    this.#known.delete(`${profileId}/${nodeId}`);
  }

  /** Drops what another process may have written. */
  forget(): void {
    this.#known.clear();
  }

  async #look(principal: Principal, node: NodeInfo, models: readonly ModelInfo[]): Promise<void> {
    const told = models.filter((model) => model.digest !== undefined && !isKeptCopy(model));
    if (told.length === 0) return;
    const known = await this.#of(principal, node.id);
    const isNew = ({ id }: ModelInfo) => !known.has(id);
    await this.#add(principal, node, known, told.filter(isNew));
    for (const model of told) {
      const from = known.get(model.id)?.entries[0]?.digest;
      if (from !== undefined && from !== model.digest) await this.#change(principal, node, known, model);
      this.#lookForStale(principal, node, model, known.get(model.id));
    }
  }

  async #add(
    principal: Principal,
    { id: nodeId }: NodeInfo,
    known: Map<string, DigestRecord>,
    models: readonly ModelInfo[],
  ): Promise<void> {
    const { profileId } = houseOf(principal);
    const at = this.#options.clock.now();
    for (let i = 0; i < models.length; i += WRITES_MAX) {
      const records = models.slice(i, i + WRITES_MAX).map(({ id: model, digest = "" }): DigestRecord => {
        const by = this.#ours.has(placeOf({ nodeId, model })) ? "freshet" : "found";
        return { model, entries: [{ digest, at, by }] };
      });
      const isKept = await this.#write(async (transaction) => {
        for (const record of records) {
          const key = keys.modelDigest(profileId, nodeId, record.model);
          transaction.operation.check({ key, versionstamp: null });
          await transaction.set(DIGEST, key, record);
        }
      });
      // Somebody was faster; the next look reads what they have kept.
      if (!isKept) return void this.#known.delete(`${profileId}/${nodeId}`);
      for (const record of records) known.set(record.model, record);
    }
  }

  async #change(
    principal: Principal,
    node: NodeInfo,
    known: Map<string, DigestRecord>,
    { id: model, digest: to = "" }: ModelInfo,
  ): Promise<void> {
    const { store, clock, onChange } = this.#options;
    const key = keys.modelDigest(houseOf(principal).profileId, node.id, model);
    const stored = await store.get(DIGEST, key);
    const before = stored?.value ?? known.get(model);
    const from = before?.entries[0]?.digest ?? "";
    // Another instance was faster.
    if (before && from === to) return void known.set(model, before);
    const at = clock.now();
    const by: DigestOrigin = this.#ours.has(placeOf({ nodeId: node.id, model })) ? "freshet" : "server";
    const record: DigestRecord = {
      model,
      entries: [{ digest: to, at, by }, ...before?.entries ?? []].slice(0, ENTRIES_MAX),
      ...(by === "server" ? { changedAt: at } : before?.changedAt ? { changedAt: before.changedAt } : {}),
    };
    const isKept = await this.#write(async (transaction) => {
      transaction.operation.check({ key, versionstamp: stored?.versionstamp ?? null });
      await transaction.set(DIGEST, key, record);
    });
    if (!isKept) return void this.#known.delete(`${houseOf(principal).profileId}/${node.id}`);
    known.set(model, record);
    if (by !== "server") return;
    this.#log.info("A model was changed on its server", { node: node.name, model, from, to });
    await onChange(principal, { nodeId: node.id, nodeName: node.name, model, from, to, at });
  }

  /** Of servers whose digests in memory are of another kind, none is one that the name has led to. */
  #lookForStale(
    principal: Principal,
    node: NodeInfo,
    model: ModelInfo,
    known: DigestRecord | undefined,
  ): void {
    const id = placeOf({ nodeId: node.id, model: model.id });
    const { loadedDigest } = model;
    const isStale = known?.entries.some(({ digest }) => digest === loadedDigest) === true;
    if (!isStale) return void this.#stale.delete(id);
    const seen = `${loadedDigest} ${model.digest}`;
    if (this.#stale.get(id) === seen) return;
    this.#stale.set(id, seen);
    this.#options.onStale(principal, node, model);
  }

  #of(principal: Principal, nodeId: string): Promise<Map<string, DigestRecord>> {
    const { profileId } = houseOf(principal);
    const id = `${profileId}/${nodeId}`;
    const known = this.#known.get(id);
    if (known) return known;
    const { store } = this.#options;
    const reading = Array.fromAsync(store.list(DIGEST, { prefix: keys.modelDigests(profileId, nodeId) }))
      .then((all) => new Map(all.map(({ value }) => [value.model, value])));
    this.#known.set(id, reading);
    // What could not be read is asked for again by the next one.
    reading.catch(() => this.#known.delete(id));
    return reading;
  }

  async #write(fill: (transaction: Transaction) => Promise<void>): Promise<boolean> {
    await using transaction = this.#options.store.transaction();
    await fill(transaction);
    return (await transaction.commit()).ok;
  }
}

function placeOf({ nodeId, model }: { nodeId: string; model: string }): string {
  return `${nodeId}/${model}`;
}
