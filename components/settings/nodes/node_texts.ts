import { formatCount } from "../../../lib/client/format.ts";
import type { NodeHealth, NodeView, ProviderKind } from "../../../lib/shared/mod.ts";
import type { TextKey, Translate } from "../../../lib/shared/texts/mod.ts";

/** How many models, in words. */
export function modelCount(count: number, t: Translate, language: string): string {
  if (count === 0) return t("nodes.models.none");
  return count === 1
    ? t("nodes.models.one")
    : t("nodes.models.many", { count: formatCount(count, language) });
}

/** A time an answer took; what is quicker than a millisecond is not nothing. */
export function latency(ms: number, language: string): string {
  return `${formatCount(Math.max(1, ms), language)} ms`;
}

/** A node's state: its light, and its name. */
export function statusOf({ enabled, health }: NodeView): { light: NodeHealth["status"]; label: TextKey } {
  return enabled
    ? { light: health.status, label: `nodes.status.${health.status}` }
    : { light: "unknown", label: "nodes.status.off" };
}

/** The protocol's name. */
export function kindLabel(kind: ProviderKind): TextKey {
  return `nodes.kind.${kind}`;
}
