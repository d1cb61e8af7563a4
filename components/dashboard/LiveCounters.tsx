import type { EventStream } from "../../lib/client/event_stream.ts";
import { formatNumber } from "../../lib/client/format.ts";
import { useDashboard } from "./context.ts";

const STATES = {
  open: ["dashboard.live.on", "healthy"],
  connecting: ["dashboard.live.connecting", "warning"],
  waiting: ["dashboard.live.lost", "offline"],
  stopped: ["dashboard.live.stopped", "warning"],
} as const;

/** What happens now. */
export function LiveCounters({ stream }: { stream: EventStream }) {
  const { language, model, t } = useDashboard();
  const pulse = model.pulse.value;
  const active = pulse?.active ?? [];
  const [label, light] = STATES[stream.state.value];
  const count = active.reduce((sum, { calls }) => sum + calls, 0);
  return (
    <section class="live-counters" aria-labelledby="live-title">
      <h2 id="live-title" class="live-counters__title">
        {t("dashboard.live.title")}
        <span class="live-counters__state needs-script">
          <span class={`light light--${light}`} aria-hidden="true" />
          <span role={stream.state.value === "waiting" ? "alert" : "status"}>{t(label)}</span>
        </span>
      </h2>
      <dl class="live-counters__list">
        <Counter name={t("dashboard.live.requests")} value={formatNumber(count, language, 0)} />
        <Counter name={t("dashboard.live.models")} value={formatNumber(active.length, language, 0)} />
        <Counter name={t("dashboard.live.waiting")} value={formatNumber(pulse?.waiting ?? 0, language, 0)} />
        <Counter
          name={t("dashboard.live.rate")}
          value={formatNumber(pulse?.requestsPerSecond ?? 0, language)}
        />
        <Counter
          name={t("dashboard.live.tokens")}
          value={formatNumber(pulse?.tokensPerSecond ?? 0, language, 0)}
        />
      </dl>
      <p class="live-counters__models">
        {active.length === 0
          ? t("dashboard.live.none")
          : active.slice(0, 6).map(({ model, calls }) => `${model} × ${calls}`).join(", ")}
      </p>
    </section>
  );
}

function Counter({ name, value }: { name: string; value: string }) {
  return (
    <div class="live-counter">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
