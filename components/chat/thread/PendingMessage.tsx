import type { UnsentMessage } from "../../../lib/client/outbox/unsent_message.ts";
import { Logo } from "../../Logo.tsx";
import { Pulse } from "../../Pulse.tsx";
import { usePage } from "../context.ts";
import { OutgoingMessage } from "./OutgoingMessage.tsx";

/** A message on its way to the server: shown at once, with the pulse of the answer to come. */
export function PendingMessage({ message }: { message: UnsentMessage }) {
  const { t } = usePage();
  return (
    <>
      <OutgoingMessage message={message} isNew={!message.waiting} />
      <article class="message message--assistant message--live" aria-busy="true">
        <span class="avatar avatar--model avatar--live" aria-hidden="true">
          <Logo />
        </span>
        <div class="message__body">
          <div class="activity" role="status">
            <Pulse />
            <span>{t("answer.sending")}</span>
          </div>
        </div>
      </article>
    </>
  );
}
