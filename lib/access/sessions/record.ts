import type { LoginSession } from "../../shared/mod.ts";
import { recordType } from "../../store/mod.ts";

/** By what somebody logged in: a click is enough at the machine itself, where a profile has no password. */
export type LoginProof = "password" | "token" | "click";

/** A session as kept, twice: by its id, and by the hash of its secret. */
export interface SessionRecord extends Omit<LoginSession, "isCurrent"> {
  profileId: string;
  proof: LoginProof;
  /** The SHA-256 of the cookie's secret. */
  hash: string;
  /** The hash of the secret with the token that was shown: a new token ends the sessions of the old one. */
  tokenHash?: string;
}

/** How sessions are stored. */
export const SESSION = recordType<SessionRecord>("session");
