import type { Version } from "../../../shared/mod.ts";

/** What the panels of a project show of a version. */
export type PanelVersion = Pick<Version, "id" | "number" | "title">;

/** The number of a version; 0 for one that is gone. */
export function versionNumber(versions: readonly PanelVersion[], versionId: string): number {
  return versions.find(({ id }) => id === versionId)?.number ?? 0;
}
