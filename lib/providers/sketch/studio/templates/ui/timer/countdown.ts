/** A countdown that goes by the clock, so that it stays right where a page in the background is slowed down. Times are in ms. */
export class Countdown {
  #left: number;
  #endsAt: number | undefined;

  constructor(length: number) {
    this.#left = length;
  }

  get isRunning(): boolean {
    return this.#endsAt !== undefined;
  }

  /** What is left at a moment; never below zero. */
  left(now: number): number {
    return this.#endsAt === undefined ? this.#left : Math.max(0, this.#endsAt - now);
  }

  start(now: number): void {
    this.#endsAt ??= now + this.#left;
  }

  pause(now: number): void {
    this.#left = this.left(now);
    this.#endsAt = undefined;
  }

  /** Stops, with another length to go. */
  reset(length: number): void {
    this.#left = length;
    this.#endsAt = undefined;
  }
}

/** "24:05". A second that has begun counts as a whole one. */
export function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
