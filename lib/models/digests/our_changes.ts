/** A name on a node; `digest` is what it leads to after a change, where that is known. */
interface Change {
  nodeId: string;
  model: string;
  digest?: string;
}

/** What Freshet changes just now: more than one thing may change a name at once. */
export class OurChanges {
  readonly #changes = new Map<string, Change[]>();

  /** Announces a change while the work goes on. */
  async during<T>(change: Change, work: () => Promise<T>): Promise<T> {
    const id = placeOf(change);
    this.#changes.set(id, [...this.#changes.get(id) ?? [], change]);
    try {
      return await work();
    } finally {
      const left = this.#changes.get(id)?.filter((other) => other !== change) ?? [];
      if (left.length > 0) this.#changes.set(id, left);
      else this.#changes.delete(id);
    }
  }

  /** Whether that a name leads to this digest may come of what Freshet does. */
  has({ digest, ...at }: Change): boolean {
    const changes = this.#changes.get(placeOf(at)) ?? [];
    return changes.some((change) => change.digest === undefined || change.digest === digest);
  }
}

function placeOf({ nodeId, model }: Change): string {
  return `${nodeId}/${model}`;
}
