/** How a value is to be changed. */
export type MutationType = "set" | "delete" | "sum" | "max" | "min";

/** What stands at a key, with the versionstamp of the commit that wrote it. */
export interface Entry {
  key: string;
  data: Uint8Array<ArrayBuffer>;
  encoding: number;
  versionstamp: string;
}

/** Keys from `start` on and before `end`. */
export interface Range {
  start: string;
  end: string;
  /** 0 for all. */
  limit: number;
  reverse: boolean;
}

/** The commit happens only while a key's versionstamp is this one; "" for a key that is not there. */
export interface Check {
  key: string;
  versionstamp: string;
}

/** A change of a key. */
export interface Mutation {
  type: MutationType;
  key: string;
  data: Uint8Array<ArrayBuffer>;
  encoding: number;
  /** ms since 1970; 0 for never. */
  expireAt: number;
}

/** A commit: all of it, or nothing where a check fails. */
export interface Write {
  checks: Check[];
  mutations: Mutation[];
}

interface Kept extends Entry {
  expireAt: number;
}

const LE64 = 2;

/** An ordered key-value store in memory. A key is a string of one character for each byte. */
export class MemoryDatabase {
  readonly #entries = new Map<string, Kept>();
  /** All keys in order. */
  readonly #keys: string[] = [];
  readonly #watchers = new Set<(keys: ReadonlySet<string>) => void>();
  #commits = 0n;

  /** What stands at a key, or null. */
  get(key: string): Entry | null {
    const entry = this.#entries.get(key);
    return entry && (entry.expireAt === 0 || entry.expireAt > Date.now()) ? entry : null;
  }

  /** The entries of a range, in order. */
  list({ start, end, limit, reverse }: Range): Entry[] {
    const keys = this.#keys.slice(this.#place(start), this.#place(end));
    const found: Entry[] = [];
    for (const key of reverse ? keys.reverse() : keys) {
      const entry = this.get(key);
      if (entry) found.push(entry);
      if (found.length === limit) break;
    }
    return found;
  }

  /** Commits, or says which checks failed. */
  write({ checks, mutations }: Write): { versionstamp: string } | { failed: number[] } {
    const failed = checks.flatMap(({ key, versionstamp }, i) =>
      (this.get(key)?.versionstamp ?? "") === versionstamp ? [] : [i]
    );
    if (failed.length > 0) return { failed };
    const versionstamp = stampOf(++this.#commits);
    for (const mutation of mutations) this.#mutate(mutation, versionstamp);
    const changed = new Set(mutations.map(({ key }) => key));
    for (const tell of this.#watchers) tell(changed);
    return { versionstamp };
  }

  /** Tells of the keys that each commit has changed, until the returned function is called. */
  watch(tell: (keys: ReadonlySet<string>) => void): () => void {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  }

  #mutate({ type, key, data, encoding, expireAt }: Mutation, versionstamp: string): void {
    if (type === "delete") return this.#delete(key);
    const value = type === "set" ? data : this.#combined(type, key, data, encoding);
    if (!this.#entries.has(key)) this.#keys.splice(this.#place(key), 0, key);
    this.#entries.set(key, { key, data: value, encoding, versionstamp, expireAt });
  }

  #combined(
    type: "sum" | "max" | "min",
    key: string,
    data: Uint8Array<ArrayBuffer>,
    encoding: number,
  ): Uint8Array<ArrayBuffer> {
    const old = this.get(key);
    if (encoding !== LE64 || old && old.encoding !== LE64) {
      throw new RangeError(`Cannot apply ${type}: it is for values of type Deno.KvU64`);
    }
    if (!old) return data;
    const [a, b] = [numberOf(old.data), numberOf(data)];
    const combined = new Uint8Array(8);
    const value = type === "sum" ? a + b : (type === "max") === (a > b) ? a : b;
    new DataView(combined.buffer).setBigUint64(0, value, true);
    return combined;
  }

  #delete(key: string): void {
    if (this.#entries.delete(key)) this.#keys.splice(this.#place(key), 1);
  }

  /** Where a key stands, or would stand. */
  #place(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? "") < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function numberOf(data: Uint8Array<ArrayBuffer>): bigint {
  return new DataView(data.buffer, data.byteOffset, data.byteLength).getBigUint64(0, true);
}

/** Ten bytes that grow with the commits. */
function stampOf(commit: bigint): string {
  let stamp = "";
  for (let shift = 72n; shift >= 0n; shift -= 8n) {
    stamp += String.fromCharCode(Number(commit >> shift & 0xffn));
  }
  return stamp;
}
