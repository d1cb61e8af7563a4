import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { Toasts } from "../../lib/client/toasts.ts";
import { SettingsApi } from "../../lib/client/settings/settings_api.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { ToastList } from "../ToastList.tsx";
import { SettingsContext, type SettingsScopeValue } from "./context.ts";

/** What every island of the settings is given. */
export interface SettingsIslandProps {
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** The inside of an island of the settings: texts, messages, and a fence around what breaks. */
export function SettingsScope(
  { texts, language, children }: SettingsIslandProps & { children: ComponentChildren },
) {
  const scope = useMemo(() => scopeOf(texts, language), [texts, language]);
  return (
    <SettingsContext.Provider value={scope}>
      <ErrorBoundary t={scope.t}>{children}</ErrorBoundary>
      <ToastList toasts={scope.toasts} t={scope.t} />
    </SettingsContext.Provider>
  );
}

function scopeOf(texts: Texts, language: string): SettingsScopeValue {
  const toasts = new Toasts(browserClock);
  const report = (error: unknown) => {
    if (error instanceof FreshetError) toasts.error(error);
    else reportError(error);
  };
  return { t: translateWith(texts), language, api: new SettingsApi(), toasts, report };
}
