import type { SettingsIslandProps } from "../../../components/settings/SettingsScope.tsx";
import { isLanguage, type TextArea, textsOf } from "../../../lib/shared/texts/mod.ts";

/** What an island of the settings needs beside its data. */
export function islandProps(language: string, ...areas: TextArea[]): SettingsIslandProps {
  const texts = textsOf(isLanguage(language) ? language : "en", ["common", "settings", ...areas]);
  return { texts, language };
}
