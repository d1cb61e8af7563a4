import { FreshetError, type Price, type PriceTable } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { LOCAL_PROFILE, type Principal, requireScope } from "../../access/mod.ts";
import { keys, recordType, type Store } from "../../store/mod.ts";
import { PriceList } from "./price_list.ts";
import { SHIPPED_ON, SHIPPED_PRICES } from "./shipped.ts";

const TABLE = recordType<PriceTable>("price table");

/**
 * What models cost, in versions. The first is the shipped table; each change adds one, and a row of the ledger names the one
 * that it was billed with. They belong to the house, whoever asks. A newer shipped
 * table becomes a version by itself as long as nobody has changed the prices.
 */
export class Prices {
  readonly #store: Store;
  readonly #clock: Clock;
  /** Kept where no other process can add one. */
  #latest: PriceTable | undefined;
  #list: PriceList | undefined;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The prices that hold now. */
  async current(): Promise<PriceTable> {
    const known = this.#store.shared ? undefined : this.#latest;
    if (known) return known;
    for (;;) {
      const stored = await this.#newest();
      const isOld = stored?.origin === "shipped" && stored.shippedOn < SHIPPED_ON;
      if (stored && !isOld) return this.#latest = stored;
      const added = await this.#add(stored, { origin: "shipped", prices: [...SHIPPED_PRICES] });
      if (added) return added;
    }
  }

  /** The prices that hold now, to look up many. */
  async list(): Promise<PriceList> {
    const table = await this.current();
    if (this.#list?.version === table.version) return this.#list;
    return this.#list = new PriceList(table);
  }

  /** Lets the next call read again what is stored. */
  forget(): void {
    this.#latest = undefined;
  }

  /** All versions, newest first. */
  async versions(): Promise<PriceTable[]> {
    await this.current();
    const prefix = keys.priceTables(LOCAL_PROFILE);
    const stored = await Array.fromAsync(this.#store.list(TABLE, { prefix }, { reverse: true }));
    return stored.map(({ value }) => value);
  }

  /** One version. Throws `not_found`. */
  async get(version: number): Promise<PriceTable> {
    const stored = await this.#store.get(TABLE, keys.priceTable(LOCAL_PROFILE, version));
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
    const before = await this.current();
    const added = before.version === version &&
      await this.#add(before, { origin: "person", prices, ...(note ? { note } : {}) });
    if (added) return added;
    throw new FreshetError("conflict", "Cannot save the prices: they were changed meanwhile", {
      hint: "Load the page again and repeat your change",
    });
  }

  /** Goes back to the shipped prices, as a new version. */
  async reset(principal: Principal, version: number): Promise<PriceTable> {
    requireScope(principal, "admin");
    const before = await this.current();
    const added = before.version === version &&
      await this.#add(before, { origin: "shipped", prices: [...SHIPPED_PRICES] });
    if (added) return added;
    throw new FreshetError("conflict", "Cannot go back to the shipped prices: they were changed meanwhile");
  }

  async #newest(): Promise<PriceTable | undefined> {
    const prefix = keys.priceTables(LOCAL_PROFILE);
    const [newest] = await Array.fromAsync(this.#store.list(TABLE, { prefix }, { reverse: true, limit: 1 }));
    return newest?.value;
  }

  /** Null where another process was faster. */
  async #add(
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
    const key = keys.priceTable(LOCAL_PROFILE, table.version);
    await using transaction = this.#store.transaction();
    transaction.operation.check({ key, versionstamp: null });
    await transaction.set(TABLE, key, table);
    return (await transaction.commit()).ok ? this.#latest = table : null;
  }
}
