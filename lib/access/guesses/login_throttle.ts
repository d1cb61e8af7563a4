import type { Clock } from "../../host/mod.ts";
import { Failures, tooManyTries } from "./failures.ts";
import { networkOf } from "./network.ts";

const OF_NETWORK = { free: 5, waitMaxMs: 15 * 60_000 };
/** A profile's own wait stays short: strangers must not lock its person out. */
const OF_PROFILE = { free: 20, waitMaxMs: 30_000 };
const ENTERED_MAX = 2_000;

/** Slows down who guesses passwords: by the network that the guesses come from, and by the profile they are for. In memory. */
export class LoginThrottle {
  readonly #networks: Failures;
  readonly #profiles: Failures;
  /** Profiles with the networks they were entered from: strangers elsewhere, however many, do not make those wait. */
  readonly #entered = new Set<string>();

  constructor(clock: Clock) {
    this.#networks = new Failures(clock, OF_NETWORK);
    this.#profiles = new Failures(clock, OF_PROFILE);
  }

  /**
   * Counts a try as failed before it is looked at, so that many at once are no way around; the returned function takes that
   * back where it was none. Throws `rate_limited` with the seconds to wait.
   */
  begin(address: string, profileId: string): () => void {
    const network = networkOf(address);
    const place = `${profileId} ${network}`;
    const ofProfile = this.#entered.has(place) ? 0 : this.#profiles.wait(profileId);
    const wait = Math.max(this.#networks.wait(network), ofProfile);
    if (wait > 0) throw tooManyTries(wait);
    // Who knows one password must not win free guesses at others by it: only this one is taken back.
    const { undo } = this.#networks.add(network);
    this.#profiles.add(profileId);
    return () => {
      this.#profiles.forget(profileId);
      undo();
      this.#enter(place);
    };
  }

  #enter(place: string): void {
    this.#entered.delete(place);
    this.#entered.add(place);
    const [oldest] = this.#entered;
    if (this.#entered.size > ENTERED_MAX && oldest !== undefined) this.#entered.delete(oldest);
  }
}
