import type { FileEntry, FileKind, PreviewKind } from "../../lib/shared/mod.ts";
import type { TextKey } from "../../lib/shared/texts/mod.ts";
import type { IconName } from "../Icon.tsx";

const PREVIEW_ICONS: Record<PreviewKind, IconName> = {
  text: "file-code",
  markdown: "file-text",
  image: "image",
  audio: "music",
  pdf: "file-text",
  none: "file",
};

/** The icon of an entry. */
export function entryIcon({ kind, preview, link }: Pick<FileEntry, "kind" | "preview" | "link">): IconName {
  if (kind === "folder") return "folder";
  if (kind === "other") return link ? "link" : "file";
  return PREVIEW_ICONS[preview];
}

/** What is said of an entry that is more or less than it seems. */
export function entryRemark({ link, unusable }: Pick<FileEntry, "link" | "unusable">): TextKey | undefined {
  if (unusable) return "filesPage.unusable";
  return link && `filesPage.link.${link}`;
}

/** What an entry is called. */
export function kindWord(kind: FileKind): TextKey {
  return `filesPage.kindOf.${kind}`;
}

/** Whether an entry can be opened. */
export function canOpen({ kind, unusable }: Pick<FileEntry, "kind" | "unusable">): boolean {
  return kind !== "other" && !unusable;
}
