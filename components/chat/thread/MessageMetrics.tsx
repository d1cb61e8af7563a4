import { formatCount, formatNumber, formatSeconds } from "../../../lib/client/format.ts";
import type { BranchMessage } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** Of an answer: the node, the tokens, the time to the first one, and their rate. */
export function MessageMetrics({ message }: { message: BranchMessage }) {
  const { settings, t, data } = usePage();
  if (!settings.values.value.showMetrics) return null;
  const { usage, metrics, nodeName, nodeReason } = message;
  if (!usage && !metrics && !nodeName) return null;
  const language = data.language;
  return (
    <ul class="metrics" aria-label={t("metrics")}>
      {nodeName && (
        <li>
          <NodeBadge name={nodeName} reason={nodeReason} />
        </li>
      )}
      {usage && (
        <li
          title={t(usage.estimated ? "metrics.tokensEstimated" : "metrics.tokens", {
            prompt: formatCount(usage.promptTokens, language),
            completion: formatCount(usage.completionTokens, language),
          })}
        >
          <Icon name="hash" />
          {usage.estimated && "≈ "}
          {t("tokens.count", { count: formatCount(usage.completionTokens, language) })}
        </li>
      )}
      {metrics?.firstTokenMs !== undefined && (
        <li title={t("metrics.firstToken")}>
          <Icon name="clock" />
          {formatSeconds(metrics.firstTokenMs, language)}
        </li>
      )}
      {metrics?.tokensPerSecond !== undefined && (
        <li title={t("metrics.rate")}>
          <Icon name="gauge" />
          {t("tokens.rate", { rate: formatNumber(metrics.tokensPerSecond, language) })}
        </li>
      )}
    </ul>
  );
}

/** Who answered; opened, it says why. */
function NodeBadge({ name, reason }: { name: string; reason: string | undefined }) {
  const { t } = usePage();
  const badge = (
    <>
      <Icon name="server" />
      {name}
    </>
  );
  if (!reason) return <span class="badge" title={t("metrics.node")}>{badge}</span>;
  return (
    <details class="node-badge">
      <summary class="badge" title={t("metrics.node")}>{badge}</summary>
      <p class="node-badge__reason">{reason}</p>
    </details>
  );
}
