/** Someone who waits for a turn. */
export interface Entry<T> {
  /** Who waits: turns are shared fairly between tenants, not between calls. */
  tenant: string;
  value: T;
}

interface Tenant<T> {
  /** Where the tenant's next turn stands on the time line that all share: one for each turn it got. */
  virtualTime: number;
  waiting: Entry<T>[];
}

/**
 * A queue that is fair between tenants: start-time fair queueing (Goyal, Vin and Cheng, 1996) with one unit for each turn. Who
 * floods it waits behind all that others send, and nobody waits for ever.
 */
export class FairQueue<T> {
  readonly #tenants = new Map<string, Tenant<T>>();
  #virtualTime = 0;
  #size = 0;

  /** How many wait. */
  get size(): number {
    return this.#size;
  }

  /** Puts a call at the end of its tenant's line. */
  add(entry: Entry<T>): void {
    const tenant = this.#tenants.get(entry.tenant) ?? { virtualTime: this.#virtualTime, waiting: [] };
    if (tenant.waiting.length === 0) tenant.virtualTime = Math.max(tenant.virtualTime, this.#virtualTime);
    this.#tenants.set(entry.tenant, tenant);
    tenant.waiting.push(entry);
    this.#size++;
  }

  /** Takes a call out that no longer waits. */
  remove(entry: Entry<T>): boolean {
    const tenant = this.#tenants.get(entry.tenant);
    const at = tenant?.waiting.indexOf(entry) ?? -1;
    if (!tenant || at < 0) return false;
    tenant.waiting.splice(at, 1);
    this.#size--;
    this.#forget(entry.tenant, tenant);
    return true;
  }

  /**
   * Takes out the call whose turn it is, of those for which `start` says that it could begin. A tenant whose first call cannot
   * begin is not held up by it.
   */
  next(start: (value: T) => boolean): boolean {
    const tenants = [...this.#tenants.values()].sort((a, b) => a.virtualTime - b.virtualTime);
    for (const tenant of tenants) {
      const entry = tenant.waiting.find(({ value }) => start(value));
      if (!entry) continue;
      this.#virtualTime = Math.max(this.#virtualTime, tenant.virtualTime);
      tenant.virtualTime = this.#virtualTime + 1;
      this.remove(entry);
      for (const [name, other] of this.#tenants) this.#forget(name, other);
      return true;
    }
    return false;
  }

  /** All that wait, in the order in which they would get their turns were they alike. */
  inOrder(): Entry<T>[] {
    const placed = [...this.#tenants.values()].flatMap(({ virtualTime, waiting }) =>
      waiting.map((entry, i) => ({ entry, at: virtualTime + i }))
    );
    return placed.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
  }

  /** A tenant that waits for nothing is remembered until the others have caught up with it. */
  #forget(name: string, { virtualTime, waiting }: Tenant<T>): void {
    if (waiting.length === 0 && virtualTime <= this.#virtualTime) this.#tenants.delete(name);
  }

  /** How many calls of a tenant wait. */
  sizeOf(tenant: string): number {
    return this.#tenants.get(tenant)?.waiting.length ?? 0;
  }

  /** The newest call of the tenant with the most of them. */
  newestOfLargest(): Entry<T> | undefined {
    const largest = [...this.#tenants.values()].reduce<Tenant<T> | undefined>(
      (most, tenant) => tenant.waiting.length > (most?.waiting.length ?? 0) ? tenant : most,
      undefined,
    );
    return largest?.waiting.at(-1);
  }
}
