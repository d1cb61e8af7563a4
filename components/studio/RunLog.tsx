import { useLayoutEffect, useRef } from "preact/hooks";
import { formatTime } from "../../lib/client/format.ts";
import type { ProcessLog } from "../../lib/client/studio/run/process_log.ts";
import type { RunModel } from "../../lib/client/studio/run/run_model.ts";
import { type PanelVersion, versionNumber } from "../../lib/client/studio/preview/panel_version.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** So near (px) to its end a log is followed. */
const NEAR_END = 40;

/** What the chosen process writes. */
export function RunLog({ t, language, model, versions }: {
  t: Translate;
  language: string;
  model: RunModel;
  versions: readonly PanelVersion[];
}) {
  const process = model.logged.value;
  if (!process) return null;
  const log = model.logOf(process.id);
  const title = t("run.logs.of", { number: versionNumber(versions, process.versionId) });
  return (
    <section class="run-log" aria-label={title}>
      <header class="run-log__head">
        <h2 class="run__heading">{title}</h2>
        {log.state.value === "waiting" && (
          <span class="run-log__lost" role="status">{t("run.logs.lost")}</span>
        )}
        <button type="button" class="button button--small button--quiet" onClick={() => log.clear()}>
          {t("run.logs.clear")}
        </button>
      </header>
      {process.exit && (
        <p class="run-log__message" role="status">
          {t("run.exit", { code: process.exit.code, reason: process.exit.reason })}
        </p>
      )}
      <Lines key={process.id} t={t} language={language} log={log} title={title} />
    </section>
  );
}

function Lines({ t, language, log, title }: {
  t: Translate;
  language: string;
  log: ProcessLog;
  title: string;
}) {
  const list = useRef<HTMLDivElement>(null);
  const isFollowed = useRef(true);
  const lines = log.lines.value;
  useLayoutEffect(() => {
    const element = list.current;
    if (element && isFollowed.current) element.scrollTop = element.scrollHeight;
  }, [lines]);
  return (
    <div
      ref={list}
      class="run-log__lines"
      role="log"
      aria-live="off"
      aria-label={title}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isFollowed.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {log.dropped.value && <p class="run__empty">{t("run.logs.dropped")}</p>}
      {lines.length === 0 && <p class="run__empty">{t("run.logs.empty")}</p>}
      {lines.map(({ seq, stream, text, at }) => (
        <div key={seq} class={`run-log__line run-log__line--${stream}`}>
          <time class="run-log__time">{formatTime(at, language)}</time>
          <span class="run-log__text">{text}</span>
        </div>
      ))}
    </div>
  );
}
