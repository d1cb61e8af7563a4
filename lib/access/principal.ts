import { FreshetError } from "../shared/mod.ts";

/** What a principal may ask for. `chat` covers completions, `studio` projects and running them, `usage` reading what was used and what it cost, `admin` everything that changes nodes, keys and settings. */
export const SCOPES = ["chat", "studio", "embeddings", "models", "usage", "admin"] as const;

/** One of `SCOPES`. */
export type Scope = (typeof SCOPES)[number];

/** The profile that owns everything until there are more. */
export const LOCAL_PROFILE = "local";

/** Who is asking. Every service takes one, and every key of the store names its profile. */
export interface Principal {
  readonly profileId: string;
  /** `person` at the machine or with the token; `key` for a program with an API key. */
  readonly type: "person" | "key";
  readonly keyId?: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Whether another node goes on with answers to its key that break off, where a request does not say. */
  readonly continuesAnswers?: boolean;
}

/** The person at the machine. */
export const localPrincipal: Principal = {
  profileId: LOCAL_PROFILE,
  type: "person",
  scopes: new Set(SCOPES),
};

/** Throws `forbidden` where the principal lacks the scope. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (principal.scopes.has(scope)) return;
  throw new FreshetError("forbidden", `This API key lacks the scope "${scope}"`, {
    hint: "Make a key with that scope in Settings",
  });
}
