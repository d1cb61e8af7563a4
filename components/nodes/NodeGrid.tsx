import { useEffect, useRef } from "preact/hooks";
import { CardDrag } from "../../lib/client/nodes/card_drag.ts";
import { useNodes } from "./context.ts";
import { NodeCard } from "./NodeCard.tsx";
import { tierClass, TierHead } from "./TierHead.tsx";

/** The nodes by tiers, to which they can be moved by dragging. */
export function NodeGrid() {
  const { order, canManage, report, t } = useNodes();
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!grid.current || !canManage) return;
    const drag = new CardDrag(grid.current, order, report);
    return () => drag.stop();
  }, []);
  const tiers = order.shown.value;
  const last = tiers.at(-1);
  const isMoving = order.lifted.value !== null;
  return (
    <div
      ref={grid}
      class={canManage ? "node-grid" : "node-grid node-grid--fixed"}
      role="group"
      aria-label={t("nodes.list")}
    >
      {
        /* All in one parent: a card that goes to another tier is moved in the document, not made anew, and keeps its picture. */
        tiers.flatMap((tier) => [
          <TierHead key={`tier ${tier.place}`} tier={tier} />,
          ...tier.nodes.map((node) => (
            <NodeCard key={node.id} node={node} isTarget={order.targetAt(tier) === "into"} />
          )),
        ])
      }
      {isMoving && last?.place !== undefined && (
        <p
          class={tierClass(order.targetAt({ gap: last.gapAfter, nodes: [] }))}
          data-gap={last.gapAfter}
          aria-hidden="true"
        >
          <span class="node-tier__drop">{t("nodesPage.tier.new")}</span>
        </p>
      )}
    </div>
  );
}
