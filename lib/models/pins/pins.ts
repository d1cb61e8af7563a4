import { FreshetError, type ModelInfo, type ModelPin } from "../../shared/mod.ts";
import { isKeptCopy, keptCopyName } from "../../shared/model_configs/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { houseOf, type Principal, requireScope } from "../../access/mod.ts";
import { keys, recordType, type Store } from "../../store/mod.ts";
import type { Managed } from "../managed_node.ts";

/** A pin as kept. */
export type PinRecord = Omit<ModelPin, "isThere">;

const PIN = recordType<PinRecord>("pin of a model");

/** A model on one of the nodes. */
interface Place {
  nodeId: string;
  model: string;
}

/** What the pins need. */
export interface PinsOptions {
  store: Store;
  clock: Clock;
  managed(principal: Principal, nodeId: string): Promise<Managed>;
  /** Asks a node anew for its models. */
  renew(principal: Principal, nodeId: string): Promise<readonly ModelInfo[]>;
  /** Changes a model knowing that it is Freshet who does. */
  during<T>(at: Place, work: () => Promise<T>): Promise<T>;
  /** Ends with the process, or after a time. */
  within(): AbortSignal;
}

/**
 * Digests that are kept. Ollama deletes what no name leads to any more, so a pin is a copy under a name of ours, which shares
 * its layers and takes no more room than what the model's own name has given up; going back copies that to the name again.
 */
export class Pins {
  readonly #options: PinsOptions;

  constructor(options: PinsOptions) {
    this.#options = options;
  }

  /** All pins of the profile. */
  async all(principal: Principal): Promise<PinRecord[]> {
    const { profileId } = houseOf(principal);
    return await this.#list(keys.modelPins(profileId));
  }

  /** Of a model on a node, oldest first; `models` is what the node has. */
  async of(
    principal: Principal,
    { nodeId, model }: Place,
    models: readonly ModelInfo[],
  ): Promise<ModelPin[]> {
    const { profileId } = houseOf(principal);
    const pins = await this.#list(keys.nodeModelPins(profileId, nodeId, model));
    return pins.map((pin) => ({ ...pin, isThere: hasCopy(models, pin) }))
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  /**
   * Pins what the name leads to now; a second time it changes nothing. Throws `model_not_found` where there is none, and
   * `unsupported` where the server tells no digests.
   */
  async pin(principal: Principal, at: Place): Promise<void> {
    requireScope(principal, "admin");
    const managed = await this.#options.managed(principal, at.nodeId);
    const models = await this.#options.renew(principal, at.nodeId);
    await this.#pin(principal, at, managed, models);
    await this.#options.renew(principal, at.nodeId);
  }

  /**
   * Gives a pinned model its name back; what has it now is pinned first where `keepCurrent` says so, and gone otherwise.
   * Throws `not_found` where the pin or its copy is not there, and `conflict` where it has the name already.
   */
  async goBack(principal: Principal, at: Place, digest: string, keepCurrent: boolean): Promise<void> {
    requireScope(principal, "admin");
    const { nodeId, model } = at;
    const managed = await this.#options.managed(principal, nodeId);
    const models = await this.#options.renew(principal, nodeId);
    const pin = await this.#find(principal, at, digest);
    if (!hasCopy(models, pin)) {
      throw new FreshetError("not_found", `${managed.node.name} has the copy ${pin.copy} no more`, {
        hint: "Somebody has deleted it there; the pin can only be taken away",
      });
    }
    const current = models.find(({ id }) => id === model);
    if (current?.digest === digest) throw new FreshetError("conflict", `${model} is this one already`);
    if (current && keepCurrent) await this.#pin(principal, at, managed, models);
    await this.#options.during(at, async () => {
      await managed.manager.copy(managed.endpoint, pin.copy, model, this.#options.within());
      await this.#options.renew(principal, nodeId);
    });
  }

  /** Deletes the copy and forgets the pin. Throws `not_found`. */
  async unpin(principal: Principal, at: Place, digest: string): Promise<void> {
    requireScope(principal, "admin");
    const { manager, endpoint } = await this.#options.managed(principal, at.nodeId);
    const pin = await this.#find(principal, at, digest);
    const models = await this.#options.renew(principal, at.nodeId);
    if (hasCopy(models, pin)) await manager.delete(endpoint, pin.copy, this.#options.within());
    await using transaction = this.#options.store.transaction();
    await transaction.delete(keyOf(principal, pin));
    await transaction.commit();
    await this.#options.renew(principal, at.nodeId);
  }

  async #pin(
    principal: Principal,
    { nodeId, model }: Place,
    { node, manager, endpoint }: Managed,
    models: readonly ModelInfo[],
  ): Promise<void> {
    const info = models.find(({ id }) => id === model);
    if (!info) throw new FreshetError("model_not_found", `${node.name} has no model ${model}`);
    const { digest } = info;
    if (digest === undefined) {
      throw new FreshetError("unsupported", `${node.name} does not tell which model ${model} is`);
    }
    if (isKeptCopy(info)) throw new FreshetError("conflict", `${model} is kept by Freshet already`);
    const copy = keptCopyName(model, "pin", digest);
    const pin: PinRecord = { nodeId, model, digest, copy, createdAt: this.#options.clock.now() };
    const known = await this.#options.store.get(PIN, keyOf(principal, pin));
    // Written first: a copy that nobody knows of would stay for ever.
    await this.#write(principal, known?.value ?? pin);
    if (!hasCopy(models, pin)) await manager.copy(endpoint, model, copy, this.#options.within());
  }

  async #find(principal: Principal, at: Place, digest: string): Promise<PinRecord> {
    const stored = await this.#options.store.get(PIN, keyOf(principal, { ...at, digest }));
    if (stored) return stored.value;
    throw new FreshetError("not_found", "There is no such pin");
  }

  async #list(prefix: Deno.KvKey): Promise<PinRecord[]> {
    return (await Array.fromAsync(this.#options.store.list(PIN, { prefix }))).map(({ value }) => value);
  }

  async #write(principal: Principal, pin: PinRecord): Promise<void> {
    await using transaction = this.#options.store.transaction();
    await transaction.set(PIN, keyOf(principal, pin), pin);
    await transaction.commit();
  }
}

function keyOf(principal: Principal, { nodeId, model, digest }: Place & { digest: string }): Deno.KvKey {
  const { profileId } = houseOf(principal);
  return keys.modelPin(profileId, nodeId, model, digest);
}

function hasCopy(
  models: readonly ModelInfo[],
  { copy, digest }: Pick<PinRecord, "copy" | "digest">,
): boolean {
  return models.some((info) => info.id === copy && info.digest === digest);
}
