import type { PendingTurn } from "../../../lib/client/turns.ts";
import { Icon } from "../../Icon.tsx";
import { Logo } from "../../Logo.tsx";
import { usePage } from "../context.ts";

/** A message on its way to the server: shown at once, with the pulse of the answer to come. */
export function PendingMessage({ turn }: { turn: PendingTurn }) {
  const { t } = usePage();
  return (
    <>
      <article class="message message--user message--new" aria-label={t("message.byYou")}>
        <div class="message__body">
          {turn.files.length > 0 && (
            <ul class="chips">
              {turn.files.map((file) => (
                <li key={file.key} class="chip">
                  <Icon name="file" />
                  <span class="chip__name">{file.name}</span>
                </li>
              ))}
            </ul>
          )}
          {turn.text !== "" && <div class="bubble prose prose--plain">{turn.text}</div>}
          <footer class="message__footer" />
        </div>
        <span class="avatar avatar--user" aria-hidden="true">
          <Icon name="user" />
        </span>
      </article>
      <article class="message message--assistant message--live" aria-busy="true">
        <span class="avatar avatar--model avatar--live" aria-hidden="true">
          <Logo />
        </span>
        <div class="message__body">
          <div class="activity" role="status">
            <span class="pulse" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            <span>{t("answer.sending")}</span>
          </div>
        </div>
      </article>
    </>
  );
}
