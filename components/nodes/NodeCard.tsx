import type { LiveNode } from "../../lib/client/nodes/live_node.ts";
import { kindLabel, modelCount } from "../settings/nodes/node_texts.ts";
import { useNodes } from "./context.ts";
import { DragHandle } from "./DragHandle.tsx";
import { NodeFigures } from "./NodeFigures.tsx";
import { wordsOf } from "./node_words.ts";
import { Sparkline } from "./Sparkline.tsx";

/** A node at a glance: its light, what it does, and the way to its details. */
export function NodeCard({ node, isTarget }: {
  node: LiveNode;
  /** Whether a node that is being moved would join it. */
  isTarget: boolean;
}) {
  const { order, details, report, t } = useNodes();
  const { id, name } = node.facts.value;
  const look = node.look.value;
  const { light, label } = wordsOf(look);
  const isOpen = details.nodeId.value === id;
  const item = [
    "node-grid__item",
    order.lifted.value === id && "node-grid__item--lifted",
    isTarget && "node-grid__item--target",
  ].filter(Boolean);
  const classes = ["node-card", `node-card--${look}`, isOpen && "node-card--open"].filter(Boolean);
  return (
    <div class={item.join(" ")} data-node={id}>
      <article class={classes.join(" ")} aria-labelledby={`node-${id}`}>
        <header class="node-card__head">
          <DragHandle node={node} />
          <span class={`light light--${light}`} aria-hidden="true" />
          <h3 class="node-card__name">
            <a
              id={`node-${id}`}
              href={`/nodes?node=${encodeURIComponent(id)}`}
              draggable={false}
              aria-current={isOpen ? "true" : undefined}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                details.open(id).catch(report);
              }}
            >
              {name}
            </a>
          </h3>
          <span class={`badge badge--${light}`}>{t(label)}</span>
        </header>
        <Sparkline node={node} />
        <NodeFigures node={node} />
        <Foot node={node} />
      </article>
    </div>
  );
}

function Foot({ node }: { node: LiveNode }) {
  const { t, language } = useNodes();
  const { kind, models } = node.facts.value;
  return (
    <p class="node-card__foot">
      <span>{t(kindLabel(kind))}</span>
      <span>{modelCount(models.length, t, language)}</span>
      <Doing node={node} />
    </p>
  );
}

function Doing({ node: { figures } }: { node: LiveNode }) {
  const { t } = useNodes();
  const inFlight = figures.inFlight.value;
  const waiting = figures.waiting.value;
  return (
    <>
      <span class="node-card__doing">
        {inFlight > 0 ? t("nodesPage.activity.now", { count: inFlight }) : t("nodesPage.activity.idle")}
      </span>
      {waiting > 0 && <span>{t("nodesPage.activity.waiting", { count: waiting })}</span>}
    </>
  );
}
