import { useEffect, useMemo } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { EventStream } from "../../lib/client/event_stream.ts";
import { streamWhileSeen } from "../../lib/client/nodes/watch_nodes.ts";
import type { UsagePulse } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useDashboard } from "./context.ts";
import { LiveCounters } from "./LiveCounters.tsx";
import { PartsPanel } from "./PartsPanel.tsx";
import { PeriodBar } from "./PeriodBar.tsx";
import { Totals } from "./Totals.tsx";
import { UsageCharts } from "./UsageCharts.tsx";
import { WeekTable } from "./WeekTable.tsx";

/** What was used in a period, and what happens now. */
export function DashboardPage() {
  const { model, t } = useDashboard();
  const stream = useStream();
  const report = model.report.value;
  return (
    <div class="dashboard">
      <header class="dashboard__head">
        <h1>{t("dashboard.title")}</h1>
        <Links />
      </header>
      <PeriodBar />
      <LiveCounters stream={stream} />
      {report
        ? report.total.calls === 0
          ? <Empty />
          : (
            <div class="dashboard__report" aria-busy={model.isLoading.value ? "true" : "false"}>
              <Totals total={report.total} />
              <UsageCharts report={report} />
              <div class="dashboard__pair">
                <WeekTable week={report.week} />
                {!report.only && <PartsPanel />}
              </div>
            </div>
          )
        : <Problem />}
    </div>
  );
}

function Links() {
  const { data: { query }, t } = useDashboard();
  const kept = new URLSearchParams(
    [...new URLSearchParams(query)].filter(([name]) => name === "profile" || name === "zone"),
  );
  return (
    <nav class="dashboard__links" aria-label={t("dashboard.export")}>
      <a class="button button--small" href={`/api/analytics/export?format=csv&${query}`} download>
        <Icon name="download" />
        {t("dashboard.export.csv")}
      </a>
      <a class="button button--small" href={`/api/analytics/export?format=json&${query}`} download>
        <Icon name="braces" />
        {t("dashboard.export.json")}
      </a>
      <a class="button button--small" href={`/dashboard/statement${kept.size > 0 ? `?${kept}` : ""}`}>
        <Icon name="file-text" />
        {t("dashboard.statement")}
      </a>
      <a class="button button--small" href="/dashboard/prices">
        <Icon name="table" />
        {t("dashboard.prices")}
      </a>
    </nav>
  );
}

function Empty() {
  const { t } = useDashboard();
  return (
    <section class="dashboard-empty">
      <span class="dashboard-empty__icon">
        <Icon name="gauge" />
      </span>
      <h2>{t("dashboard.empty")}</h2>
      <p class="muted">{t("dashboard.emptyHint")}</p>
      <a class="button button--primary" href="/">{t("dashboard.startChat")}</a>
    </section>
  );
}

function Problem() {
  const { data: { problem }, t } = useDashboard();
  return (
    <div class="problem" role="alert">
      <Icon name="circle-alert" />
      <div>
        <p class="problem__message">{t("dashboard.failed")}</p>
        {problem && <p class="problem__hint">{problem.message}{problem.hint && `. ${problem.hint}`}</p>}
        <a class="button button--small" href="/dashboard">
          <Icon name="refresh-cw" />
          {t("tryAgain")}
        </a>
      </div>
    </div>
  );
}

/** Follows what happens while the page is seen. */
function useStream(): EventStream {
  const { api, model } = useDashboard();
  const stream = useMemo(() =>
    new EventStream({
      clock: browserClock,
      open: (_, signal) => api.events(signal),
      onEvent: ({ event, data }) => {
        if (event === "pulse" && data) model.take(JSON.parse(data) as UsagePulse);
      },
    }), []);
  useEffect(() => {
    const stop = streamWhileSeen(stream, browserClock);
    return () => {
      stop();
      model.stop();
    };
  }, []);
  return stream;
}
