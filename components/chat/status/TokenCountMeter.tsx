import { formatCount, formatNumber, formatShort, formatWindow } from "../../../lib/client/format.ts";
import { usePage } from "../context.ts";

const RADIUS = 8;
const LENGTH = 2 * Math.PI * RADIUS;

/** Prompt, completion and total tokens, and how full the context window is: reported by the server, or marked as an estimate. */
export function TokenCountMeter() {
  const { tokens, data, t } = usePage();
  const { prompt, completion, total, estimated, used, contextLength } = tokens.value;
  const language = data.language;
  const share = contextLength ? Math.min(used / contextLength, 1) : undefined;
  const level = share === undefined
    ? ""
    : share >= 0.95
    ? " meter--full"
    : share >= 0.8
    ? " meter--high"
    : "";
  const mark = estimated ? "≈ " : "";
  return (
    <details class={`meter${level}`}>
      <summary class="meter__summary" title={t("meter")}>
        <span class="visually-hidden">{t("meter")}</span>
        {share !== undefined && (
          <svg class="meter__ring" viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r={RADIUS} class="meter__track" />
            <circle
              cx="10"
              cy="10"
              r={RADIUS}
              class="meter__fill"
              stroke-dasharray={`${(share * LENGTH).toFixed(2)} ${LENGTH.toFixed(2)}`}
              transform="rotate(-90 10 10)"
            />
          </svg>
        )}
        <span class="meter__text">
          {mark}
          {formatShort(used, language)}
          {contextLength ? ` / ${formatWindow(contextLength, language)}` : ""}
        </span>
      </summary>
      <div class="meter__details">
        <p class="meter__title">{t("meter")}</p>
        <dl>
          <Figure label={t("meter.prompt")} value={mark + formatCount(prompt, language)} />
          <Figure label={t("meter.completion")} value={mark + formatCount(completion, language)} />
          <Figure label={t("meter.total")} value={mark + formatCount(total, language)} />
          {share !== undefined && contextLength && (
            <Figure
              label={t("meter.context")}
              value={t("meter.share", {
                percent: formatNumber(share * 100, language, share < 0.1 ? 1 : 0),
                length: formatCount(contextLength, language),
              })}
            />
          )}
        </dl>
        <p class="field__hint">{t(estimated ? "meter.estimated" : "meter.reported")}</p>
      </div>
    </details>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div class="meter__figure">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
