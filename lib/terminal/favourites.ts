import { FreshetError, newId } from "../shared/mod.ts";
import type { TerminalFavourite } from "../shared/terminal/mod.ts";
import { keys, recordType, type Store } from "../store/mod.ts";

const FAVOURITE = recordType<TerminalFavourite>("favourite command");
const FAVOURITES_MAX = 200;

/** The commands that a profile keeps at hand. */
export class Favourites {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Oldest first. */
  async list(profileId: string): Promise<TerminalFavourite[]> {
    const selector = { prefix: keys.terminalFavourites(profileId) };
    return (await Array.fromAsync(this.#store.list(FAVOURITE, selector))).map(({ value }) => value);
  }

  /** Keeps a command; one that is kept already stays the one it is. Throws `conflict` beyond 200. */
  async add(profileId: string, command: string): Promise<TerminalFavourite> {
    const all = await this.list(profileId);
    const known = all.find((favourite) => favourite.command === command);
    if (known) return known;
    if (all.length >= FAVOURITES_MAX) {
      throw new FreshetError("conflict", `There are ${FAVOURITES_MAX} favourites at most`);
    }
    const favourite = { id: newId(), command, createdAt: Date.now() };
    const key = keys.terminalFavourite(profileId, favourite.id);
    await this.#store.kv.set(key, this.#store.encode(FAVOURITE, favourite));
    return favourite;
  }

  async delete(profileId: string, id: string): Promise<void> {
    await this.#store.kv.delete(keys.terminalFavourite(profileId, id));
  }
}
