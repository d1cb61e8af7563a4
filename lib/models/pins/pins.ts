import { FreshetError, type ModelInfo, type ModelPin } from "../../shared/mod.ts";
import { isKeptCopy, keptCopyName } from "../../shared/model_configs/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { type Principal, requireScope } from "../../access/mod.ts";
import type { Store } from "../../store/mod.ts";
import { changedMeanwhile, copyAsSeen } from "../kept_copy.ts";
import type { Managed } from "../managed_node.ts";
import { type PinRecord, PinStore } from "./pin_store.ts";

/** A model on one of the nodes. */
interface Place {
  nodeId: string;
  model: string;
}

/** What the pins need. */
export interface PinsOptions {
  store: Store;
  clock: Clock;
  managed(nodeId: string): Promise<Managed>;
  /** Asks a node anew for its models. */
  renew(nodeId: string): Promise<readonly ModelInfo[]>;
  /** Changes a model knowing that it is Freshet who does, and to what. */
  during<T>(at: Place & { digest?: string }, work: () => Promise<T>): Promise<T>;
  /** Ends with the process, or after a time. */
  within(): AbortSignal;
}

/**
 * Digests that are kept. Ollama deletes what no name leads to any more, so a pin is a copy under a name of ours, which shares
 * its layers and takes no more room than what the model's own name has given up; going back copies that to the name again.
 */
export class Pins {
  readonly #options: PinsOptions;
  readonly #store: PinStore;

  constructor(options: PinsOptions) {
    this.#options = options;
    this.#store = new PinStore(options.store);
  }

  /** All pins. */
  all(): Promise<PinRecord[]> {
    return this.#store.all();
  }

  /** Of a model on a node, oldest first; `models` is what the node has. */
  async of({ nodeId, model }: Place, models: readonly ModelInfo[]): Promise<ModelPin[]> {
    const pins = await this.#store.of(nodeId, model);
    return pins.map((pin) => ({ ...pin, isThere: hasCopy(models, pin) }))
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  /**
   * Pins what the name leads to now; a second time it changes nothing. Throws `model_not_found` where there is none,
   * `unsupported` where the server tells no digests, and `conflict` where the name was given to another model just then.
   */
  async pin(principal: Principal, at: Place): Promise<void> {
    requireScope(principal, "admin");
    const managed = await this.#options.managed(at.nodeId);
    await this.#pin(at, managed, await this.#options.renew(at.nodeId));
  }

  /**
   * Gives a pinned model its name back; what has it now is pinned first where `keepCurrent` says so, and gone otherwise.
   * Throws `not_found` where the pin or its copy is not there, and `conflict` where it has the name already, or where the name
   * was given to another model just then.
   */
  async goBack(principal: Principal, at: Place, digest: string, keepCurrent: boolean): Promise<void> {
    requireScope(principal, "admin");
    const { nodeId, model } = at;
    const managed = await this.#options.managed(nodeId);
    const models = await this.#options.renew(nodeId);
    const pin = await this.#store.find({ ...at, digest });
    if (!hasCopy(models, pin)) {
      throw new FreshetError("not_found", `${managed.node.name} has the copy ${pin.copy} no more`, {
        hint: "Somebody has deleted it there; the pin can only be taken away",
      });
    }
    const current = models.find(({ id }) => id === model);
    if (current?.digest === digest) throw new FreshetError("conflict", `${model} is this one already`);
    if (current && keepCurrent) {
      const now = await this.#pin(at, managed, models);
      // What came after the one that was kept would be gone.
      if (now.find(({ id }) => id === model)?.digest !== current.digest) {
        throw changedMeanwhile(model, managed.node.name);
      }
    }
    await this.#options.during({ ...at, digest }, async () => {
      await managed.manager.copy(managed.endpoint, pin.copy, model, this.#options.within());
      await this.#options.renew(nodeId);
    });
  }

  /** Deletes the copy and forgets the pin. Throws `not_found`. */
  async unpin(principal: Principal, at: Place, digest: string): Promise<void> {
    requireScope(principal, "admin");
    const { manager, endpoint } = await this.#options.managed(at.nodeId);
    const pin = await this.#store.find({ ...at, digest });
    const models = await this.#options.renew(at.nodeId);
    if (hasCopy(models, pin)) await manager.delete(endpoint, pin.copy, this.#options.within());
    await this.#store.delete(pin);
    await this.#options.renew(at.nodeId);
  }

  /** Returns what the node has afterwards. */
  async #pin(
    { nodeId, model }: Place,
    managed: Managed,
    models: readonly ModelInfo[],
  ): Promise<readonly ModelInfo[]> {
    const { node } = managed;
    const info = models.find(({ id }) => id === model);
    if (!info) throw new FreshetError("model_not_found", `${node.name} has no model ${model}`);
    const { digest } = info;
    if (digest === undefined) {
      throw new FreshetError("unsupported", `${node.name} does not tell which model ${model} is`);
    }
    if (isKeptCopy(info)) throw new FreshetError("conflict", `${model} is kept by Freshet already`);
    const copy = keptCopyName(model, "pin", digest);
    const pin: PinRecord = { nodeId, model, digest, copy, createdAt: this.#options.clock.now() };
    // Written first: a copy that nobody knows of would stay for ever.
    const isNew = await this.#store.add(pin);
    let now = models;
    if (hasCopy(models, pin)) return now;
    const renew = async () => now = await this.#options.renew(nodeId);
    try {
      await copyAsSeen(managed, { model, digest, copy, models, renew, signal: this.#options.within() });
    } catch (error) {
      const isElsewhere = error instanceof FreshetError && error.code === "conflict";
      if (isElsewhere && isNew) await this.#store.delete(pin);
      throw error;
    }
    return now;
  }
}

function hasCopy(
  models: readonly ModelInfo[],
  { copy, digest }: Pick<PinRecord, "copy" | "digest">,
): boolean {
  return models.some((info) => info.id === copy && info.digest === digest);
}
