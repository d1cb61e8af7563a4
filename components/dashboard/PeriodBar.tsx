import { formatZoneDay } from "../../lib/client/dashboard/figures.ts";
import type { UsageReport } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useDashboard } from "./context.ts";
import { PERIODS } from "./page_data.ts";
import { labelOf } from "./part_label.ts";

const HOUR_MS = 3_600_000;

/** Which period is shown, and what it is limited to. Works without a script. */
export function PeriodBar() {
  const { data: { days, period, query, profiles, profileId }, model, t } = useDashboard();
  const kept = Object.fromEntries(
    [...new URLSearchParams(query)].filter(([name]) => name === "profile" || name === "zone"),
  );
  const report = model.report.value;
  const only = report?.only;
  return (
    <div class="period-bar">
      <nav class="period-bar__links" aria-label={t("dashboard.period")}>
        {PERIODS.map((id) => (
          <a
            key={id}
            class="period-bar__link"
            href={`/dashboard?${withOnly({ ...kept, period: id }, only)}`}
            {...(id === period ? { "aria-current": "true" as const } : {})}
          >
            {t(`dashboard.period.${id}`)}
          </a>
        ))}
      </nav>
      <form class="period-bar__form" method="get" action="/dashboard">
        <label class="period-bar__field">
          <span>{t("dashboard.period.from")}</span>
          <input class="field__control" type="date" name="from" value={days.from} required />
        </label>
        <label class="period-bar__field">
          <span>{t("dashboard.period.to")}</span>
          <input class="field__control" type="date" name="to" value={days.to} required />
        </label>
        {profiles.length > 0 && (
          <label class="period-bar__field">
            <span>{t("dashboard.profile")}</span>
            <select class="field__control" name="profile">
              {profiles.map(({ id, name }) => (
                <option key={id} value={id} selected={id === profileId}>{name}</option>
              ))}
            </select>
          </label>
        )}
        {only && <input type="hidden" name="dimension" value={only.dimension} />}
        {only && <input type="hidden" name="value" value={only.value} />}
        {kept.zone && <input type="hidden" name="zone" value={kept.zone} />}
        <button type="submit" class="button">{t("dashboard.period.show")}</button>
      </form>
      {report && <Range report={report} />}
      {only && (
        <p class="period-bar__only">
          <span class="badge badge--accent">
            {t("dashboard.only", {
              dimension: t(`dashboard.by.${only.dimension}`),
              value: labelOf(only, only.dimension, t),
            })}
          </span>
          <a
            class="button button--small"
            href={`/dashboard?${withOnly({ ...kept, ...(period ? { period } : days) }, null)}`}
          >
            <Icon name="x" />
            {t("dashboard.onlyOff")}
          </a>
        </p>
      )}
    </div>
  );
}

function Range({ report: { from, to, zone } }: { report: UsageReport }) {
  const { language, t } = useDashboard();
  // An hour in which midnight is belongs to the new day.
  const [first, last] = [from + HOUR_MS, to].map((end) => formatZoneDay(end - 1, zone, language));
  return (
    <p class="period-bar__range">
      {first === last
        ? t("dashboard.rangeDay", { day: first ?? "", zone })
        : t("dashboard.range", { from: first ?? "", to: last ?? "", zone })}
    </p>
  );
}

/** The address of a period that keeps what the page is limited to. */
function withOnly(period: Record<string, string>, only: UsageReport["only"] | undefined): string {
  const query = new URLSearchParams(period);
  if (only) {
    query.set("dimension", only.dimension);
    query.set("value", only.value);
  }
  return query.toString();
}
