import type { NodeOrder, ShownTier } from "../../lib/client/nodes/node_order.ts";
import { useNodes } from "./context.ts";
import { tierName } from "./node_words.ts";

/** The heading of a tier. A node that is dropped on it gets a tier of its own before this one. */
export function TierHead({ tier }: { tier: ShownTier }) {
  const { order, t } = useNodes();
  const { place, nodes, gap } = tier;
  return (
    <div class={tierClass(order.targetAt(tier))} data-gap={gap}>
      <h2 class="node-tier__name">{tierName(place, t)}</h2>
      {nodes.length > 1 && (
        <span class="node-tier__sharing">{t("nodesPage.tier.sharing", { count: nodes.length })}</span>
      )}
      <span class="node-tier__drop" aria-hidden="true">{t("nodesPage.tier.new")}</span>
    </div>
  );
}

/** How a heading looks on which the node that is moved would be dropped. */
export function tierClass(target: ReturnType<NodeOrder["targetAt"]>): string {
  return target === "before" ? "node-tier node-tier--target" : "node-tier";
}
