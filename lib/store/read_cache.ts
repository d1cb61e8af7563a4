/**
 * What was read of the store, kept in memory until it is forgotten. The promise is what is kept: what was read before a change
 * cannot come back after it.
 */
export class ReadCache<T> {
  readonly #read: (id: string) => Promise<T>;
  readonly #reads = new Map<string, Promise<T>>();

  /** `read` gets what is not known; what it fails with is not kept. */
  constructor(read: (id: string) => Promise<T>) {
    this.#read = read;
  }

  /** What is known, or else is read now. */
  get(id: string): Promise<T> {
    const known = this.#reads.get(id);
    if (known) return known;
    const read = this.#read(id);
    this.#reads.set(id, read);
    read.catch(() => {
      if (this.#reads.get(id) === read) this.#reads.delete(id);
    });
    return read;
  }

  /** Lets the next `get` read again. Returns what was known. */
  forget(id: string): Promise<T> | undefined {
    const known = this.#reads.get(id);
    this.#reads.delete(id);
    return known;
  }
}
