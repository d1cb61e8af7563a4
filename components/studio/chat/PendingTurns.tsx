import { Pulse } from "../../Pulse.tsx";
import { useProject } from "../context.ts";
import { PersonMessage } from "./PersonMessage.tsx";

/** Prompts on their way to the server: shown at once. Those that will wait are shown with the others that wait. */
export function PendingTurns() {
  const { prompt, t } = useProject();
  return (
    <>
      {prompt.pending.value.filter(({ queued }) => !queued).map(({ key, text }) => (
        <article key={key} class="turn">
          <PersonMessage text={text} isNew />
          <div class="turn__answer">
            <div class="activity">
              <Pulse />
              <span>{t("studio.sending")}</span>
            </div>
          </div>
        </article>
      ))}
    </>
  );
}
