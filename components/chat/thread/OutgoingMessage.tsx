import type { ComponentChildren } from "preact";
import type { UnsentMessage } from "../../../lib/client/outbox/unsent_message.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { fileIcon } from "./AttachmentChips.tsx";

/** A person's message that the server has not taken yet; its footer is given as children. */
export function OutgoingMessage({ message, isNew, children }: {
  message: UnsentMessage;
  isNew?: boolean;
  children?: ComponentChildren;
}) {
  const { t } = usePage();
  const { body: { text }, attachments } = message;
  return (
    <article
      class={isNew ? "message message--user message--new" : "message message--user message--last"}
      aria-label={t("message.byYou")}
    >
      <div class="message__body">
        {attachments && (
          <ul class="chips">
            {attachments.map(({ id, name, kind }) => (
              <li key={id} class="chip">
                <Icon name={fileIcon(name, kind)} />
                <span class="chip__name">{name}</span>
              </li>
            ))}
          </ul>
        )}
        {text !== "" && <div class="bubble prose prose--plain">{text}</div>}
        <footer class="message__footer">{children}</footer>
      </div>
      <span class="avatar avatar--user" aria-hidden="true">
        <Icon name="user" />
      </span>
    </article>
  );
}
