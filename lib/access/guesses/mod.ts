/** What slows down who guesses at passwords, the token and keys. */
export { LoginThrottle } from "./login_throttle.ts";
export { SecretThrottle } from "./secret_throttle.ts";
