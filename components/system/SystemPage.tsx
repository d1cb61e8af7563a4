import { useEffect, useMemo } from "preact/hooks";
import { Painter } from "../../lib/client/canvas/painter.ts";
import { browserClock } from "../../lib/client/clock.ts";
import { EventStream } from "../../lib/client/event_stream.ts";
import { streamWhileSeen } from "../../lib/client/nodes/watch_nodes.ts";
import { SystemApi } from "../../lib/client/system/system_api.ts";
import { SystemModel } from "../../lib/client/system/system_model.ts";
import { ThresholdForm } from "../../lib/client/system/threshold_form.ts";
import { Toasts } from "../../lib/client/toasts.ts";
import { FreshetError, type SystemFigure } from "../../lib/shared/mod.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { ToastList } from "../ToastList.tsx";
import { SystemContext, type SystemScopeValue } from "./context.ts";
import { CpuPanel } from "./CpuPanel.tsx";
import { DisksPanel } from "./DisksPanel.tsx";
import { GpuPanel } from "./GpuPanel.tsx";
import { MemoryPanel } from "./MemoryPanel.tsx";
import { MetricChart } from "./MetricChart.tsx";
import { NetworkPanel } from "./NetworkPanel.tsx";
import type { SystemPageData } from "./page_data.ts";
import { ProcessesPanel } from "./ProcessesPanel.tsx";
import { RangeChoice } from "./RangeChoice.tsx";
import { SystemHead } from "./SystemHead.tsx";
import { ThresholdsPanel } from "./ThresholdsPanel.tsx";

/** What the island of the page is given. */
export interface SystemPageProps {
  data: SystemPageData;
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

const NETWORK: readonly SystemFigure[] = ["received", "sent"];

/** The machine: charts of what it did, and how it is now. */
export function SystemPage({ data, texts, language }: SystemPageProps) {
  const scope = useMemo(() => scopeOf({ data, texts, language }), [data, texts, language]);
  const { model, stream, painter, t } = scope;
  useEffect(() => streamWhileSeen(stream, browserClock), [stream]);
  useEffect(() => repaintOnThemes(painter), [painter]);
  const hasGpu = model.view.value.state.gpu !== null;
  return (
    <SystemContext.Provider value={scope}>
      <ErrorBoundary t={t}>
        <SystemHead problem={data.problem} />
        <RangeChoice />
        <div class={hasGpu ? "system-charts" : "system-charts system-charts--few"}>
          <MetricChart figures={["cpu"]} />
          <MetricChart figures={["memory"]} />
          {hasGpu && <MetricChart figures={["gpu"]} />}
          {hasGpu && <MetricChart figures={["gpuMemory"]} />}
          <MetricChart figures={NETWORK} />
          <MetricChart figures={["disk"]} />
        </div>
        <div class="system-panels">
          <ProcessesPanel />
          <GpuPanel />
          <DisksPanel />
          <CpuPanel />
          <MemoryPanel />
          <NetworkPanel />
          <ThresholdsPanel />
        </div>
      </ErrorBoundary>
      <ToastList toasts={scope.toasts} t={t} />
    </SystemContext.Provider>
  );
}

function scopeOf({ data, texts, language }: SystemPageProps): SystemScopeValue {
  const t = translateWith(texts);
  const toasts = new Toasts(browserClock);
  const api = new SystemApi();
  const model = new SystemModel({ view: data.view, history: data.history, api });
  const report = (error: unknown) => {
    if (error instanceof FreshetError) toasts.error(error);
    else reportError(error);
  };
  const stream = new EventStream({
    clock: browserClock,
    open: (_, signal) => api.events(signal),
    onEvent: ({ event, data }) => event === "sample" && data && model.beat(JSON.parse(data)),
    // What happened while nobody listened has to be fetched; that the server is away is said already.
    onOpen: () => {
      model.show(model.history.peek().range).catch((error) => error instanceof FreshetError || report(error));
    },
  });
  return {
    t,
    language,
    model,
    thresholds: new ThresholdForm(data.thresholds, api),
    stream,
    painter: new Painter(browserClock),
    toasts,
    report,
  };
}

/** Another theme has other colours. */
function repaintOnThemes(painter: Painter): () => void {
  const repaint = () => painter.markAll();
  const themes = new MutationObserver(repaint);
  themes.observe(document.documentElement, { attributes: true });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", repaint);
  return () => {
    themes.disconnect();
    scheme.removeEventListener("change", repaint);
    painter.stop();
  };
}
