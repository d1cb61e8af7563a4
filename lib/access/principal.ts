import { FreshetError, HOUSE_PROFILE, type ProfileRole } from "../shared/mod.ts";

/**
 * What a principal may ask for. `chat` covers completions, `studio` projects and running them, `files` the files in folders that
 * were added, `usage` reading what was used and what it cost, `account` the own settings and API keys, `admin` everything that
 * changes nodes, profiles and what else belongs to the house.
 */
export const SCOPES = [
  "chat",
  "studio",
  "files",
  "embeddings",
  "models",
  "usage",
  "account",
  "admin",
] as const;

/** One of `SCOPES`. */
export type Scope = (typeof SCOPES)[number];

/** What people of each role may ask for. */
export const ROLE_SCOPES: Readonly<Record<ProfileRole, ReadonlySet<Scope>>> = {
  administrator: new Set(SCOPES),
  member: new Set<Scope>(["chat", "studio", "embeddings", "models", "usage", "account"]),
};

/** The first profile: it is always there, is an administrator's, and the house's records stand under it. */
export const LOCAL_PROFILE = HOUSE_PROFILE;

/** Who is asking. Every service takes one, and every key of the store names its profile. */
export interface Principal {
  readonly profileId: string;
  /** `person` at the machine, logged in or with the token; `key` for a program with an API key. */
  readonly type: "person" | "key";
  readonly keyId?: string;
  /** The browser's session, where it is logged in. */
  readonly sessionId?: string;
  /** Whether a password or the token has shown who it is: nobody has to at the machine itself. */
  readonly isProven?: boolean;
  /** Whether it was the token, by which an administrator gets in who has forgotten the password. */
  readonly hasToken?: boolean;
  readonly scopes: ReadonlySet<Scope>;
  /** Whether another node goes on with answers to its key that break off, where a request does not say. */
  readonly continuesAnswers?: boolean;
}

/** The person at the machine. */
export const localPrincipal: Principal = {
  profileId: LOCAL_PROFILE,
  type: "person",
  scopes: ROLE_SCOPES.administrator,
};

/**
 * Stands for a profile while nobody asks: work in the background, with the rights that everybody has. What an API key caused is
 * that key's, whose limits and budgets hold for it.
 */
export function backgroundPrincipal(profileId: string, keyId?: string): Principal {
  if (keyId !== undefined) return { profileId, type: "key", keyId, scopes: ROLE_SCOPES.member };
  return profileId === LOCAL_PROFILE
    ? localPrincipal
    : { profileId, type: "person", scopes: ROLE_SCOPES.member };
}

/**
 * The same principal, asking for what belongs to the house whoever uses it: nodes, aliases, downloads, prices, thresholds,
 * terminals and added folders. What it may do stays the same.
 */
export function houseOf(principal: Principal): Principal {
  return principal.profileId === LOCAL_PROFILE ? principal : { ...principal, profileId: LOCAL_PROFILE };
}

/** Throws `forbidden` where the principal lacks the scope. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (principal.scopes.has(scope)) return;
  if (principal.type === "person") {
    throw new FreshetError("forbidden", "This is for administrators", {
      hint: "Ask one of them, or log in with another profile",
    });
  }
  throw new FreshetError("forbidden", `This API key lacks the scope "${scope}"`, {
    hint: "Make a key with that scope in Settings",
  });
}

/** Throws `forbidden` for API keys, where only a person may do it. */
export function requirePerson({ type }: Principal): void {
  if (type === "person") return;
  throw new FreshetError("forbidden", "This is for people: no API key may do it");
}
