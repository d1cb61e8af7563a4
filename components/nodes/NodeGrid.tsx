import { useEffect, useRef } from "preact/hooks";
import { CardDrag } from "../../lib/client/nodes/card_drag.ts";
import { useNodes } from "./context.ts";
import { NodeCard } from "./NodeCard.tsx";

/** The nodes by priority, which can be changed by dragging. */
export function NodeGrid() {
  const { order, canManage, report, t } = useNodes();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (!list.current || !canManage) return;
    const drag = new CardDrag(list.current, order, report);
    return () => drag.stop();
  }, []);
  return (
    <ol
      ref={list}
      class={canManage ? "node-grid" : "node-grid node-grid--fixed"}
      aria-label={t("nodes.list")}
    >
      {order.shown.value.map((node) => <NodeCard key={node.id} node={node} />)}
    </ol>
  );
}
