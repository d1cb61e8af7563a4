import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Toasts } from "../../lib/client/toasts.ts";
import type { SettingsApi } from "../../lib/client/settings/settings_api.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** What the components within an island of the settings share. */
export interface SettingsScopeValue {
  t: Translate;
  /** "en" or "de". */
  language: string;
  api: SettingsApi;
  toasts: Toasts;
  /** Tells of a failure in a toast. */
  report(error: unknown): void;
}

export const SettingsContext = createContext<SettingsScopeValue | null>(null);

/** What the island around a component shares. Throws outside of a `SettingsScope`. */
export function useSettings(): SettingsScopeValue {
  const value = useContext(SettingsContext);
  if (!value) throw new Error("Cannot use the settings' scope outside of a SettingsScope");
  return value;
}
