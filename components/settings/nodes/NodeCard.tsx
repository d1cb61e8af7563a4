import type { NodesModel } from "../../../lib/client/settings/nodes_model.ts";
import type { NodeView } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { kindLabel, latency, modelCount, statusOf } from "./node_texts.ts";
import { NodeActions } from "./NodeActions.tsx";
import { NodeSwitch } from "./NodeSwitch.tsx";

/** One inference server: whether it is there, what it offers, and what can be done with it. */
export function NodeCard({ node, model }: { node: NodeView; model: NodesModel }) {
  const { t, language } = useSettings();
  const { name, kind, local, origin, enabled, health } = node;
  const { light, label } = statusOf(node);
  const isFixed = origin === "config" || origin === "builtin";
  const facts = [
    kind === "sketch" ? null : node.baseUrl,
    isFixed ? null : t(`nodes.origin.${origin}`),
    node.hasKey ? t("nodes.hasKey") : null,
    node.inferenceProvider ?? null,
  ].filter((fact) => fact !== null);
  return (
    <li class={enabled ? "node" : "node node--off"} aria-labelledby={`node-${node.id}`}>
      <div class="node__head">
        <div class="node__title">
          <h2 id={`node-${node.id}`} class="node__name">{name}</h2>
          <span class="badge" title={t(local ? "nodes.localHint" : "nodes.hostedHint")}>
            <Icon name={local ? "house" : "globe"} />
            {t(local ? "nodes.local" : "nodes.hosted")}
          </span>
          <span class="badge">{t(kindLabel(kind))}</span>
        </div>
        {!isFixed && <NodeSwitch node={node} model={model} />}
      </div>
      <p class="node__facts">
        <span class="node__status">
          <span class={`light light--${light}`} />
          {t(label)}
          {enabled && health.latencyMs !== undefined && light === "healthy" && (
            <span class="node__latency">{latency(health.latencyMs, language)}</span>
          )}
        </span>
        {facts.map((fact) => <span key={fact}>{fact}</span>)}
      </p>
      {enabled && (light === "warning" || light === "offline") && <p class="node__reason">{health.reason}</p>}
      {isFixed && <p class="node__facts">{t(`nodes.fixed.${origin}`)}</p>}
      {node.models.length > 0 && (
        <details class="node__models">
          <summary>{modelCount(node.models.length, t, language)}</summary>
          <ul class="node__model-list">
            {node.models.map(({ id }) => <li key={id}>{id}</li>)}
          </ul>
        </details>
      )}
      {kind !== "sketch" && <NodeActions node={node} isFixed={isFixed} model={model} />}
    </li>
  );
}
