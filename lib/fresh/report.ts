/** Tells the operator of an error whose text the client must not see. */
export function reportError(error: unknown): void {
  // deno-lint-ignore no-console -- the server's log is the only place such an error may show in
  console.error(error);
}
