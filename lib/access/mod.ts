/** Who is asking, and whether they may: principals, API keys, the token, and the checks against foreign web pages. */
export { ApiKeys, KEY_PREFIX } from "./api_keys.ts";
export * from "./budgets/mod.ts";
export * from "./limits/mod.ts";
export { type AccessOptions, Authenticator, TOKEN_COOKIE } from "./authenticate.ts";
export { guardHost, type GuardOptions, guardRequest, isLoopbackName } from "./guard.ts";
export {
  LOCAL_PROFILE,
  localPrincipal,
  type Principal,
  requireScope,
  type Scope,
  SCOPES,
} from "./principal.ts";
export { Preferences, settingsPatchSchema } from "./preferences.ts";
