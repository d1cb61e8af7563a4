import { FreshetError, type Profile } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import type { Profiles } from "../profiles/profiles.ts";
import { LoginThrottle } from "../guesses/mod.ts";
import { LOCAL_PROFILE } from "../principal.ts";
import type { Source } from "../sources/mod.ts";
import type { Sessions } from "./sessions.ts";

/** Where somebody logs in from. */
export interface LoginPlace extends Pick<Source, "address" | "isAtMachine"> {
  /** The browser, in its own words. */
  agent?: string | undefined;
}

/** What logging in needs. */
export interface LoginOptions {
  clock: Clock;
  profiles: Profiles;
  sessions: Sessions;
  isToken: (candidate: string) => boolean;
  /** Whether everybody has to log in: a profile without a password is entered by nobody then. */
  needsLogin: boolean;
}

/** Lets people in: by a password, by the token, or by a click at the machine itself. What is returned goes into the cookie. */
export class Login {
  readonly #options: LoginOptions;
  readonly #throttle: LoginThrottle;

  constructor(options: LoginOptions) {
    this.#options = options;
    this.#throttle = new LoginThrottle(options.clock);
  }

  /** The profiles that can be entered from a place, with whether a password is asked for. */
  async choices(place: Pick<LoginPlace, "isAtMachine">): Promise<Profile[]> {
    const all = await this.#options.profiles.list();
    return all.filter(({ hasPassword }) => hasPassword || this.#isOpen(place));
  }

  /**
   * Logs in with a profile. Throws `not_found`, `unauthorized` for a wrong password, `forbidden` where the profile has none and
   * a click is not enough, and `rate_limited` after too many wrong ones.
   */
  async enter(profileId: string, password: string, place: LoginPlace): Promise<string> {
    const { profiles, sessions } = this.#options;
    const profile = await profiles.find(profileId);
    if (!profile) throw new FreshetError("not_found", "There is no such profile");
    if (profile.hasPassword) {
      const undo = this.#throttle.begin(place.address, profileId);
      if (!await profiles.isPassword(profileId, password)) {
        throw new FreshetError("unauthorized", "That is not the password", { field: "password" });
      }
      undo();
    } else if (!this.#isOpen(place)) {
      throw new FreshetError("forbidden", "This profile has no password, so it cannot be entered from here");
    }
    return (await sessions.create(profileId, profile.hasPassword ? "password" : "click", place)).secret;
  }

  /** Logs in as the first administrator. Throws `unauthorized` for a wrong token, `rate_limited` after too many wrong ones. */
  async enterByToken(token: string, place: LoginPlace): Promise<string> {
    const { isToken, sessions } = this.#options;
    const undo = this.#throttle.begin(place.address, "the token");
    if (!isToken(token)) throw new FreshetError("unauthorized", "That is not the token", { field: "token" });
    undo();
    return (await sessions.create(LOCAL_PROFILE, "token", place)).secret;
  }

  /** Whether a click is enough: never for what a proxy forwards, as it comes from strangers. */
  #isOpen({ isAtMachine }: Pick<LoginPlace, "isAtMachine">): boolean {
    return isAtMachine && !this.#options.needsLogin;
  }
}
