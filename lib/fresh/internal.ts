/**
 * `fresh/internal`: what a generated `_fresh/server.js` imports. Not for apps.
 * @module
 */
export { type DiskBuild, diskSnapshot } from "./disk_snapshot.ts";
export { attachSnapshot, snapshotOf } from "./snapshot.ts";
