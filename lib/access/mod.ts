/** Who is asking, and whether they may: principals, profiles, sessions, API keys, the token, and the checks against foreign web pages. */
export { ApiKeys, KEY_PREFIX } from "./keys/mod.ts";
export * from "./budgets/mod.ts";
export * from "./limits/mod.ts";
export { type AccessOptions, Authenticator } from "./authenticate.ts";
export { guardHost, type GuardOptions, guardRequest, isLoopbackName } from "./guard.ts";
export {
  backgroundPrincipal,
  houseOf,
  LOCAL_PROFILE,
  localPrincipal,
  type Principal,
  requirePerson,
  requireScope,
  ROLE_SCOPES,
  type Scope,
  SCOPES,
} from "./principal.ts";
export { Profiles, type ProfilesOptions } from "./profiles/profiles.ts";
export { ProfilePurge } from "./profiles/purge.ts";
export { newProfileSchema, ownProfilePatchSchema, profilePatchSchema } from "./profiles/schemas.ts";
export { Revocations } from "./revocations.ts";
export { endRevokedElsewhere, profilesChangedElsewhere } from "./revoked_elsewhere.ts";
export { endAllSessions } from "./sessions/end_all.ts";
export { Login, type LoginOptions, type LoginPlace } from "./sessions/login.ts";
export { PASSWORD_CHARS } from "./sessions/passwords.ts";
export type { LoginProof } from "./sessions/record.ts";
export {
  isSessionCookie,
  OLD_SESSION_COOKIE,
  sessionCookieName,
  sessionSecretsIn,
} from "./sessions/session_cookies.ts";
export { SESSION_MS, Sessions, type SessionsOptions } from "./sessions/sessions.ts";
export { AT_MACHINE, type Connection, type Source, sourceOf, TrustedProxies } from "./sources/mod.ts";
export { Preferences, settingsPatchSchema } from "./preferences.ts";
