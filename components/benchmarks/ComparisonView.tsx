import { formatDuration, formatShare } from "../../lib/client/dashboard/figures.ts";
import { formatDay, formatNumber, formatTime } from "../../lib/client/format.ts";
import {
  type Benchmark,
  COMPARED_FIGURES,
  type ComparedFigure,
  type ComparedSide,
  type Comparison,
  type Difference,
} from "../../lib/shared/mod.ts";
import type { TextKey, Translate } from "../../lib/shared/texts/mod.ts";
import { targetName, UNKNOWN } from "./words.ts";

interface Measure {
  label: TextKey;
  isMean: boolean;
  of: (side: ComparedSide) => number | null;
  format: (value: number, language: string) => string;
  /** Whether more of it is better. */
  isGain: boolean;
}

const duration = (ms: number, language: string) =>
  ms < 0 ? `−${formatDuration(-ms, language)}` : formatDuration(ms, language);

const MEASURES: Record<ComparedFigure, Measure> = {
  accuracy: {
    label: "benchmarks.accuracy",
    isMean: false,
    of: ({ summary }) => summary.accuracy?.share ?? null,
    format: formatShare,
    isGain: true,
  },
  success: {
    label: "benchmarks.success",
    isMean: false,
    of: ({ summary }) => summary.success?.share ?? null,
    format: formatShare,
    isGain: true,
  },
  firstToken: {
    label: "benchmarks.firstToken",
    isMean: true,
    of: ({ summary }) => summary.firstToken.mean?.mean ?? null,
    format: duration,
    isGain: false,
  },
  tokensPerSecond: {
    label: "benchmarks.speed",
    isMean: true,
    of: ({ summary }) => summary.tokensPerSecond?.mean ?? null,
    format: formatNumber,
    isGain: true,
  },
  duration: {
    label: "benchmarks.duration",
    isMean: true,
    of: ({ summary }) => summary.duration.mean?.mean ?? null,
    format: duration,
    isGain: false,
  },
};

/** Two models beside each other, and the form that chooses them; it needs no script. */
export function ComparisonView({ benchmarks, a, b, comparison, language, t }: {
  benchmarks: readonly Benchmark[];
  /** The sides as they stand in the address. */
  a: string;
  b: string;
  comparison: Comparison | null;
  language: string;
  t: Translate;
}) {
  const options = benchmarks.flatMap(({ id, setName, createdAt, targets }) =>
    targets.flatMap((target, i) => {
      const when = `${formatDay(createdAt, language)}, ${formatTime(createdAt, language)}`;
      const words = t("benchmarks.compare.option", { model: targetName(target), set: setName, when });
      return target.done > 0 ? [{ value: `${id}.${i}`, words }] : [];
    })
  );
  if (options.length < 2) return <p class="muted">{t("benchmarks.compare.few")}</p>;
  const choice = (name: "a" | "b", label: string, value: string) => (
    <label class="field benchmark-compare__side">
      <span class="field__label">{label}</span>
      <select name={name} class="field__control">
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.words}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <form method="get" action="/models/benchmarks/compare" class="dashboard-card benchmark-compare">
        {choice("a", t("benchmarks.compare.first"), a || (options[0]?.value ?? ""))}
        {choice("b", t("benchmarks.compare.second"), b || (options[1]?.value ?? ""))}
        <button type="submit" class="button button--primary">{t("benchmarks.compare.show")}</button>
      </form>
      {comparison
        ? <Differences comparison={comparison} language={language} t={t} />
        : <p class="muted">{t("benchmarks.compare.choose")}</p>}
    </>
  );
}

function Differences(
  { comparison, language, t }: { comparison: Comparison; language: string; t: Translate },
) {
  const { a, b, differences, hasSamePrompts } = comparison;
  const isAlike = JSON.stringify(a.parameters) === JSON.stringify(b.parameters);
  return (
    <section class="dashboard-card parts" aria-labelledby="differences">
      <h2 id="differences">{t("benchmarks.compare.difference")}</h2>
      {!hasSamePrompts && <p class="benchmark-warning">{t("benchmarks.compare.otherPrompts")}</p>}
      {!isAlike && <p class="benchmark-warning">{t("benchmarks.compare.otherParameters")}</p>}
      <div class="parts__scroll" tabIndex={0} role="region" aria-label={t("benchmarks.compare.measure")}>
        <table class="figures benchmark-table">
          <thead>
            <tr>
              <th scope="col">{t("benchmarks.compare.measure")}</th>
              {[a, b].map((side, i) => (
                <th key={i} scope="col">
                  <a href={`/models/benchmarks/${side.benchmarkId}`}>{targetName(side)}</a>
                  <small>{side.setName}</small>
                </th>
              ))}
              <th scope="col">{t("benchmarks.compare.difference")}</th>
              <th scope="col">{t("benchmarks.compare.verdict")}</th>
            </tr>
          </thead>
          <tbody>
            {COMPARED_FIGURES.map((figure) => {
              const measure = MEASURES[figure];
              const words = (value: number | null) =>
                value === null ? UNKNOWN : measure.format(value, language).replace(/^-/, "−");
              const difference = differences[figure];
              const label = t(measure.label);
              return (
                <tr key={figure}>
                  <th scope="row">
                    {measure.isMean ? t("benchmarks.compare.mean", { measure: label }) : label}
                  </th>
                  <td>{words(measure.of(a))}</td>
                  <td>{words(measure.of(b))}</td>
                  <td>
                    {words(difference?.value ?? null)}
                    {difference && difference.low !== null && (
                      <small>
                        {t("benchmarks.interval", {
                          low: words(difference.low),
                          high: words(difference.high),
                        })}
                      </small>
                    )}
                  </td>
                  <td>{verdictOf(difference, measure, comparison, t)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="muted benchmarks__hint">{t("benchmarks.compare.hint")}</p>
    </section>
  );
}

function verdictOf(
  difference: Difference | null,
  { isGain }: Measure,
  { a, b }: Comparison,
  t: Translate,
): string {
  if (!difference) return UNKNOWN;
  const { value, low, high } = difference;
  if (low === null || high === null) return t("benchmarks.compare.few.values");
  if (low <= 0 && high >= 0) return t("benchmarks.compare.unclear");
  const better = (value > 0) === isGain ? b : a;
  return t("benchmarks.compare.better", { model: targetName(better) });
}
