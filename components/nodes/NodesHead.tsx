import type { EventStream } from "../../lib/client/event_stream.ts";
import { Icon } from "../Icon.tsx";
import { useNodes } from "./context.ts";

/** The title, how many nodes are ready, whether the page is live, and the way to another node. */
export function NodesHead({ stream }: { stream: EventStream }) {
  const { board, canManage, t } = useNodes();
  const nodes = board.nodes.value;
  const inFlight = board.inFlight.value;
  const ready = nodes.filter((node) => node.look.value === "healthy").length;
  return (
    <header class="nodes-head">
      <h1 id="nodes-title" tabIndex={-1}>{t("nodesPage.title")}</h1>
      {nodes.length > 0 && (
        <span class="nodes-head__summary">
          {t("nodesPage.summary", { ready, count: nodes.length })}
          {inFlight > 0 && <>, {t("nodesPage.activity.now", { count: inFlight })}</>}
        </span>
      )}
      <Liveness stream={stream} />
      {canManage && (
        <a class="button button--primary nodes-head__add" href="/settings/nodes/add">
          <Icon name="plus" />
          {t("nodes.add")}
        </a>
      )}
    </header>
  );
}

function Liveness({ stream }: { stream: EventStream }) {
  const { t } = useNodes();
  const state = stream.state.value;
  const light = state === "open" ? "healthy" : state === "waiting" ? "offline" : "warning";
  return (
    <span class="nodes-head__live needs-script">
      <span class={`light light--${light}`} aria-hidden="true" />
      <span role={state === "waiting" ? "alert" : "status"}>{t(LABELS[state])}</span>
      {state === "waiting" && (
        <>
          <span aria-hidden="true">{t("nodesPage.nextTry", { seconds: stream.secondsLeft.value })}</span>
          <button type="button" class="button button--small" onClick={() => stream.retryNow()}>
            {t("tryAgain")}
          </button>
        </>
      )}
    </span>
  );
}

const LABELS = {
  open: "nodesPage.live",
  connecting: "nodesPage.connecting",
  waiting: "nodesPage.lost",
  stopped: "nodesPage.stopped",
} as const;
