import { formatDollars, formatDuration, formatShare } from "../../lib/client/dashboard/figures.ts";
import { formatCount, formatNumber, formatShort } from "../../lib/client/format.ts";
import type { UsageSummary } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useDashboard } from "./context.ts";

/** The sums of the period. */
export function Totals({ total }: { total: UsageSummary }) {
  const { language, t } = useDashboard();
  const short = (value: number) => formatShort(value, language);
  const further = Math.max(0, total.attempts - total.calls);
  return (
    <section aria-labelledby="totals-title">
      <h2 id="totals-title" class="visually-hidden">{t("dashboard.totals")}</h2>
      <dl class="totals">
        <Total
          name={t("dashboard.calls")}
          value={formatCount(total.calls, language)}
          hint={further > 0 ? t("dashboard.attemptsHint", { count: formatCount(further, language) }) : ""}
        />
        <Total
          name={t("dashboard.tokens")}
          value={short(total.promptTokens + total.completionTokens)}
          hint={t("dashboard.tokensSplit", {
            prompt: short(total.promptTokens),
            completion: short(total.completionTokens),
          })}
        />
        <Total name={t("dashboard.cost")} value={formatDollars(total.costNano, language)} />
        <Total
          name={t("dashboard.success")}
          value={formatShare(total.successRate, language)}
          hint={t("dashboard.successHint", {
            failed: formatCount(total.failed, language),
            cancelled: formatCount(total.cancelled, language),
          })}
        />
        <Total
          name={t("dashboard.firstToken")}
          value={formatDuration(total.firstToken.p50, language)}
          hint={t("dashboard.percentileHint", { p95: formatDuration(total.firstToken.p95, language) })}
        />
        <Total
          name={t("dashboard.duration")}
          value={formatDuration(total.duration.p50, language)}
          hint={t("dashboard.percentileHint", { p95: formatDuration(total.duration.p95, language) })}
        />
        <Total
          name={t("dashboard.speed")}
          value={total.tokensPerSecond === null
            ? t("dashboard.notKnown")
            : formatNumber(total.tokensPerSecond, language)}
          hint={t("dashboard.speedHint")}
        />
      </dl>
      {total.unpricedTokens > 0 && (
        <p class="totals__unpriced">
          <Icon name="info" />
          {t("dashboard.unpriced", { count: short(total.unpricedTokens) })}{" "}
          <a href="/dashboard/prices">{t("dashboard.unpricedLink")}</a>
        </p>
      )}
    </section>
  );
}

function Total({ name, value, hint = "" }: { name: string; value: string; hint?: string }) {
  return (
    <div class="total">
      <dt class="total__name">{name}</dt>
      <dd class="total__value">{value}</dd>
      {hint && <dd class="total__hint">{hint}</dd>}
    </div>
  );
}
