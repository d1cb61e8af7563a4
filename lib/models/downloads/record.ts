import type { ModelDownload } from "../../shared/mod.ts";
import { recordType } from "../../store/mod.ts";

/** A download as kept: with the process that has it in hand. */
export interface DownloadRecord extends ModelDownload {
  profileId: string;
  /** The id of the process; another one takes the download over when that is gone. */
  ownerId: string;
}

export const DOWNLOAD = recordType<DownloadRecord>("model download");

/** A download as clients see it. */
export function viewOf({ profileId: _, ownerId: _owner, ...download }: DownloadRecord): ModelDownload {
  return download;
}

/** Whether a process has it in hand. */
export function isUnderWay({ state }: Pick<ModelDownload, "state">): boolean {
  return state === "running" || state === "waiting";
}
