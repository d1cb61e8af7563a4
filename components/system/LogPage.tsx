import { effect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { PageAwake } from "../../lib/client/page_awake.ts";
import { LogModel } from "../../lib/client/system/log_model.ts";
import { SystemApi } from "../../lib/client/system/system_api.ts";
import { Toasts } from "../../lib/client/toasts.ts";
import { FreshetError, LOG_LINES_MAX } from "../../lib/shared/mod.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { ToastList } from "../ToastList.tsx";
import { DebugPanel } from "./DebugPanel.tsx";
import { Liveness } from "./Liveness.tsx";
import { LogFilters } from "./LogFilters.tsx";
import { LogLines } from "./LogLines.tsx";
import type { LogPageData } from "./page_data.ts";
import { SystemViews } from "./SystemViews.tsx";

/** What the island of the page is given. */
export interface LogPageProps {
  data: LogPageData;
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** The server's log, live. */
export function LogPage({ data, texts, language }: LogPageProps) {
  const { model, toasts, t, report } = useMemo(() => scopeOf(data, texts), [data, texts]);
  useEffect(() => listenWhileSeen(model), [model]);
  return (
    <>
      <ErrorBoundary t={t}>
        <header class="system-head">
          <h1>{t("log.title")}</h1>
          <Liveness stream={model.stream} t={t} />
          <SystemViews view="log" t={t} />
        </header>
        <p class="system-panel__fact">{t("log.hint", { count: LOG_LINES_MAX })}</p>
        <DebugPanel model={model} t={t} language={language} report={report} />
        <LogFilters model={model} t={t} />
        <LogLines model={model} t={t} language={language} />
      </ErrorBoundary>
      <ToastList toasts={toasts} t={t} />
    </>
  );
}

function scopeOf(data: LogPageData, texts: Texts) {
  const t = translateWith(texts);
  const toasts = new Toasts(browserClock);
  const report = (error: unknown) => {
    if (error instanceof FreshetError) toasts.error(error);
    else reportError(error);
  };
  const model = new LogModel({ ...data, api: new SystemApi(), clock: browserClock, onError: report });
  return { model, toasts, t, report };
}

function listenWhileSeen(model: LogModel): () => void {
  const awake = new PageAwake(browserClock);
  const stop = effect(() => model.listen(awake.awake.value));
  const ending = new AbortController();
  const { signal } = ending;
  const look = () => awake.setVisible(document.visibilityState === "visible");
  document.addEventListener("visibilitychange", look, { signal });
  addEventListener("pageshow", () => awake.setVisible(true), { signal });
  addEventListener("pagehide", () => awake.leave(), { signal });
  addEventListener("online", () => model.stream.retryNow(), { signal });
  return () => {
    ending.abort();
    stop();
    model.listen(false);
  };
}
