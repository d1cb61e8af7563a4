import type { FileState } from "../../lib/client/studio/file_tree.ts";
import { type Standing, standingOf } from "../../lib/client/studio/version_list.ts";
import type { Activity, Version } from "../../lib/shared/mod.ts";
import type { TextKey, Translate } from "../../lib/shared/texts/mod.ts";
import type { IconName } from "../Icon.tsx";

/** The icon of how a version stands. */
export const STANDING_ICONS: Readonly<Record<Standing, IconName>> = {
  generating: "loader-circle",
  passed: "circle-check",
  problems: "triangle-alert",
  unchecked: "info",
  failed: "circle-alert",
  cancelled: "square",
  interrupted: "triangle-alert",
};

/** How a version stands, in words. */
export function standingText(version: Version, t: Translate): string {
  const standing = standingOf(version);
  const reason = standing === "unchecked" ? version.validation?.reason : undefined;
  return reason ? `${t("studio.standing.unchecked")}: ${reason}` : t(`studio.standing.${standing}`);
}

/** The name of a version for people: its title, or what it came from. */
export function versionTitle(version: Version, t: Translate): string {
  if (version.title !== "") return version.title;
  return version.status === "generating" ? t("studio.generating") : t(`studio.origin.${version.origin}`);
}

/** A line in the chat: what the making of a version did. */
export function activityText(activity: Activity, t: Translate): string {
  switch (activity.type) {
    case "read":
      return t("studio.activity.read", { path: activity.path });
    case "thought":
      return t("studio.activity.thought", { seconds: Math.max(1, Math.round(activity.durationMs / 1000)) });
    case "planned":
      return t("studio.activity.planned", { count: activity.fileCount });
    case "repaired":
      return t("studio.activity.repaired", { round: activity.round });
    case "resumed":
      return t("studio.activity.resumed", { path: activity.path });
  }
}

/** The icon of an activity. */
export const ACTIVITY_ICONS: Readonly<Record<Activity["type"], IconName>> = {
  read: "eye",
  thought: "brain",
  planned: "list-checks",
  repaired: "hammer",
  resumed: "play",
};

/** The name of what became of a file; none for one that stayed. */
export function fileStateText(state: FileState): TextKey | undefined {
  return state === "same" ? undefined : `studio.file.${state}`;
}

/** How many files, in words. */
export function fileCountText(count: number, t: Translate): string {
  return count === 1 ? t("studio.fileCountOne") : t("studio.fileCount", { count });
}

/** The icon that fits a file of a project. */
export function fileIconOf(path: string): IconName {
  if (/\.(json|jsonc)$/i.test(path)) return "braces";
  if (/\.(md|txt)$/i.test(path)) return "file-text";
  if (/\.(png|jpe?g|gif|webp|svg)$/i.test(path)) return "image";
  if (/\.css$/i.test(path)) return "palette";
  if (/\.html?$/i.test(path)) return "globe";
  return "file-code";
}
