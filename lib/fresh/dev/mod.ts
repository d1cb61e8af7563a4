/**
 * `fresh/dev`: builds an app, and serves it while it is developed.
 * @module
 */
export { type AnyApp, type AttachSnapshot, Builder } from "./builder.ts";
export type { BuildOptions } from "./options.ts";
