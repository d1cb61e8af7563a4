import type { Clock, Log } from "../host/mod.ts";
import { keys, type Store } from "../store/mod.ts";

const HEARTBEAT_MS = 5_000;
const DEAD_AFTER_MS = 20_000;

/**
 * Which processes live. Where the store is this process's own, every other one is dead: it held the lock. Where it is shared,
 * a process shows by a heartbeat that it lives.
 */
export class Ownership {
  #store: Store;
  #clock: Clock;
  #log: Log;
  #stop: (() => void) | undefined;

  constructor(store: Store, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /** Begins to show that this process lives. */
  async start(): Promise<void> {
    if (!this.#store.shared) return;
    await this.#beat();
    this.#stop = this.#clock.every(HEARTBEAT_MS, () => {
      this.#beat().catch((error) => this.#log.error("Cannot show that this process lives", { error }));
    });
  }

  /** Ends the heartbeat, so that others take over at once. */
  async stop(): Promise<void> {
    this.#stop?.();
    if (this.#store.shared) await this.#store.kv.delete(keys.process(this.#store.processId));
  }

  /** Whether a process may still be at work. */
  async isAlive(processId: string): Promise<boolean> {
    if (processId === this.#store.processId) return true;
    if (!this.#store.shared) return false;
    const { value } = await this.#store.kv.get<number>(keys.process(processId));
    return value !== null && this.#clock.now() - value < DEAD_AFTER_MS;
  }

  async #beat(): Promise<void> {
    await this.#store.kv.set(keys.process(this.#store.processId), this.#clock.now());
  }
}
