import { FreshetError, type Price, type PriceTable } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { type Principal, requireScope } from "../../access/mod.ts";
import { keys, recordType, type Store } from "../../store/mod.ts";
import { PriceList } from "./price_list.ts";
import { SHIPPED_ON, SHIPPED_PRICES } from "./shipped.ts";

const TABLE = recordType<PriceTable>("price table");

/**
 * What models cost, in versions. The first is the shipped table; each change adds one, and a row of the ledger names the one
 * that it was billed with. A newer shipped table becomes a version by itself as long as nobody has changed the prices.
 */
export class Prices {
  readonly #store: Store;
  readonly #clock: Clock;
  /** The latest of each profile, where no other process can add one. */
  readonly #latest = new Map<string, PriceTable>();
  readonly #lists = new Map<string, PriceList>();

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The prices that hold now. */
  async current({ profileId }: Pick<Principal, "profileId">): Promise<PriceTable> {
    const known = this.#store.shared ? undefined : this.#latest.get(profileId);
    if (known) return known;
    for (;;) {
      const stored = await this.#newest(profileId);
      const isOld = stored?.origin === "shipped" && stored.shippedOn < SHIPPED_ON;
      if (stored && !isOld) return this.#remember(profileId, stored);
      const added = await this.#add(profileId, stored, { origin: "shipped", prices: [...SHIPPED_PRICES] });
      if (added) return added;
    }
  }

  /** The prices that hold now, to look up many. */
  async list(profileId: string): Promise<PriceList> {
    const table = await this.current({ profileId });
    const known = this.#lists.get(profileId);
    if (known?.version === table.version) return known;
    const list = new PriceList(table);
    this.#lists.set(profileId, list);
    return list;
  }

  /** Lets the next call read again what is stored. */
  forget(profileId: string): void {
    this.#latest.delete(profileId);
  }

  /** All versions, newest first. */
  async versions(principal: Pick<Principal, "profileId">): Promise<PriceTable[]> {
    await this.current(principal);
    const prefix = keys.priceTables(principal.profileId);
    const stored = await Array.fromAsync(this.#store.list(TABLE, { prefix }, { reverse: true }));
    return stored.map(({ value }) => value);
  }

  /** One version. Throws `not_found`. */
  async get({ profileId }: Pick<Principal, "profileId">, version: number): Promise<PriceTable> {
    const stored = await this.#store.get(TABLE, keys.priceTable(profileId, version));
    if (stored) return stored.value;
    throw new FreshetError("not_found", `There is no version ${version} of the prices`);
  }

  /**
   * Sets the prices from now on, as a new version. Throws `conflict` where `version` is not the one that holds now: somebody
   * else has changed it meanwhile.
   */
  async set(
    principal: Principal,
    { version, prices, note }: { version: number; prices: Price[]; note?: string | undefined },
  ): Promise<PriceTable> {
    requireScope(principal, "admin");
    const { profileId } = principal;
    const before = await this.current(principal);
    const added = before.version === version &&
      await this.#add(profileId, before, { origin: "person", prices, ...(note ? { note } : {}) });
    if (added) return added;
    throw new FreshetError("conflict", "Cannot save the prices: they were changed meanwhile", {
      hint: "Load the page again and repeat your change",
    });
  }

  /** Goes back to the shipped prices, as a new version. */
  async reset(principal: Principal, version: number): Promise<PriceTable> {
    requireScope(principal, "admin");
    const before = await this.current(principal);
    const added = before.version === version &&
      await this.#add(principal.profileId, before, { origin: "shipped", prices: [...SHIPPED_PRICES] });
    if (added) return added;
    throw new FreshetError("conflict", "Cannot go back to the shipped prices: they were changed meanwhile");
  }

  async #newest(profileId: string): Promise<PriceTable | undefined> {
    const prefix = keys.priceTables(profileId);
    const [newest] = await Array.fromAsync(this.#store.list(TABLE, { prefix }, { reverse: true, limit: 1 }));
    return newest?.value;
  }

  /** Null where another process was faster. */
  async #add(
    profileId: string,
    before: PriceTable | undefined,
    changes: Pick<PriceTable, "origin" | "prices" | "note">,
  ): Promise<PriceTable | null> {
    const { origin } = changes;
    const table: PriceTable = {
      version: (before?.version ?? 0) + 1,
      shippedOn: origin === "shipped" ? SHIPPED_ON : before?.shippedOn ?? SHIPPED_ON,
      at: this.#clock.now(),
      ...changes,
    };
    const key = keys.priceTable(profileId, table.version);
    await using transaction = this.#store.transaction();
    transaction.operation.check({ key, versionstamp: null });
    await transaction.set(TABLE, key, table);
    return (await transaction.commit()).ok ? this.#remember(profileId, table) : null;
  }

  #remember(profileId: string, table: PriceTable): PriceTable {
    this.#latest.set(profileId, table);
    return table;
  }
}
