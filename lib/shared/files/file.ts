/** What an entry of a folder is; `other` is what is neither read nor written: devices, sockets, pipes. */
export type FileKind = "folder" | "file" | "other";

/** Where a link leads: what leads out of its folder, or to nothing, is shown and not opened. */
export type LinkTarget = "inside" | "outside" | "broken";

/** How a file can be shown. */
export type PreviewKind = "text" | "markdown" | "image" | "audio" | "pdf" | "none";

/** A folder that a person has added. */
export interface FileFolder {
  id: string;
  /** The last part of its path, or what the person calls it. */
  name: string;
  /** Absolute, with every link resolved. */
  path: string;
  /** ms since 1970. */
  addedAt: number;
  /** Whether it is there now. */
  isThere: boolean;
}

/** One entry of a folder. */
export interface FileEntry {
  name: string;
  kind: FileKind;
  /** Bytes; 0 for folders. */
  size: number;
  /** ms since 1970. */
  modifiedAt: number;
  preview: PreviewKind;
  link?: LinkTarget;
  /** A name that cannot be written in a path: it is shown, and nothing more. */
  unusable?: true;
}

/** What is in a folder. */
export interface FileListing {
  folderId: string;
  /** Relative to the folder, with forward slashes; "" is the folder itself. */
  path: string;
  /** In the order of `compareEntries` by name. */
  entries: FileEntry[];
  /** How many there are; more than `entries` where that was cut. */
  total: number;
}

/** What is shown of one file. */
export interface FilePreview {
  folderId: string;
  path: string;
  name: string;
  kind: PreviewKind;
  size: number;
  modifiedAt: number;
  mediaType: string;
  link?: LinkTarget;
  /** Of text, Markdown and PDF: the beginning, or all of it. */
  text?: string;
  /** Of Markdown: sanitised. */
  html?: string;
  /** Whether `text` is only the beginning. */
  truncated?: boolean;
  /** Why nothing can be shown, in one sentence. */
  problem?: string;
  /** Of text that may be edited here: names the content that was read. */
  version?: string;
}

/** Something that was deleted and can be brought back. */
export interface TrashedFile {
  id: string;
  folderId: string;
  /** The name of the folder when it was deleted. */
  folderName: string;
  /** Where that folder was, absolute: it may have been taken out of the list and added again. */
  folderPath?: string;
  /** Where it was, relative to the folder. */
  path: string;
  kind: FileKind;
  /** Bytes; 0 for folders. */
  size: number;
  /** ms since 1970. */
  deletedAt: number;
}

/** One thing that a search found. */
export interface FileHit {
  path: string;
  kind: FileKind;
  /** Of a hit in the content: its line (from 1) and what stands there. */
  line?: number;
  text?: string;
}

/** How a search ended. */
export interface FileSearchEnd {
  /** Entries that were looked at. */
  seen: number;
  /** Files whose content was not read: binary, too large, or not readable. */
  skipped: number;
  /** Why it ended before everything was looked at. */
  stopped?: "hits" | "entries" | "time";
}

/** What a search tells, in this order: hits and progress, then one end. */
export type FileSearchEvent =
  | { type: "hit"; data: FileHit }
  | { type: "progress"; data: { seen: number } }
  | { type: "end"; data: FileSearchEnd };

/** What entries are put in order by. */
export type FileSortKey = "name" | "size" | "modifiedAt" | "kind";

/** The order of a list of entries. */
export interface FileSort {
  key: FileSortKey;
  descending: boolean;
}

/** Folders first, then by the key, then by name; the same on both sides, whatever the language. */
export function compareEntries(sort: FileSort): (a: FileEntry, b: FileEntry) => number {
  const direction = sort.descending ? -1 : 1;
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  return (a, b) =>
    Number(b.kind === "folder") - Number(a.kind === "folder") ||
    direction * compareBy(sort.key, a, b, collator) ||
    collator.compare(a.name, b.name) ||
    (a.name < b.name ? -1 : 1);
}

function compareBy(key: FileSortKey, a: FileEntry, b: FileEntry, collator: Intl.Collator): number {
  switch (key) {
    case "name":
      return collator.compare(a.name, b.name);
    case "kind":
      return collator.compare(endingOf(a.name), endingOf(b.name));
    default:
      return a[key] - b[key];
  }
}

/** The ending of a name in lower case, without its dot; "" where there is none. */
export function endingOf(name: string): string {
  return /[^.]\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}
