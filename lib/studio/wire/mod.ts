/**
 * The wire format of the studio: how a model writes files, edits and deletes into its answer, so that small models manage it
 * and a truncation shows. `WireParser` reads it while it streams; `applyEdits` and `checkReplacement` decide whether what was
 * written may become a file.
 */
export { applyEdits, type EditFailure, type EditResult } from "./apply_edits.ts";
export type { EditBlock, UnfinishedFile, WireEnding, WireEvent, WireMode } from "./events.ts";
export { WireParser } from "./parser.ts";
export { checkReplacement } from "./replacement.ts";
