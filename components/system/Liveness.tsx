import type { EventStream } from "../../lib/client/event_stream.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

const LABELS = {
  open: "system.live",
  connecting: "system.connecting",
  waiting: "system.lost",
  stopped: "system.stopped",
} as const;

/** Whether the page is up to date. */
export function Liveness({ stream, t }: { stream: EventStream; t: Translate }) {
  const state = stream.state.value;
  const light = state === "open" ? "healthy" : state === "waiting" ? "offline" : "warning";
  return (
    <span class="system-live needs-script">
      <span class={`light light--${light}`} aria-hidden="true" />
      <span role={state === "waiting" ? "alert" : "status"}>{t(LABELS[state])}</span>
      {state === "waiting" && (
        <>
          <span aria-hidden="true">{t("system.nextTry", { seconds: stream.secondsLeft.value })}</span>
          <button type="button" class="button button--small" onClick={() => stream.retryNow()}>
            {t("tryAgain")}
          </button>
        </>
      )}
    </span>
  );
}
