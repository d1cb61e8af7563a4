import type { TextKey } from "../../lib/shared/texts/mod.ts";
import type { IconName } from "../Icon.tsx";

/** A section of the settings, as their navigation lists it. */
export interface Section {
  id: SectionId;
  icon: IconName;
  label: TextKey;
  about: TextKey;
  /** What a person has to be allowed; the house's sections are for administrators. */
  scope: "account" | "admin";
}

/** The names of the sections, as they stand in addresses. */
export type SectionId =
  | "appearance"
  | "panels"
  | "chat"
  | "nodes"
  | "keys"
  | "profile"
  | "profiles"
  | "transfer"
  | "backup"
  | "privacy"
  | "about";

/** The sections in the order of the navigation. */
export const SECTIONS: readonly Section[] = [
  section("appearance", "palette", "account"),
  section("panels", "panel-left", "account"),
  section("chat", "message-square", "account"),
  section("nodes", "server"),
  section("keys", "key-round", "account"),
  section("profile", "user", "account"),
  section("profiles", "users"),
  section("transfer", "arrow-left-right", "account"),
  section("backup", "file-archive"),
  section("privacy", "lock"),
  section("about", "info"),
];

function section(id: SectionId, icon: IconName, scope: Section["scope"] = "admin"): Section {
  return { id, icon, scope, label: `settings.${id}`, about: `settings.${id}.about` };
}
