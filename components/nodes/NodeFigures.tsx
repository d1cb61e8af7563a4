import type { ReadonlySignal } from "@preact/signals";
import type { LiveNode } from "../../lib/client/nodes/live_node.ts";
import { useNodes } from "./context.ts";
import { latencyWords, percentWords, rateWords } from "./node_words.ts";

/** What a node does, in figures; each is shown anew only when it changes. */
export function NodeFigures({ node: { figures } }: { node: LiveNode }) {
  const { t, language } = useNodes();
  const words = { t, language };
  return (
    <dl class="node-figures">
      <Figure
        label={t("nodesPage.figure.rate")}
        value={figures.requestsPerSecond}
        words={(rate) => rateWords(rate, language)}
      />
      <Figure
        label={t("nodesPage.figure.latency")}
        value={figures.latencyMs}
        words={(ms) => latencyWords(ms, words)}
      />
      <Figure
        label={t("nodesPage.figure.load")}
        value={figures.load}
        words={(load) => percentWords(load, words)}
        share={(load) => load}
      />
      <Figure
        label={t("nodesPage.figure.memory")}
        value={figures.memory}
        words={(memory) => percentWords(memory, words)}
        share={(memory) => memory}
      />
    </dl>
  );
}

function Figure<T extends number | null>({ label, value, words, share }: {
  label: string;
  value: ReadonlySignal<T>;
  words: (value: T) => string;
  /** Percent of the bar. */
  share?: (value: T) => number | null;
}) {
  const percent = share?.(value.value);
  return (
    <div class="node-figure">
      <dt>{label}</dt>
      <dd>
        {words(value.value)}
        {typeof percent === "number" && (
          <span class={barClass(percent)} aria-hidden="true">
            <i style={{ transform: `scaleX(${percent / 100})` }} />
          </span>
        )}
      </dd>
    </div>
  );
}

function barClass(percent: number): string {
  if (percent >= 95) return "bar bar--full";
  return percent >= 80 ? "bar bar--high" : "bar";
}
