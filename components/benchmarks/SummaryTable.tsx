import { formatNumber, formatShort } from "../../lib/client/format.ts";
import type { BenchmarkTargetView } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import {
  shareInterval,
  shareWords,
  speedInterval,
  speedWords,
  targetName,
  timesWords,
  UNKNOWN,
} from "./words.ts";

/** What was measured of each model. */
export function SummaryTable({ targets, language, t }: {
  targets: readonly BenchmarkTargetView[];
  language: string;
  t: Translate;
}) {
  const estimated = targets.reduce((sum, { summary }) => sum + summary.estimated, 0);
  return (
    <section class="dashboard-card parts" aria-labelledby="benchmark-results">
      <h2 id="benchmark-results">{t("benchmarks.results")}</h2>
      <div class="parts__scroll" tabIndex={0} role="region" aria-label={t("benchmarks.models")}>
        <table class="figures benchmark-table">
          <thead>
            <tr>
              <th scope="col">{t("benchmarks.model")}</th>
              <th scope="col">{t("benchmarks.calls")}</th>
              <th scope="col">{t("benchmarks.accuracy")}</th>
              <th scope="col">{t("benchmarks.success")}</th>
              <th scope="col">
                {t("benchmarks.firstToken")}
                <small>{t("benchmarks.percentiles")}</small>
              </th>
              <th scope="col">
                {t("benchmarks.duration")}
                <small>{t("benchmarks.percentiles")}</small>
              </th>
              <th scope="col" title={t("benchmarks.speed.hint")}>{t("benchmarks.speed")}</th>
              <th scope="col">{t("benchmarks.throughput")}</th>
              <th scope="col">{t("benchmarks.tokens")}</th>
            </tr>
          </thead>
          <tbody>
            {targets.map((target) => (
              <Row key={`${target.model} ${target.nodeId ?? ""}`} target={target} language={language} t={t} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted benchmarks__hint">
        {t("benchmarks.results.hint")}
        {estimated > 0 && ` ${t("benchmarks.estimated", { count: estimated })}`}
      </p>
    </section>
  );
}

function Row({ target, language, t }: { target: BenchmarkTargetView; language: string; t: Translate }) {
  const { summary, done, total } = target;
  const { accuracy, success, tokensPerSecond, throughput } = summary;
  return (
    <tr>
      <th scope="row">{targetName(target)}</th>
      <td>{done} / {total}</td>
      <td>
        {shareWords(accuracy, language)}
        {accuracy && (
          <small>
            {shareInterval(accuracy, language, t)}, {t("benchmarks.ofCount", { n: accuracy.n })}
          </small>
        )}
      </td>
      <td>
        {shareWords(success, language)}
        <small>{shareInterval(success, language, t)}</small>
      </td>
      <td>{timesWords(summary.firstToken, language)}</td>
      <td>{timesWords(summary.duration, language)}</td>
      <td>
        {speedWords(tokensPerSecond, language)}
        <small>{speedInterval(tokensPerSecond, language, t)}</small>
      </td>
      <td>{throughput === null ? UNKNOWN : formatNumber(throughput, language)}</td>
      <td>{formatShort(summary.promptTokens + summary.completionTokens, language)}</td>
    </tr>
  );
}
