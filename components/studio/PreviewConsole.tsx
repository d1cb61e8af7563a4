import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ConsoleEntry, ConsoleLog } from "../../lib/client/studio/preview/console_log.ts";
import type { ConsoleLevel } from "../../lib/client/studio/preview/messages.ts";
import { fixPrompt, positionText } from "../../lib/client/studio/preview/prompts.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon, type IconName } from "../Icon.tsx";

const LEVEL_ICONS: Readonly<Record<ConsoleLevel, IconName>> = {
  debug: "wrench",
  log: "chevron-right",
  info: "info",
  warn: "triangle-alert",
  error: "circle-alert",
};

/** What a preview wrote on its console, closed until it is wanted; how many errors there are is always seen. */
export function PreviewConsole({ t, log, onFix }: {
  t: Translate;
  log: ConsoleLog;
  onFix: (text: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const errors = log.errorCount.value;
  const fix = (entries: readonly ConsoleEntry[]) => onFix(fixPrompt(entries, t));
  return (
    <div class="console">
      <div class="console__bar">
        <button
          type="button"
          class="console__toggle"
          aria-expanded={ariaState(open)}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? "chevron-down" : "chevron-right"} />
          {t("preview.console")}
          <span class={errors > 0 ? "console__count console__count--errors" : "console__count"} role="status">
            {errorCount(errors, t)}
          </span>
        </button>
        {errors > 0 && (
          <button
            type="button"
            class="button button--small"
            onClick={() => fix(log.errors.value)}
          >
            <Icon name="hammer" />
            {t(log.errors.value.length === 1 ? "preview.fix" : "preview.fixAll")}
          </button>
        )}
        {open && (
          <button type="button" class="button button--small button--quiet" onClick={() => log.clear()}>
            {t("preview.console.clear")}
          </button>
        )}
      </div>
      <div id={id} hidden={!open}>
        {open && <Entries t={t} entries={log.entries.value} onFix={(entry) => fix([entry])} />}
      </div>
    </div>
  );
}

function Entries({ t, entries, onFix }: {
  t: Translate;
  entries: readonly ConsoleEntry[];
  onFix: (entry: ConsoleEntry) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [entries.at(-1)?.id]);
  if (entries.length === 0) return <p class="console__empty">{t("preview.console.empty")}</p>;
  return (
    <div
      ref={list}
      class="console__list"
      role="log"
      aria-live="off"
      aria-label={t("preview.console")}
      tabIndex={0}
    >
      {entries.map((entry) => <Entry key={entry.id} t={t} entry={entry} onFix={onFix} />)}
    </div>
  );
}

function Entry({ t, entry, onFix }: {
  t: Translate;
  entry: ConsoleEntry;
  onFix: (entry: ConsoleEntry) => void;
}) {
  const { level, text, count, position, stack, dropped } = entry;
  const said = dropped === undefined ? text : t("preview.console.dropped", { count: dropped });
  return (
    <div class={`console__entry console__entry--${level}`}>
      <Icon name={LEVEL_ICONS[level]} />
      <div class="console__message">
        <span class="visually-hidden">{t(`preview.console.level.${level}`)}</span>
        <span class="console__text">{said}</span>
        {stack && (
          <details class="console__stack">
            <summary>{t("preview.console.stack")}</summary>
            <pre>{stack}</pre>
          </details>
        )}
      </div>
      {count > 1 && (
        <span class="badge" title={t("preview.console.times", { count })}>
          <span aria-hidden="true">×</span>
          {count}
        </span>
      )}
      {position && <span class="console__position">{positionText(position)}</span>}
      {level === "error" && (
        <button type="button" class="button button--small" onClick={() => onFix(entry)}>
          {t("preview.fix")}
        </button>
      )}
    </div>
  );
}

function errorCount(count: number, t: Translate): string {
  if (count === 0) return t("preview.console.none");
  return count === 1 ? t("preview.console.one") : t("preview.console.many", { count });
}
