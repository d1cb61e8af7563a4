import type { TextKey } from "../../lib/shared/texts/mod.ts";
import type { IconName } from "../Icon.tsx";

/** A section of the settings, as their navigation lists it. */
export interface Section {
  id: SectionId;
  icon: IconName;
  label: TextKey;
  about: TextKey;
}

/** The names of the sections, as they stand in addresses. */
export type SectionId =
  | "appearance"
  | "panels"
  | "chat"
  | "nodes"
  | "keys"
  | "transfer"
  | "backup"
  | "privacy"
  | "about";

/** The sections in the order of the navigation. */
export const SECTIONS: readonly Section[] = [
  section("appearance", "palette"),
  section("panels", "panel-left"),
  section("chat", "message-square"),
  section("nodes", "server"),
  section("keys", "key-round"),
  section("transfer", "arrow-left-right"),
  section("backup", "file-archive"),
  section("privacy", "lock"),
  section("about", "info"),
];

function section(id: SectionId, icon: IconName): Section {
  return { id, icon, label: `settings.${id}`, about: `settings.${id}.about` };
}
