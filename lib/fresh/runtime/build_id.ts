/** The query parameter that carries the build id in the address of a static file. */
export const ASSET_KEY = "__frsh_c";

const BUNDLE_PATH = /\/_fresh\/js\/([^/]+)\//;

/** In the browser the address this bundle was loaded from says the build; on the server a render sets it. */
let current = BUNDLE_PATH.exec(import.meta.url)?.[1] ?? "";

/** The id of the build that is being rendered or that runs in this browser; empty when there is none. */
export function buildId(): string {
  return current;
}

/** Sets the id of the build: when a snapshot is attached, and before each render. */
export function setBuildId(id: string): void {
  current = id;
}
