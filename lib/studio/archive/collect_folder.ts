import { admit, type ImportedProject } from "./admission.ts";

/** A file of a folder that a person picked. */
export interface FolderEntry {
  /** Relative, with forward slashes; the folder's own name may stand in front of all. */
  path: string;
  bytes: Uint8Array;
}

/** The files of a folder, by the same rules as those of an archive (`unzipProject`) and with the same errors. */
export function collectFolder(entries: readonly FolderEntry[]): ImportedProject {
  return admit(entries.map(({ path, bytes }) => ({ path, size: bytes.length, read: () => bytes })));
}
