import type { ConfigContent } from "../../shared/mod.ts";
import type { Log } from "../../host/mod.ts";
import { keys, type Stored } from "../../store/mod.ts";
import { HOUSE } from "../house.ts";
import { BaseCopies } from "./base_copy.ts";
import { Creation, type CreationOptions } from "./creation.ts";
import { CREATION, type CreationRecord, isCreating } from "./records.ts";

const LOOK_EVERY_MS = 30_000;
/** How long a process may be silent before what it had in hand counts as cut; its heart beats every 5 s. */
const DEAD_AFTER_MS = 20_000;

/** What the creations need. */
export type CreationsOptions = Omit<
  CreationOptions,
  "bases" | "record" | "versionstamp" | "content" | "closing"
>;

/** The creations of versions on nodes: those of one model on one node come after each other. */
export class Creations {
  readonly bases: BaseCopies;
  readonly #options: CreationsOptions;
  readonly #log: Log;
  readonly #closing = new AbortController();
  readonly #running = new Map<string, Creation>();
  /** The last one of each model on each node. */
  readonly #lines = new Map<string, Promise<void>>();
  #stopLooking: (() => void) | undefined;

  constructor(options: CreationsOptions) {
    this.#options = options;
    this.#log = options.log.of("models");
    this.bases = new BaseCopies(options.store);
  }

  /** Finds what was cut by the end of its process. */
  async start(): Promise<void> {
    const { store, clock } = this.#options;
    await this.#recover();
    if (!store.shared) return;
    this.#stopLooking = clock.every(LOOK_EVERY_MS, () => {
      this.#recover().catch((error) => this.#log.error("Cannot look for creations of models", { error }));
    });
  }

  /** Of a configuration, as they are now. */
  async list(configId: string): Promise<CreationRecord[]> {
    const selector = { prefix: keys.modelCreations(HOUSE, configId) };
    const stored = await Array.fromAsync(this.#options.store.list(CREATION, selector));
    return stored.map(({ value }) => this.#running.get(idOf(value))?.record ?? value);
  }

  /** Begins one whose record was written as `waiting`. */
  begin(record: CreationRecord, versionstamp: string, content: ConfigContent): void {
    if (this.#closing.signal.aborted) return;
    const id = idOf(record);
    const creation = new Creation({
      ...this.#options,
      log: this.#log,
      bases: this.bases,
      closing: this.#closing.signal,
      record,
      versionstamp,
      content,
    });
    this.#running.set(id, creation);
    const line = `${record.nodeId}/${record.name}`;
    const ended: Promise<void> = (this.#lines.get(line) ?? Promise.resolve())
      .then(() => creation.run())
      .finally(() => {
        this.#running.delete(id);
        if (this.#lines.get(line) === ended) this.#lines.delete(line);
      });
    this.#lines.set(line, ended);
  }

  /** Ends what is under way, and keeps that it was. */
  async close(): Promise<void> {
    this.#stopLooking?.();
    this.#closing.abort();
    await Promise.all(this.#lines.values());
  }

  async #recover(): Promise<void> {
    const { store, clock, publish } = this.#options;
    for await (const stored of store.list(CREATION, { prefix: keys.allModelCreations() })) {
      if (!isCreating(stored.value) || await this.#isInHand(stored.value)) continue;
      const now = clock.now();
      const record: CreationRecord = {
        ...stored.value,
        state: "interrupted",
        updatedAt: now,
        finishedAt: now,
      };
      if (await this.#write(stored, record)) publish(record);
    }
  }

  async #isInHand(record: CreationRecord): Promise<boolean> {
    const { store, clock } = this.#options;
    if (this.#running.has(idOf(record))) return true;
    if (!store.shared || record.ownerId === store.processId) return false;
    const { value } = await store.kv.get<number>(keys.process(record.ownerId));
    return value !== null && clock.now() - value < DEAD_AFTER_MS;
  }

  async #write(stored: Stored<CreationRecord>, record: CreationRecord): Promise<boolean> {
    await using transaction = this.#options.store.transaction();
    transaction.operation.check({ key: stored.key, versionstamp: stored.versionstamp });
    await transaction.set(CREATION, stored.key, record);
    return (await transaction.commit()).ok;
  }
}

function idOf({ configId, number, nodeId }: CreationRecord): string {
  return `${configId}/${number}/${nodeId}`;
}
