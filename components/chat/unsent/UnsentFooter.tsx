import { useEffect, useMemo } from "preact/hooks";
import { UnsentActions } from "../../../lib/client/outbox/unsent_actions.ts";
import type { UnsentMessage } from "../../../lib/client/outbox/unsent_message.ts";
import { Icon, type IconName } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** Below a message that waits: when it will be sent or why it was not, and what can be done about it. */
export function UnsentFooter({ message, isNext }: { message: UnsentMessage; isNext: boolean }) {
  const model = usePage();
  const { t, events, announcement } = model;
  const { error, unkept } = message;
  const isConnected = events.value?.state.value === "open";
  const when = t(!isNext ? "unsent.next" : isConnected ? "unsent.retrying" : "unsent.waiting");
  useEffect(() => {
    if (!error) announcement.value = when;
  }, [when]);
  const actions = useMemo(() => new UnsentActions(model), [model]);
  const report = (problem: unknown) => model.report(problem);
  return (
    <>
      {error
        ? (
          <span class="message__unsent message__unsent--refused" role="alert">
            <Icon name="circle-alert" />
            <span>{error.message}{error.hint && `. ${error.hint}`}</span>
          </span>
        )
        : (
          <span class="message__unsent">
            <Icon name={unkept ? "circle-alert" : "clock"} />
            <span>{when}{unkept && `. ${t("unsent.unkept")}`}</span>
          </span>
        )}
      <span class="message__actions">
        {error && <Action icon="refresh-cw" label={t("tryAgain")} onClick={() => actions.retry(message)} />}
        <Action
          icon="pencil"
          label={t("message.edit")}
          onClick={() => actions.edit(message).catch(report)}
        />
        <Action
          icon="trash-2"
          label={t("message.delete")}
          onClick={() => actions.delete(message).catch(report)}
        />
      </span>
    </>
  );
}

function Action({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      class="icon-button icon-button--small"
      title={label}
      aria-label={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
