import { FreshetError, type ModelInfo } from "../../shared/mod.ts";
import { isKeptCopy, keptCopyName } from "../../shared/model_configs/mod.ts";
import { houseOf, type Principal } from "../../access/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
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
   * one. Returns the name to make models of where that is the base, or undefined where none is known.
   */
  async keep(
    principal: Principal,
    { node, manager, endpoint }: Managed,
    name: string,
    models: readonly ModelInfo[],
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { profileId } = houseOf(principal);
    const key = keys.modelBase(profileId, node.id, name);
    const known = (await this.#store.get(BASE, key))?.value;
    const digest = models.find(({ id }) => id === name)?.digest;
    const isMade = digest !== undefined && known !== undefined && digest !== known.digest &&
      (known.made.includes(digest) || known.isMaking === true);
    const isOurs = digest === undefined || digest === known?.digest || isMade;
    if (known && isMade && !known.made.includes(digest)) await this.made(principal, node.id, name, digest);
    if (isOurs && known && models.some(({ id }) => id === known.copy)) return known.copy;
    if (digest === undefined || isMade) return undefined;
    const copy = keptCopyName(name, "base", digest);
    if (!models.some((info) => info.id === copy && isKeptCopy(info))) {
      await manager.copy(endpoint, name, copy, signal);
    }
    await this.#write(key, { copy, digest, made: known?.made ?? [] });
    return copy;
  }

  /** Notes that a model is about to be made: a process that dies, or a server that is silent then, cannot tell what it was. */
  async making(principal: Principal, nodeId: string, name: string): Promise<void> {
    const { profileId } = houseOf(principal);
    const key = keys.modelBase(profileId, nodeId, name);
    const known = (await this.#store.get(BASE, key))?.value;
    if (known && !known.isMaking) await this.#write(key, { ...known, isMaking: true });
  }

  /** Notes that a model was made by Freshet. */
  async made(principal: Principal, nodeId: string, name: string, digest: string): Promise<void> {
    const { profileId } = houseOf(principal);
    const key = keys.modelBase(profileId, nodeId, name);
    const known = (await this.#store.get(BASE, key))?.value;
    const { isMaking, ...rest }: BaseRecord = known ?? { copy: "", digest: "", made: [] };
    const isNew = !rest.made.includes(digest) && rest.digest !== digest;
    if (!isNew && !isMaking) return;
    await this.#write(key, { ...rest, made: isNew ? [digest, ...rest.made].slice(0, 200) : rest.made });
  }

  /** The copy that stands for a name's model of before, where there is one. */
  async of(principal: Principal, nodeId: string, name: string): Promise<string | undefined> {
    const { profileId } = houseOf(principal);
    return (await this.#store.get(BASE, keys.modelBase(profileId, nodeId, name)))?.value.copy || undefined;
  }

  async #write(key: Deno.KvKey, record: BaseRecord): Promise<void> {
    await using transaction = this.#store.transaction();
    await transaction.set(BASE, key, record);
    const result = await transaction.commit();
    if (!result.ok) throw new FreshetError("storage", "Cannot keep the base of a model");
  }
}
