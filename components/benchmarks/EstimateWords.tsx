import { formatDollars } from "../../lib/client/dashboard/figures.ts";
import { formatCount, formatShort } from "../../lib/client/format.ts";
import type { BenchmarkEstimate } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";

/** What a benchmark would come to, with a warning where it costs something. */
export function EstimateWords({ estimate, problem, language, t }: {
  estimate: BenchmarkEstimate | null;
  /** Why there is none. */
  problem: string | null;
  language: string;
  t: Translate;
}) {
  if (problem) return <p class="field__problem">{problem}</p>;
  if (!estimate) return <p class="muted">{t("benchmarks.estimate.choose")}</p>;
  const { calls, promptTokens, completionTokens, costNano, priced, unpriced } = estimate;
  return (
    <>
      <p>
        {t("benchmarks.estimate.calls", {
          calls: formatCount(calls, language),
          prompt: formatShort(promptTokens, language),
          completion: formatShort(completionTokens, language),
        })}
      </p>
      {costNano > 0 && (
        <p class="benchmark-warning">
          <Icon name="triangle-alert" />
          {t("benchmarks.estimate.cost", {
            cost: formatDollars(costNano, language),
            models: priced.join(", "),
          })}
        </p>
      )}
      {unpriced.length > 0 && (
        <p class="benchmark-warning">
          <Icon name="triangle-alert" />
          {t("benchmarks.estimate.unpriced", { models: unpriced.join(", ") })}
        </p>
      )}
      {costNano === 0 && unpriced.length === 0 && <p class="muted">{t("benchmarks.estimate.free")}</p>}
    </>
  );
}
