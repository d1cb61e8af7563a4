import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { DashboardApi } from "../../lib/client/dashboard/dashboard_api.ts";
import { DashboardModel } from "../../lib/client/dashboard/dashboard_model.ts";
import { Toasts } from "../../lib/client/toasts.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { ToastList } from "../ToastList.tsx";
import { DashboardContext, type DashboardScopeValue } from "./context.ts";
import type { DashboardPageData } from "./page_data.ts";

/** What the island of the page is given. */
export interface DashboardIslandProps {
  data: DashboardPageData;
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** The inside of the island: the page's model, messages, and a fence around what breaks. */
export function DashboardScope(
  { data, texts, language, children }: DashboardIslandProps & { children: ComponentChildren },
) {
  const { scope, toasts } = useMemo(() => scopeOf({ data, texts, language }), [data, texts, language]);
  return (
    <DashboardContext.Provider value={scope}>
      <ErrorBoundary t={scope.t}>{children}</ErrorBoundary>
      <ToastList toasts={toasts} t={scope.t} />
    </DashboardContext.Provider>
  );
}

function scopeOf(
  { data, texts, language }: DashboardIslandProps,
): { scope: DashboardScopeValue; toasts: Toasts } {
  const t = translateWith(texts);
  const toasts = new Toasts(browserClock);
  const report = (error: unknown) => {
    if (error instanceof FreshetError) toasts.error(error);
    else reportError(error);
  };
  const api = new DashboardApi(undefined, new URLSearchParams(data.query).get("profile"));
  const model = new DashboardModel({ ...data, api, clock: browserClock, onError: report });
  return { scope: { t, language, data, api, model, report }, toasts };
}
