/** A benchmark that has nodes to itself, or waits for them. */
interface Claim {
  nodeIds: ReadonlySet<string>;
  start: () => void;
  hasStarted: boolean;
}

/** Lets one benchmark at a time have a node, in the order in which they came: two at once would measure each other. */
export class NodeTurns {
  readonly #claims: Claim[] = [];

  /** Waits until none that came before wants one of the nodes. Returns what gives them up; rejects where the signal is aborted. */
  async take(nodeIds: Iterable<string>, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const started = Promise.withResolvers<void>();
    const claim: Claim = { nodeIds: new Set(nodeIds), start: started.resolve, hasStarted: false };
    this.#claims.push(claim);
    const leave = () => this.#release(claim);
    const onAbort = () => {
      leave();
      started.reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    this.#look();
    try {
      await started.promise;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
    return leave;
  }

  /** Whether one that has these nodes would have to wait. */
  isTaken(nodeIds: Iterable<string>): boolean {
    const wanted = [...nodeIds];
    return this.#claims.some((claim) => wanted.some((id) => claim.nodeIds.has(id)));
  }

  #release(claim: Claim): void {
    const at = this.#claims.indexOf(claim);
    if (at < 0) return;
    this.#claims.splice(at, 1);
    this.#look();
  }

  #look(): void {
    const taken = new Set<string>();
    for (const claim of this.#claims) {
      const isFree = claim.nodeIds.isDisjointFrom(taken);
      for (const id of claim.nodeIds) taken.add(id);
      if (claim.hasStarted || !isFree) continue;
      claim.hasStarted = true;
      claim.start();
    }
  }
}
