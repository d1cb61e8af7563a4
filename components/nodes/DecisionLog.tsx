import { formatCount, formatMoment, formatSeconds, formatTime } from "../../lib/client/format.ts";
import type { NodeDecision } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { memo } from "../memo.ts";
import { useNodes } from "./context.ts";
import { sourceWords } from "./node_words.ts";

/** Why the latest calls came to the open node, and what came of them, newest first. */
export function DecisionLog() {
  const { details, t } = useNodes();
  const decisions = details.decisions.value;
  const problem = details.problem.value;
  return (
    <section class="decision-log" aria-labelledby="decision-log-title">
      <h3 id="decision-log-title">{t("nodesPage.log")}</h3>
      {problem && (
        <p class="decision-log__problem" role="alert">
          {t("nodesPage.log.failed", { message: problem.message })}
        </p>
      )}
      {!decisions && !problem && (
        <p class="muted" role="status">
          <Icon name="loader-circle" class="spin" /> {t("nodesPage.log.loading")}
        </p>
      )}
      {decisions?.length === 0 && <p class="muted">{t("nodesPage.log.none")}</p>}
      {decisions && decisions.length > 0 && (
        <ol class="decision-log__list">
          {decisions.map((decision) => (
            <Decision key={`${decision.callId}.${decision.attempt}`} decision={decision} />
          ))}
        </ol>
      )}
    </section>
  );
}

const BADGES = { complete: "healthy", cancelled: "", failed: "offline", interrupted: "warning" } as const;

const Decision = memo(({ decision }: { decision: NodeDecision }) => {
  const { t, language } = useNodes();
  const { at, model, source, reason, outcome, error } = decision;
  return (
    <li class="decision">
      <p class="decision__head">
        <time dateTime={new Date(at).toISOString()} title={formatMoment(at, language)}>
          {formatTime(at, language)}
        </time>
        <span class="decision__model">{model}</span>
        <span class={outcome ? `badge badge--${BADGES[outcome]}` : "badge badge--accent"}>
          {t(`nodesPage.outcome.${outcome ?? "running"}`)}
        </span>
      </p>
      <p class="decision__why">{t("nodesPage.log.why", { reason })}</p>
      <ul class="decision__facts">
        <li>{sourceWords(source, t)}</li>
        {factsOf(decision, language).map(({ key, values }) => <li key={key}>{t(key, values)}</li>)}
      </ul>
      {error && <p class="decision__error">{error.message}</p>}
    </li>
  );
});

function factsOf(
  { attempt, waitedMs, isContinued, firstTokenMs, durationMs, completionTokens }: NodeDecision,
  language: string,
) {
  const seconds = (ms: number) => ({ time: formatSeconds(ms, language) });
  return [
    attempt > 1 && { key: "nodesPage.log.attempt", values: { count: attempt } } as const,
    isContinued && { key: "nodesPage.log.continued", values: {} } as const,
    waitedMs >= 10 && { key: "nodesPage.log.waited", values: seconds(waitedMs) } as const,
    firstTokenMs !== undefined &&
    { key: "nodesPage.log.firstToken", values: seconds(firstTokenMs) } as const,
    durationMs !== undefined && { key: "nodesPage.log.duration", values: seconds(durationMs) } as const,
    completionTokens !== undefined &&
    { key: "nodesPage.log.tokens", values: { count: formatCount(completionTokens, language) } } as const,
  ].filter((fact) => fact !== false);
}
