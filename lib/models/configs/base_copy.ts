import { FreshetError, type ModelInfo } from "../../shared/mod.ts";
import { isKeptCopy, keptCopyName } from "../../shared/model_configs/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import { HOUSE } from "../house.ts";
import { copyAsSeen } from "../kept_copy.ts";
import type { Managed } from "../managed_node.ts";
import { BASE, type BaseRecord } from "./records.ts";

/**
 * Keeps what had a name before Freshet made another model of it. Ollama lays new parameters over those of the model that it
 * starts from, so a model made of itself would never lose one again; and it deletes what no name leads to any more.
 */
export class BaseCopies {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Keeps the model of a name, unless Freshet made it; a model that was put there anew becomes the base in place of the old
   * one. Returns the name to make models of where that is the base, or undefined where none is known. `renew` asks the node
   * for its models. Throws `conflict` where the name was given to another model just then.
   */
  async keep(
    at: Managed,
    name: string,
    renew: () => Promise<readonly ModelInfo[]>,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { id: nodeId } = at.node;
    const key = keys.modelBase(HOUSE, nodeId, name);
    const models = await renew();
    const known = (await this.#store.get(BASE, key))?.value;
    const digest = models.find(({ id }) => id === name)?.digest;
    const isMade = digest !== undefined && known !== undefined && digest !== known.digest &&
      (known.made.includes(digest) || known.isMaking === true);
    const isOurs = digest === undefined || digest === known?.digest || isMade;
    if (known && isMade && !known.made.includes(digest)) await this.made(nodeId, name, digest);
    if (isOurs && known && models.some(({ id }) => id === known.copy)) return known.copy;
    if (digest === undefined || isMade) return undefined;
    const copy = keptCopyName(name, "base", digest);
    if (!models.some((info) => info.id === copy && isKeptCopy(info))) {
      await copyAsSeen(at, { model: name, digest, copy, models, renew, signal });
    }
    await this.#write(key, { copy, digest, made: known?.made ?? [] });
    return copy;
  }

  /** Notes that a model is about to be made: a process that dies, or a server that is silent then, cannot tell what it was. */
  async making(nodeId: string, name: string): Promise<void> {
    const key = keys.modelBase(HOUSE, nodeId, name);
    const known = (await this.#store.get(BASE, key))?.value;
    if (known && !known.isMaking) await this.#write(key, { ...known, isMaking: true });
  }

  /** Notes that a model was made by Freshet. */
  async made(nodeId: string, name: string, digest: string): Promise<void> {
    const key = keys.modelBase(HOUSE, nodeId, name);
    const known = (await this.#store.get(BASE, key))?.value;
    const { isMaking, ...rest }: BaseRecord = known ?? { copy: "", digest: "", made: [] };
    const isNew = !rest.made.includes(digest) && rest.digest !== digest;
    if (!isNew && !isMaking) return;
    await this.#write(key, { ...rest, made: isNew ? [digest, ...rest.made].slice(0, 200) : rest.made });
  }

  /** The copy that stands for a name's model of before, where there is one. */
  async of(nodeId: string, name: string): Promise<string | undefined> {
    return (await this.#store.get(BASE, keys.modelBase(HOUSE, nodeId, name)))?.value.copy || undefined;
  }

  async #write(key: Deno.KvKey, record: BaseRecord): Promise<void> {
    await using transaction = this.#store.transaction();
    await transaction.set(BASE, key, record);
    const result = await transaction.commit();
    if (!result.ok) throw new FreshetError("storage", "Cannot keep the base of a model");
  }
}
