import { createHash, type Hash } from "node:crypto";

/** How much there is of something, and what it is recognised by. */
export interface EntityDigest {
  count: number;
  /** SHA-256 of its contents in their order, in hex. */
  sha256: string;
}

/** Adds up contents. */
export class Digest {
  #hash: Hash = createHash("sha256");
  #count = 0;

  add(content: string): void {
    this.#hash.update(content).update("\n");
    this.#count++;
  }

  value(): EntityDigest {
    return { count: this.#count, sha256: this.#hash.copy().digest("hex") };
  }
}
