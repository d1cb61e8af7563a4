import type { ReadonlySignal } from "@preact/signals";
import { formatBytes } from "../../lib/client/format.ts";
import type { LiveNode } from "../../lib/client/nodes/live_node.ts";
import { useNodes } from "./context.ts";
import { latencyWords, loadedNow, percentWords, rateWords, untoldMemory } from "./node_words.ts";

/** What a node does, in figures; each is shown anew only when it changes. */
export function NodeFigures({ node }: { node: LiveNode }) {
  const { figures } = node;
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
      <Memory node={node} />
    </dl>
  );
}

/** The memory of the node's machine, or where that is not known, of its loaded models. */
function Memory({ node }: { node: LiveNode }) {
  const { t, language } = useNodes();
  const { memory } = node.figures;
  const label = t("nodesPage.figure.memory");
  if (memory.value !== null) {
    const words = (percent: number | null) => percentWords(percent, { t, language });
    return <Figure label={label} value={memory} words={words} share={(percent) => percent} />;
  }
  const loaded = loadedNow(node);
  const why = t(untoldMemory(node));
  return (
    <div class="node-figure">
      <dt>{label}</dt>
      {loaded
        ? (
          <dd>
            {formatBytes(loaded.bytes, language)}
            <small class="node-figure__note">{t("nodesPage.memory.loaded")}</small>
          </dd>
        )
        : (
          <dd title={why}>
            <span aria-hidden="true">–</span>
            <span class="visually-hidden">{why}</span>
          </dd>
        )}
    </div>
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
