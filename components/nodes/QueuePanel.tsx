import type { QueuedCall } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useNodes } from "./context.ts";
import { FoldedPanel } from "./FoldedPanel.tsx";
import { sourceWords, waitWords } from "./node_words.ts";

/** The calls that wait for a turn, next first. */
export function QueuePanel() {
  const { board, t } = useNodes();
  const queue = board.queue.value;
  return (
    <FoldedPanel title={t("nodesPage.queue")} count={queue.length} isBusy={queue.length > 0}>
      {queue.length === 0 ? <p class="muted">{t("nodesPage.queue.none")}</p> : <QueueTable queue={queue} />}
    </FoldedPanel>
  );
}

function QueueTable({ queue }: { queue: readonly QueuedCall[] }) {
  const { canManage, t } = useNodes();
  return (
    <table class="queue">
      <thead>
        <tr>
          <th scope="col">{t("nodesPage.queue.place")}</th>
          <th scope="col">{t("nodesPage.queue.model")}</th>
          <th scope="col" class="queue__source">{t("nodesPage.queue.source")}</th>
          <th scope="col">{t("nodesPage.queue.waited")}</th>
          <th scope="col">{t("nodesPage.queue.expected")}</th>
          {canManage && (
            <th scope="col">
              <span class="visually-hidden">{t("nodesPage.queue.cancelShort")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{queue.map((call) => <Row key={call.callId} call={call} />)}</tbody>
    </table>
  );
}

function Row({ call }: { call: QueuedCall }) {
  const { callId, position, waiting, model, source, waitedMs, expectedMs } = call;
  const { board, toasts, canManage, t, language } = useNodes();
  const cancel = async () => {
    if (!await board.cancel(callId)) return;
    toasts.show({ kind: "success", message: t("nodesPage.queue.cancelled") });
  };
  return (
    <tr>
      <td>{t("nodesPage.queue.placeOf", { place: position, count: waiting })}</td>
      <td class="queue__model">{model}</td>
      <td class="queue__source">{sourceWords(source, t)}</td>
      <td>{waitWords(waitedMs, language)}</td>
      <td>{waitWords(expectedMs, language)}</td>
      {canManage && (
        <td>
          <form
            method="post"
            action="/nodes"
            onSubmit={(event) => {
              event.preventDefault();
              void cancel();
            }}
          >
            <input type="hidden" name="intent" value="cancel" />
            <input type="hidden" name="id" value={callId} />
            <button
              type="submit"
              class="icon-button icon-button--small"
              aria-label={t("nodesPage.queue.cancel", { place: position })}
            >
              <Icon name="x" />
            </button>
          </form>
        </td>
      )}
    </tr>
  );
}
