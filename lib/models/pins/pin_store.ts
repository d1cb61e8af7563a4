import { FreshetError, type ModelPin } from "../../shared/mod.ts";
import { keys, recordType, type Store } from "../../store/mod.ts";
import { HOUSE } from "../house.ts";

/** A pin as kept. */
export type PinRecord = Omit<ModelPin, "isThere">;

/** What names a pin. */
type PinPlace = Pick<PinRecord, "nodeId" | "model" | "digest">;

const PIN = recordType<PinRecord>("pin of a model");

/** The records of pins. */
export class PinStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  all(): Promise<PinRecord[]> {
    return this.#list(keys.modelPins(HOUSE));
  }

  of(nodeId: string, model: string): Promise<PinRecord[]> {
    return this.#list(keys.nodeModelPins(HOUSE, nodeId, model));
  }

  /** Throws `not_found`. */
  async find(place: PinPlace): Promise<PinRecord> {
    const stored = await this.#store.get(PIN, keyOf(place));
    if (stored) return stored.value;
    throw new FreshetError("not_found", "There is no such pin");
  }

  /** False where it is there already, which stays. */
  async add(pin: PinRecord): Promise<boolean> {
    const key = keyOf(pin);
    await using transaction = this.#store.transaction();
    transaction.operation.check({ key, versionstamp: null });
    await transaction.set(PIN, key, pin);
    return (await transaction.commit()).ok;
  }

  async delete(place: PinPlace): Promise<void> {
    await using transaction = this.#store.transaction();
    await transaction.delete(keyOf(place));
    await transaction.commit();
  }

  async #list(prefix: Deno.KvKey): Promise<PinRecord[]> {
    return (await Array.fromAsync(this.#store.list(PIN, { prefix }))).map(({ value }) => value);
  }
}

function keyOf({ nodeId, model, digest }: PinPlace): Deno.KvKey {
  return keys.modelPin(HOUSE, nodeId, model, digest);
}
