import { formatMoment } from "../../lib/client/format.ts";
import type { NodeLogEntry, NodeLogView } from "../../lib/shared/mod.ts";
import { useNodes } from "./context.ts";
import { latencyWords, secondWords, type Words } from "./node_words.ts";

/** What was seen of the open node: probes, tests, failed calls and what followed from them, newest first. */
export function NodeLog() {
  const { details, t } = useNodes();
  const log = details.log.value;
  if (!log) return null;
  return (
    <section class="node-log" aria-labelledby="node-log-title">
      <header class="node-log__head">
        <h3 id="node-log-title">{t("nodesPage.events")}</h3>
        <NextProbe log={log} />
      </header>
      {log.entries.length === 0
        ? <p class="muted">{t("nodesPage.events.none")}</p>
        : (
          <ol class="node-log__list" tabIndex={0} aria-labelledby="node-log-title">
            {log.entries.map((entry, i) => (
              <Entry key={`${log.entries.length - i} ${entry.at}`} entry={entry} />
            ))}
          </ol>
        )}
    </section>
  );
}

function NextProbe({ log: { nextProbeAt } }: { log: NodeLogView }) {
  const { t, language } = useNodes();
  return (
    <span class="node-log__next">
      {nextProbeAt === null
        ? t("nodesPage.events.noProbes")
        : t("nodesPage.events.next", { time: secondWords(nextProbeAt, language) })}
    </span>
  );
}

function Entry({ entry }: { entry: NodeLogEntry }) {
  const { t, language } = useNodes();
  const { at, type } = entry;
  return (
    <li class="node-log__entry">
      <time dateTime={new Date(at).toISOString()} title={formatMoment(at, language)}>
        {secondWords(at, language)}
      </time>
      <span class="node-log__what">{t(`nodesPage.event.${type}`)}</span>
      {"isAnswered" in entry && (
        <span class={entry.isAnswered ? "badge badge--healthy" : "badge badge--offline"}>
          {t(entry.isAnswered ? "nodesPage.event.answered" : "nodesPage.event.unanswered")}
        </span>
      )}
      <span class="node-log__facts">{factsOf(entry, { t, language }).join(" · ")}</span>
    </li>
  );
}

function factsOf(entry: NodeLogEntry, words: Words): string[] {
  const { t, language } = words;
  const at = (key: "nextProbe" | "until", ms: number | undefined) =>
    ms === undefined ? [] : [t(`nodesPage.event.${key}`, { time: secondWords(ms, language) })];
  switch (entry.type) {
    case "probe":
    case "test":
    case "models": {
      const { type, isAnswered, reason, durationMs, nextAt } = entry;
      // That a probe was answered is said already.
      const why = isAnswered && type === "probe" ? [] : [reason];
      return [...why, latencyWords(durationMs, words), ...at("nextProbe", nextAt)];
    }
    case "call":
      return [entry.reason, latencyWords(entry.durationMs, words)];
    case "breaker":
      return [t(`nodesPage.breaker.${entry.state}`), ...at("until", entry.until)];
    case "cooling":
      return [t("nodesPage.event.coolingReason"), ...at("until", entry.until)];
    case "reset":
      return [t("nodesPage.event.resetReason")];
  }
}
