import { useEffect, useRef } from "preact/hooks";
import { clockTime } from "../../lib/client/system/clock_time.ts";
import type { LogModel } from "../../lib/client/system/log_model.ts";
import type { LogLine } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { memo } from "../memo.ts";

/** Pixels from its end at which the list counts as read to the end. */
const NEAR_END = 48;

/** The lines, oldest first; who has read to the end is kept there. */
export function LogLines({ model, t, language }: { model: LogModel; t: Translate; language: string }) {
  const lines = model.lines.value;
  const { level, part, text } = model.filter.value;
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [lines]);
  return (
    <div class="log">
      <p class="log__notice" role="status">
        {model.isPaused.value && t("log.paused")}
        {model.missed.value > 0 && ` ${t("log.missed", { count: model.missed.value })}`}
      </p>
      {lines.length === 0
        ? <p class="log__empty">{t(level || part || text ? "log.noneMatch" : "log.none")}</p>
        : (
          <div
            ref={list}
            class="log__lines"
            role="region"
            tabIndex={0}
            aria-label={t("log.lines")}
            onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
              isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
            }}
          >
            <ol>
              {lines.map((line) => (
                <Line key={`${line.at}-${line.seq}`} line={line} t={t} language={language} />
              ))}
            </ol>
          </div>
        )}
    </div>
  );
}

const Line = memo(function Line({ line, t, language }: {
  line: LogLine;
  t: Translate;
  language: string;
}) {
  const { at, level, part, message, fields } = line;
  const time = new Date(at).toISOString();
  return (
    <li class={`log-line log-line--${level}`}>
      <time dateTime={time}>{clockTime(at, language)}</time>
      <span class={`badge log-line__level log-line__level--${level}`}>{level}</span>
      <span class="log-line__part">{part}</span>
      <span class="log-line__message">{message}</span>
      {fields && (
        <details class="log-line__fields">
          <summary>
            <span class="visually-hidden">{t("log.fields")}:</span>
            <span>{shortOf(fields)}</span>
          </summary>
          <dl>
            {Object.entries(fields).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd tabIndex={isLong(value) ? 0 : undefined}>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
});

/** Whether it may have to be scrolled, which then has to work by keys. */
function isLong(value: string): boolean {
  return value.length > 300 || value.split("\n").length > 8;
}

function shortOf(fields: Record<string, string>): string {
  return Object.entries(fields).map(([name, value]) => `${name}=${value.split("\n")[0]?.slice(0, 60)}`).join(
    " ",
  );
}
