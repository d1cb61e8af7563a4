import { formatTime } from "../../lib/client/format.ts";
import type { LogModel } from "../../lib/client/system/log_model.ts";
import { DEBUG_MINUTES } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";

/** The switch of the debug mode, and what it does. */
export function DebugPanel({ model, t, language, report }: {
  model: LogModel;
  t: Translate;
  language: string;
  report(error: unknown): void;
}) {
  const { on, until } = model.debug.value;
  const minutes = on ? 0 : DEBUG_MINUTES;
  return (
    <section class="system-panel" aria-labelledby="panel-debug">
      <h2 id="panel-debug" class="system-panel__title">
        {t("log.debug")}
        <span role="status" class={on ? "badge badge--warning" : "badge"}>
          {on && until !== null
            ? t("log.debug.until", { time: formatTime(until, language) })
            : t("log.debug.off")}
        </span>
      </h2>
      <p class="system-panel__fact">{t("log.debug.hint")}</p>
      <form
        method="post"
        action="/system/log"
        onSubmit={(event) => {
          event.preventDefault();
          model.setDebug(minutes).catch(report);
        }}
      >
        <input type="hidden" name="minutes" value={minutes} />
        <button type="submit" class="button button--small">
          <Icon name={on ? "square" : "play"} />
          {on ? t("log.debug.stop") : t("log.debug.start", { minutes })}
        </button>
      </form>
    </section>
  );
}
