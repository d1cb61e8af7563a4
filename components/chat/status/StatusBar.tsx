import { formatCount, formatNumber } from "../../../lib/client/format.ts";
import type { LiveAnswer } from "../../../lib/client/live_answer.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** The bar below everything: the connection, who answers, and the tokens of the last answer. */
export function StatusBar() {
  const { settings, chat, modelEntry, modelId, tokens, data, t } = usePage();
  if (!settings.values.value.statusBar) return null;
  const last = chat.branch.value.messages.findLast((message) => message.role === "assistant");
  const live = chat.live.value;
  if (live) void live.origin.value;
  const node = live?.state.peek().nodeName ?? last?.nodeName ?? modelEntry.value?.nodes[0]?.name;
  const { total, estimated } = tokens.value;
  const rate = live ? undefined : last?.metrics?.tokensPerSecond;
  return (
    <>
      <Connection />
      <span class="statusbar__item" title={t("status.model")}>
        <Icon name="cpu" />
        <span class="truncate">{modelEntry.value?.name ?? modelId.value}</span>
      </span>
      {node && (
        <span class="statusbar__item">
          <Icon name="server" />
          <span class="truncate">{t("status.nodeNamed", { node })}</span>
        </span>
      )}
      {live && <Queued live={live} />}
      <span class="statusbar__space" />
      {live && <span class="statusbar__item" role="status">{t("status.writing")}</span>}
      {rate !== undefined && (
        <span class="statusbar__item">{t("tokens.rate", { rate: formatNumber(rate, data.language) })}</span>
      )}
      {total > 0 && (
        <span class="statusbar__item" title={t(estimated ? "meter.estimated" : "meter.reported")}>
          {estimated && "≈ "}
          {t("tokens.count", { count: formatCount(total, data.language) })}
        </span>
      )}
    </>
  );
}

/** Where the answer stands in the queue, and of how many where that is known. */
function Queued({ live }: { live: LiveAnswer }) {
  const { t } = usePage();
  const { position, waiting = 0 } = live.activity.value ?? {};
  if (position === undefined) return null;
  return (
    <span class="statusbar__item">
      <Icon name="clock" />
      {t(waiting ? "status.queueOf" : "status.queue", { position, waiting })}
    </span>
  );
}

function Connection() {
  const { events, t } = usePage();
  const state = events.value?.state.value ?? "connecting";
  const [light, label] = state === "open"
    ? ["healthy", t("status.connected")]
    : state === "waiting"
    ? ["offline", t("status.lost")]
    : ["warning", t("status.connecting")];
  return (
    <span class="statusbar__item needs-script" role="status">
      <span class={`light light--${light}`} aria-hidden="true" />
      {label}
    </span>
  );
}
