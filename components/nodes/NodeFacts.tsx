import type { ComponentChildren } from "preact";
import type { LiveNode } from "../../lib/client/nodes/live_node.ts";
import { formatBytes, formatCount } from "../../lib/client/format.ts";
import { kindLabel, modelCount } from "../settings/nodes/node_texts.ts";
import { useNodes } from "./context.ts";
import { latencyWords, memoryWords, percentWords, rateWords } from "./node_words.ts";

/** What is known of a node: what it is, what it does, and its models. */
export function NodeFacts({ node }: { node: LiveNode }) {
  const { t, language } = useNodes();
  const { kind, baseUrl, origin, concurrency, priority } = node.facts.value;
  const limit = concurrency === 0 ? t("nodesPage.fact.noLimit") : formatCount(concurrency, language);
  return (
    <>
      <dl class="node-facts">
        {kind !== "sketch" && <Fact label={t("nodesPage.fact.address")}>{baseUrl}</Fact>}
        <Fact label={t("nodesPage.fact.protocol")}>{t(kindLabel(kind))}</Fact>
        <Fact label={t("nodesPage.fact.origin")}>{t(`nodes.origin.${origin}`)}</Fact>
        <Fact label={t("nodesPage.fact.priority")}>{formatCount(priority, language)}</Fact>
        <Fact label={t("nodesPage.fact.concurrency")}>{limit}</Fact>
        <Doing node={node} />
      </dl>
      <Models node={node} />
    </>
  );
}

function Doing({ node }: { node: LiveNode }) {
  const { figures } = node;
  const { t, language } = useNodes();
  const words = { t, language };
  const breaker = figures.breaker.value;
  return (
    <>
      <Fact label={t("nodesPage.fact.breaker")}>{t(`nodesPage.breaker.${breaker}`)}</Fact>
      <Fact label={t("nodesPage.fact.inFlight")}>{formatCount(figures.inFlight.value, language)}</Fact>
      <Fact label={t("nodesPage.fact.waiting")}>{formatCount(figures.waiting.value, language)}</Fact>
      <Fact label={t("nodesPage.figure.rate")}>{rateWords(figures.requestsPerSecond.value, language)}</Fact>
      <Fact label={t("nodesPage.figure.latency")}>{latencyWords(figures.latencyMs.value, words)}</Fact>
      <Fact label={t("nodesPage.figure.load")}>{percentWords(figures.load.value, words)}</Fact>
      <Fact label={t("nodesPage.figure.memory")}>{memoryWords(node, words)}</Fact>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="node-facts__row">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Models({ node }: { node: LiveNode }) {
  const { t, language } = useNodes();
  const { models } = node.facts.value;
  if (models.length === 0) return null;
  return (
    <details class="node-models">
      <summary>{modelCount(models.length, t, language)}</summary>
      <ul class="node-models__list">
        {models.map(({ id, loaded, memoryBytes }) => (
          <li key={id}>
            <code>{id}</code>
            {loaded && (
              <span class="badge badge--accent">
                {t("nodesPage.model.loaded")}
                {memoryBytes !== undefined && `, ${formatBytes(memoryBytes, language)}`}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
