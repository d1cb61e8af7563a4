import { useState } from "preact/hooks";
import { formatDollars, formatDuration, formatShare } from "../../lib/client/dashboard/figures.ts";
import { formatCount, formatNumber, formatShort } from "../../lib/client/format.ts";
import { USAGE_DIMENSIONS, type UsagePart } from "../../lib/shared/mod.ts";
import type { TextKey } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { useDashboard } from "./context.ts";
import { labelOf } from "./part_label.ts";

interface Column {
  label: TextKey;
  /** What it is sorted by, the best first. */
  rank: (part: UsagePart) => number;
  text: (part: UsagePart, language: string) => string;
}

/** Of times, less is better; what is not known comes last. */
const quick = (ms: number | null) => ms === null ? -Infinity : -ms;

const COLUMNS: readonly Column[] = [
  {
    label: "dashboard.calls",
    rank: ({ calls }) => calls,
    text: ({ calls }, language) => formatCount(calls, language),
  },
  {
    label: "dashboard.tokens",
    rank: ({ promptTokens, completionTokens }) => promptTokens + completionTokens,
    text: ({ promptTokens, completionTokens }, language) =>
      formatShort(promptTokens + completionTokens, language),
  },
  {
    label: "dashboard.cost",
    rank: ({ costNano }) => costNano,
    text: ({ costNano }, language) => formatDollars(costNano, language),
  },
  {
    label: "dashboard.success",
    rank: ({ successRate }) => successRate ?? -1,
    text: ({ successRate }, language) => formatShare(successRate, language),
  },
  {
    label: "dashboard.parts.firstToken",
    rank: ({ firstToken }) => quick(firstToken.p50),
    text: ({ firstToken: { p50, p95 } }, language) =>
      `${formatDuration(p50, language)} / ${formatDuration(p95, language)}`,
  },
  {
    label: "dashboard.parts.speed",
    rank: ({ tokensPerSecond }) => tokensPerSecond ?? -1,
    text: ({ tokensPerSecond }, language) =>
      tokensPerSecond === null ? "–" : formatNumber(tokensPerSecond, language),
  },
];

/** Who used what, in the order of any figure: of models, a leaderboard. */
export function PartsPanel() {
  const { data, model, report, t } = useDashboard();
  const dimension = model.dimension.value;
  const parts = model.parts.value;
  return (
    <section class="dashboard-card parts" aria-labelledby="parts-title">
      <h2 id="parts-title">{t("dashboard.parts")}</h2>
      <nav class="parts__tabs" aria-label={t("dashboard.parts.by")}>
        {USAGE_DIMENSIONS.map((id) => (
          <a
            key={id}
            class="period-bar__link"
            href={`/dashboard?${data.query}&by=${id}#parts-title`}
            {...(id === dimension ? { "aria-current": "true" as const } : {})}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              model.choose(id).catch(report);
            }}
          >
            {t(`dashboard.by.${id}`)}
          </a>
        ))}
      </nav>
      {parts === null
        ? <p class="parts__none" role="status">{t("dashboard.loading")}</p>
        : parts.length === 0
        ? <p class="parts__none">{t("dashboard.parts.none")}</p>
        : <PartsTable parts={parts} />}
    </section>
  );
}

function PartsTable({ parts }: { parts: readonly UsagePart[] }) {
  const { data, language, model, t } = useDashboard();
  const [sorted, sort] = useState(0);
  const dimension = model.dimension.value;
  const column = COLUMNS[sorted];
  const ranked = column ? parts.toSorted((a, b) => column.rank(b) - column.rank(a)) : parts;
  const name = t(`dashboard.by.${dimension}`);
  return (
    <div class="parts__scroll" tabIndex={0} role="region" aria-label={`${t("dashboard.parts.by")} ${name}`}>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{t("dashboard.parts.rank")}</span>
            </th>
            <th scope="col">{name}</th>
            {COLUMNS.map(({ label }, i) => (
              <th key={label} scope="col" {...(i === sorted ? { "aria-sort": "descending" as const } : {})}>
                <button
                  type="button"
                  class="figures__sort"
                  onClick={() =>
                    sort(i)}
                >
                  {t(label)}
                  {i === sorted && <Icon name="chevron-down" />}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ranked.map((part, i) => {
            const label = labelOf(part, dimension, t);
            return (
              <tr key={part.value}>
                <td class="figures__rank">{i + 1}</td>
                <th scope="row">
                  <a
                    href={`/dashboard?${data.query}&dimension=${dimension}&value=${
                      encodeURIComponent(part.value)
                    }`}
                    title={t("dashboard.parts.only", { name: label })}
                  >
                    {label}
                  </a>
                </th>
                {COLUMNS.map(({ label, text }) => <td key={label}>{text(part, language)}</td>)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
