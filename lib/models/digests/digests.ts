import {
  type DigestOrigin,
  FreshetError,
  type ModelChange,
  type ModelInfo,
  type NodeInfo,
} from "../../shared/mod.ts";
import { isKeptCopy } from "../../shared/model_configs/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import { keys, type Store, type Transaction } from "../../store/mod.ts";
import { HOUSE } from "../house.ts";
import { OurChanges } from "./our_changes.ts";
import { DIGEST, type DigestRecord } from "./record.ts";

const ENTRIES_MAX = 50;
/** Of one transaction. */
const WRITES_MAX = 100;

/** What the digests need. */
export interface DigestsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Told when another model is under a name now; `by` is who put it there. */
  onChange(change: ModelChange, by: DigestOrigin): Promise<void>;
  /** Told once of an instance in memory that is not what has its name now. */
  onStale(node: NodeInfo, model: ModelInfo): void;
}

/**
 * Which model each name of a node led to, and since when. A name is a tag, as in Ollama: who downloads it again or makes
 * another model of it moves it. Told by Freshet's own changes, which are announced by `during`, are those of others.
 */
export class Digests {
  readonly #options: DigestsOptions;
  readonly #log: Log;
  /** By node, then by name. */
  readonly #known = new Map<string, Promise<Map<string, DigestRecord>>>();
  readonly #ours = new OurChanges();
  readonly #stale = new Map<string, string>();

  constructor(options: DigestsOptions) {
    this.#options = options;
    this.#log = options.log.of("models");
  }

  /**
   * Changes a model knowing that it is Freshet who does; ends after the node was asked for its models. `digest` is what the
   * name leads to afterwards, where that is known: another one is of somebody else.
   */
  during<T>(
    at: { nodeId: string; model: string; digest?: string },
    work: () => Promise<T>,
  ): Promise<T> {
    return this.#ours.during(at, work);
  }

  /** Compares what a node has just told with what it had. Never throws: what cannot be kept is seen again the next time. */
  async look(node: NodeInfo, models: readonly ModelInfo[]): Promise<void> {
    try {
      await this.#look(node, models);
    } catch (error) {
      this.#log.error("Cannot keep the digests of a node", { node: node.name, error });
    }
  }

  /** Of a model on a node; null where it was never seen. */
  async of(nodeId: string, model: string): Promise<DigestRecord | null> {
    return (await this.#of(nodeId)).get(model) ?? null;
  }

  /** Changes that nobody has noted: when they were seen, by the names of the models. */
  async changes(nodeId: string): Promise<[string, number][]> {
    return [...(await this.#of(nodeId)).values()].flatMap(({ model, changedAt }) =>
      changedAt === undefined ? [] : [[model, changedAt]]
    );
  }

  /**
   * Takes the mark of a change away. `seen` is the time of the change that the person saw; throws `conflict` where there was
   * another one since.
   */
  async note(nodeId: string, model: string, seen?: number): Promise<void> {
    const key = keys.modelDigest(HOUSE, nodeId, model);
    const stored = await this.#options.store.get(DIGEST, key);
    this.#known.delete(nodeId);
    if (stored?.value.changedAt === undefined) return;
    const { changedAt, ...record } = stored.value;
    const isKept = (seen === undefined || changedAt <= seen) && await this.#write(async (transaction) => {
      transaction.operation.check(stored);
      await transaction.set(DIGEST, key, record);
    });
    if (!isKept) throw changedAgain(model);
    this.#known.delete(nodeId);
  }

  /** Drops what another process may have written. */
  forget(): void {
    this.#known.clear();
  }

  async #look(node: NodeInfo, models: readonly ModelInfo[]): Promise<void> {
    const told = models.filter((model) => model.digest !== undefined && !isKeptCopy(model));
    if (told.length === 0) return;
    const known = await this.#of(node.id);
    const isNew = ({ id }: ModelInfo) => !known.has(id);
    await this.#add(node, known, told.filter(isNew));
    for (const model of told) {
      const from = known.get(model.id)?.entries[0]?.digest;
      if (from !== undefined && from !== model.digest) await this.#change(node, known, model);
      this.#lookForStale(node, model, known.get(model.id));
    }
  }

  async #add(
    { id: nodeId }: NodeInfo,
    known: Map<string, DigestRecord>,
    models: readonly ModelInfo[],
  ): Promise<void> {
    const at = this.#options.clock.now();
    for (let i = 0; i < models.length; i += WRITES_MAX) {
      const records = models.slice(i, i + WRITES_MAX).map(({ id: model, digest = "" }): DigestRecord => {
        const by = this.#ours.has({ nodeId, model, digest }) ? "freshet" : "found";
        return { model, entries: [{ digest, at, by }] };
      });
      const isKept = await this.#write(async (transaction) => {
        for (const record of records) {
          const key = keys.modelDigest(HOUSE, nodeId, record.model);
          transaction.operation.check({ key, versionstamp: null });
          await transaction.set(DIGEST, key, record);
        }
      });
      // Somebody was faster; the next look reads what they have kept.
      if (!isKept) return void this.#known.delete(nodeId);
      for (const record of records) known.set(record.model, record);
    }
  }

  async #change(
    node: NodeInfo,
    known: Map<string, DigestRecord>,
    { id: model, digest: to = "" }: ModelInfo,
  ): Promise<void> {
    const { store, clock, onChange } = this.#options;
    const key = keys.modelDigest(HOUSE, node.id, model);
    const stored = await store.get(DIGEST, key);
    const before = stored?.value ?? known.get(model);
    const from = before?.entries[0]?.digest ?? "";
    // Another instance was faster.
    if (before && from === to) return void known.set(model, before);
    const at = clock.now();
    const by: DigestOrigin = this.#ours.has({ nodeId: node.id, model, digest: to }) ? "freshet" : "server";
    const record: DigestRecord = {
      model,
      entries: [{ digest: to, at, by }, ...before?.entries ?? []].slice(0, ENTRIES_MAX),
      ...(by === "server" ? { changedAt: at } : before?.changedAt ? { changedAt: before.changedAt } : {}),
    };
    const isKept = await this.#write(async (transaction) => {
      transaction.operation.check({ key, versionstamp: stored?.versionstamp ?? null });
      await transaction.set(DIGEST, key, record);
    });
    if (!isKept) return void this.#known.delete(node.id);
    known.set(model, record);
    if (by === "server") {
      this.#log.info("A model was changed on its server", { node: node.name, model, from, to });
    }
    await onChange({ nodeId: node.id, nodeName: node.name, model, from, to, at }, by);
  }

  /** Of servers whose digests in memory are of another kind, none is one that the name has led to. */
  #lookForStale(node: NodeInfo, model: ModelInfo, known: DigestRecord | undefined): void {
    const id = `${node.id}/${model.id}`;
    const { loadedDigest } = model;
    const isStale = known?.entries.some(({ digest }) => digest === loadedDigest) === true;
    if (!isStale) return void this.#stale.delete(id);
    const seen = `${loadedDigest} ${model.digest}`;
    if (this.#stale.get(id) === seen) return;
    this.#stale.set(id, seen);
    this.#options.onStale(node, model);
  }

  #of(nodeId: string): Promise<Map<string, DigestRecord>> {
    const known = this.#known.get(nodeId);
    if (known) return known;
    const { store } = this.#options;
    const reading = Array.fromAsync(store.list(DIGEST, { prefix: keys.modelDigests(HOUSE, nodeId) }))
      .then((all) => new Map(all.map(({ value }) => [value.model, value])));
    this.#known.set(nodeId, reading);
    // What could not be read is asked for again by the next one.
    reading.catch(() => this.#known.delete(nodeId));
    return reading;
  }

  async #write(fill: (transaction: Transaction) => Promise<void>): Promise<boolean> {
    await using transaction = this.#options.store.transaction();
    await fill(transaction);
    return (await transaction.commit()).ok;
  }
}

function changedAgain(model: string): FreshetError {
  return new FreshetError("conflict", `${model} was changed on its server once more`, {
    hint: "Look at what it is now before you note it",
  });
}
