import type { Clock } from "../../host/mod.ts";

/** A timer of the host cannot wait longer than 24.8 days. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** Tells when keys expire under which something is open; others cost no timer. */
export class KeyDeadlines {
  readonly #clock: Clock;
  readonly #onExpired: (keyId: string) => void;
  readonly #expiries = new Map<string, number>();
  readonly #timers = new Map<string, () => void>();
  readonly #watched = new Set<string>();

  constructor(clock: Clock, onExpired: (keyId: string) => void) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  /** Notes when a key expires (ms since 1970), or that it does not any more. */
  set(keyId: string, expiresAt: number | undefined): void {
    if (this.#expiries.get(keyId) === expiresAt) return;
    if (expiresAt === undefined) this.#expiries.delete(keyId);
    else this.#expiries.set(keyId, expiresAt);
    if (this.#watched.has(keyId)) this.#wait(keyId);
  }

  /** Begins to wait for a key's end. */
  watch(keyId: string): void {
    if (this.#watched.has(keyId)) return;
    this.#watched.add(keyId);
    this.#wait(keyId);
  }

  /** Nothing is open under the key any more. */
  unwatch(keyId: string): void {
    this.#watched.delete(keyId);
    this.#cancel(keyId);
  }

  /** Forgets a key that is gone. */
  forget(keyId: string): void {
    this.#expiries.delete(keyId);
    this.unwatch(keyId);
  }

  #wait(keyId: string): void {
    this.#cancel(keyId);
    const expiresAt = this.#expiries.get(keyId);
    if (expiresAt === undefined) return;
    const wait = expiresAt - this.#clock.now();
    const due = () => {
      this.#timers.delete(keyId);
      if (wait > LONGEST_WAIT_MS) this.#wait(keyId);
      else this.#onExpired(keyId);
    };
    this.#timers.set(keyId, this.#clock.after(Math.max(0, Math.min(wait, LONGEST_WAIT_MS)), due));
  }

  #cancel(keyId: string): void {
    this.#timers.get(keyId)?.();
    this.#timers.delete(keyId);
  }
}
