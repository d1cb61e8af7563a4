import type { ModelDownload } from "../../shared/mod.ts";
import { recordType } from "../../store/mod.ts";

/** A download as kept: with the process that has it in hand. */
export interface DownloadRecord extends ModelDownload {
  /** Of records as they were written before: all are the house's. */
  profileId?: string;
  /** What the server calls the download, where it goes on with it by itself. */
  job?: string;
  /** The id of the process; another one takes the download over when that is gone. */
  ownerId: string;
}

export const DOWNLOAD = recordType<DownloadRecord>("model download");

/** A download as clients see it. */
export function viewOf(
  { profileId: _, ownerId: _owner, job: _job, ...download }: DownloadRecord,
): ModelDownload {
  return download;
}

/** Whether a process has it in hand. */
export function isUnderWay({ state }: Pick<ModelDownload, "state">): boolean {
  return state === "running" || state === "waiting";
}
