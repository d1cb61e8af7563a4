import { type ConfigContent, FreshetError, type ModelInfo, toFreshetError } from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import type { PullStep } from "../../providers/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import { HOUSE } from "../house.ts";
import type { Managed } from "../managed_node.ts";
import type { BaseCopies } from "./base_copy.ts";
import { CREATION, type CreationRecord } from "./records.ts";

const PUBLISH_EVERY_MS = 500;
/** Reading the layers of a large model takes minutes without a word. */
const SILENCE_MS = 15 * 60_000;

/** What a creation needs. */
export interface CreationOptions {
  store: Store;
  clock: Clock;
  log: Log;
  bases: BaseCopies;
  record: CreationRecord;
  versionstamp: string;
  content: ConfigContent;
  /** Aborted when the process ends. */
  closing: AbortSignal;
  managed(nodeId: string): Promise<Managed>;
  /** Asks a node anew for its models. */
  renew(nodeId: string): Promise<readonly ModelInfo[]>;
  /** Changes a model knowing that it is Freshet who does. */
  during<T>(at: { nodeId: string; model: string }, work: () => Promise<T>): Promise<T>;
  /** Tells the pages. */
  publish(record: CreationRecord): void;
}

/** Makes a version's model on a node, and keeps what comes of it. */
export class Creation {
  readonly #options: CreationOptions;
  #record: CreationRecord;
  #versionstamp: string;
  #publishedAt = 0;

  constructor(options: CreationOptions) {
    this.#options = options;
    this.#record = options.record;
    this.#versionstamp = options.versionstamp;
  }

  /** As it is now; newer than what is kept. */
  get record(): CreationRecord {
    return this.#record;
  }

  /** Never throws: what goes wrong is kept with the creation. */
  async run(): Promise<void> {
    const { clock, closing, log } = this.#options;
    try {
      closing.throwIfAborted();
      await this.#keep({ state: "creating" });
      const digest = await this.#create();
      await this.#keep({ state: "done", ...(digest ? { digest } : {}), finishedAt: clock.now() });
    } catch (cause) {
      const error = toFreshetError(cause);
      const state = closing.aborted ? "interrupted" : "failed";
      log.warn("A model was not created", { model: this.#record.name, error: error.message });
      await this.#keep({
        state,
        finishedAt: clock.now(),
        ...(closing.aborted ? {} : { error: error.toBody() }),
      })
        .catch((error) => log.error("Cannot keep what came of a creation", { error }));
    }
  }

  async #create(): Promise<string | undefined> {
    const { managed, renew, during, bases, content } = this.#options;
    const { nodeId, name } = this.#record;
    const at = await managed(nodeId);
    const kept = await this.#within((signal) => this.#keepBase(at, signal));
    const { base, parameters, system, template } = content;
    const from = base === name ? kept : base;
    if (from === undefined) {
      throw new FreshetError("model_not_found", `What ${name} was made of is no longer on ${at.node.name}`, {
        hint: "Download the model again, then create this version",
      });
    }
    return await during({ nodeId, model: name }, async () => {
      await bases.making(nodeId, name);
      await this.#within((signal, wait) =>
        at.manager.create(at.endpoint, { name, from, system, template, parameters }, signal, (step) => {
          wait();
          this.#take(step);
        })
      );
      // What a silent server had before is not what it has now.
      const models = await renew(nodeId).catch((error) => {
        if (error instanceof FreshetError) return [];
        throw error;
      });
      const digest = models.find(({ id }) => id === name)?.digest;
      if (digest !== undefined) await bases.made(nodeId, name, digest);
      return digest;
    });
  }

  async #keepBase(at: Managed, signal: AbortSignal): Promise<string | undefined> {
    const { renew, bases } = this.#options;
    const { nodeId, name } = this.#record;
    return await bases.keep(at, name, () => renew(nodeId), signal);
  }

  /** Ends what is silent for too long; `wait` says that there was a word. */
  async #within<T>(work: (signal: AbortSignal, wait: () => void) => Promise<T>): Promise<T> {
    const { clock, closing } = this.#options;
    const silence = new AbortController();
    let cancel = () => {};
    const wait = () => {
      cancel();
      cancel = clock.after(SILENCE_MS, () => silence.abort(new DOMException("Silence", "TimeoutError")));
    };
    wait();
    try {
      return await work(AbortSignal.any([closing, silence.signal]), wait);
    } finally {
      cancel();
    }
  }

  #take({ phase }: PullStep): void {
    const { clock, publish } = this.#options;
    this.#record = { ...this.#record, phase, updatedAt: clock.now() };
    if (clock.now() - this.#publishedAt < PUBLISH_EVERY_MS) return;
    this.#publishedAt = clock.now();
    publish(this.#record);
  }

  async #keep(changes: Partial<CreationRecord>): Promise<void> {
    const { store, clock, publish } = this.#options;
    this.#record = { ...this.#record, ...changes, updatedAt: clock.now() };
    const { configId, number, nodeId } = this.#record;
    const key = keys.modelCreation(HOUSE, configId, number, nodeId);
    await using transaction = store.transaction();
    transaction.operation.check({ key, versionstamp: this.#versionstamp });
    await transaction.set(CREATION, key, this.#record);
    const result = await transaction.commit();
    if (!result.ok) throw new FreshetError("conflict", "Somebody else has taken the creation in hand");
    this.#versionstamp = result.versionstamp;
    this.#publishedAt = clock.now();
    publish(this.#record);
  }
}
