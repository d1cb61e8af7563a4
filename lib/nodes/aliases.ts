import { FreshetError, type ModelAlias } from "../shared/mod.ts";
import { houseOf, type Principal, requireScope } from "../access/mod.ts";
import { keys, ReadCache, records, type Store } from "../store/mod.ts";

/** Names with `/` and `:` are those of models too: an alias goes over a model of the same name. */
const NAME = /^[A-Za-z0-9][\w.:/@-]{0,99}$/;
const MODELS_MAX = 10;

/** Names for chains of models: who asks for one gets the first model of its chain that can answer. */
export class Aliases {
  readonly #store: Store;
  readonly #fixed: readonly ModelAlias[];
  readonly #onChange: (profileId: string) => void;
  readonly #cache = new ReadCache((profileId) => this.#read(profileId));

  constructor(options: {
    store: Store;
    config: Readonly<Record<string, readonly string[]>>;
    onChange: (profileId: string) => void;
  }) {
    this.#store = options.store;
    this.#onChange = options.onChange;
    this.#fixed = Object.entries(options.config).map(([name, models]) => ({
      name,
      models: [...models],
      origin: "config",
    }));
    for (const alias of this.#fixed) check(alias);
  }

  /** All aliases by name, the house's; one of its own goes over one of `fresh.config.ts`. */
  list(principal: Principal): Promise<ModelAlias[]> {
    return this.#cache.get(houseOf(principal).profileId);
  }

  /** The models that a name stands for: its chain where it is an alias, else the model itself. */
  async modelsOf(principal: Principal, name: string): Promise<readonly string[]> {
    const alias = (await this.list(principal)).find((alias) => alias.name === name);
    return alias?.models ?? [name];
  }

  /** Sets an alias. Throws `invalid_request` for a name or a chain that cannot be. */
  async set(principal: Principal, name: string, models: string[]): Promise<ModelAlias> {
    requireScope(principal, "admin");
    const alias: ModelAlias = { name, models, origin: "manual" };
    check(alias);
    await this.#store.kv.set(
      keys.modelAlias(houseOf(principal).profileId, name),
      this.#store.encode(records.modelAlias, alias),
    );
    this.#changed(houseOf(principal).profileId);
    return alias;
  }

  /** Removes an alias. Throws `not_found`, and `conflict` for one of `fresh.config.ts`. */
  async delete(principal: Principal, name: string): Promise<void> {
    requireScope(principal, "admin");
    const alias = (await this.list(principal)).find((alias) => alias.name === name);
    if (!alias) throw new FreshetError("not_found", "There is no such alias");
    if (alias.origin === "config") {
      throw new FreshetError("conflict", "This alias comes from fresh.config.ts", {
        hint: "Change it there",
      });
    }
    await this.#store.kv.delete(keys.modelAlias(houseOf(principal).profileId, name));
    this.#changed(houseOf(principal).profileId);
  }

  /** Forgets what was read, as when another process has changed it. */
  forget(profileId: string): void {
    this.#cache.forget(profileId);
  }

  #changed(profileId: string): void {
    this.forget(profileId);
    this.#onChange(profileId);
  }

  async #read(profileId: string): Promise<ModelAlias[]> {
    const prefix = keys.modelAliases(profileId);
    const stored = await Array.fromAsync(
      this.#store.list(records.modelAlias, { prefix }),
      ({ value }) => value,
    );
    const own = new Set(stored.map(({ name }) => name));
    return [...stored, ...this.#fixed.filter(({ name }) => !own.has(name))]
      .sort((a, b) => a.name < b.name ? -1 : 1);
  }
}

/** Chains are of models, not of other aliases: so there is no circle, and one look says what may be asked. */
function check({ name, models }: ModelAlias): void {
  if (!NAME.test(name)) {
    throw new FreshetError("invalid_request", "A name has letters, digits and . _ : / @ -, 100 at most", {
      field: "name",
    });
  }
  if (models.length === 0 || models.length > MODELS_MAX || new Set(models).size < models.length) {
    throw new FreshetError("invalid_request", `An alias has 1 to ${MODELS_MAX} different models`, {
      field: "models",
    });
  }
}
