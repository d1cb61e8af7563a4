import type { ShownTier } from "../../lib/client/nodes/node_order.ts";
import { useNodes } from "./context.ts";
import { tierName } from "./node_words.ts";

/** The heading of a tier. A node that is dropped on it gets a tier of its own before this one. */
export function TierHead({ tier: { place, nodes, gap } }: { tier: ShownTier }) {
  const { t } = useNodes();
  return (
    <div class="node-tier" data-gap={gap}>
      <h2 class="node-tier__name">{tierName(place, t)}</h2>
      {nodes.length > 1 && (
        <span class="node-tier__sharing">{t("nodesPage.tier.sharing", { count: nodes.length })}</span>
      )}
      <span class="node-tier__drop" aria-hidden="true">{t("nodesPage.tier.new")}</span>
    </div>
  );
}
