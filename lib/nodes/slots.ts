/** One turn at a node; `release` it when the call is over. */
export interface Slot {
  release(): void;
}

interface NodeSlots {
  taken: number;
  waiting: (() => void)[];
}

/** Keeps each node at or below its number of requests at the same time: who comes when all turns are taken waits in line. */
export class Slots {
  #nodes = new Map<string, NodeSlots>();

  /** How many calls a node has under way. */
  taken(nodeId: string): number {
    return this.#nodes.get(nodeId)?.taken ?? 0;
  }

  /** How many calls are under way or wait in line. */
  load(nodeId: string): number {
    return this.taken(nodeId) + (this.#nodes.get(nodeId)?.waiting.length ?? 0);
  }

  /** Resolves with a turn at the node, of which there are `limit` (0 for no limit). Rejects when the signal is aborted first. */
  async take(nodeId: string, limit: number, signal: AbortSignal): Promise<Slot> {
    signal.throwIfAborted();
    let node = this.#nodes.get(nodeId);
    if (!node) this.#nodes.set(nodeId, node = { taken: 0, waiting: [] });
    if (limit > 0 && node.taken >= limit) await waitInLine(node, signal);
    else node.taken++;
    let isHeld = true;
    return {
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#pass(nodeId, node);
      },
    };
  }

  /** A turn that ends goes to the next in line, or is free. */
  #pass(nodeId: string, node: NodeSlots): void {
    const next = node.waiting.shift();
    if (next) return next();
    node.taken--;
    if (node.taken === 0) this.#nodes.delete(nodeId);
  }
}

function waitInLine(node: NodeSlots, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const proceed = () => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = () => {
      node.waiting = node.waiting.filter((other) => other !== proceed);
      reject(signal.reason);
    };
    node.waiting.push(proceed);
    signal.addEventListener("abort", leave, { once: true });
  });
}
