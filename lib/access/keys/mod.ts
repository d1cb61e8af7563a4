/** API keys for outside programs. */
export { ApiKeys } from "./api_keys.ts";
export { KEY_PREFIX } from "./key_secret.ts";
