import { branchOf } from "../../../lib/client/studio/version_list.ts";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";

/** The prompts that wait until the version before them is done. */
export function Queue() {
  const { project, branch, prompt, actions, t } = useProject();
  const queue = branchOf(project.value, branch.value)?.queue ?? [];
  const pending = prompt.pending.value.filter(({ queued }) => queued);
  if (queue.length + pending.length === 0) return null;
  return (
    <section class="queue" aria-label={t("studio.queue")}>
      <h2 class="queue__title">{t("studio.queue")}</h2>
      <ol class="queue__list">
        {queue.map(({ id, text }) => (
          <li key={id} class="queue__item">
            <Icon name="clock" />
            <span class="truncate" title={text}>{text}</span>
            <button
              type="button"
              class="icon-button icon-button--small"
              title={t("studio.queueRemove")}
              aria-label={`${t("studio.queueRemove")}: ${text.slice(0, 60)}`}
              onClick={() => actions.removeQueued(id)}
            >
              <Icon name="x" />
            </button>
          </li>
        ))}
        {pending.map(({ key, text }) => (
          <li key={key} class="queue__item">
            <Icon name="loader-circle" class="spin" />
            <span class="truncate">{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
