import { formatCount, formatNumber, formatSeconds } from "../../lib/client/format.ts";
import type { LiveNode, NodeLook } from "../../lib/client/nodes/live_node.ts";
import type { NodeStatus } from "../../lib/shared/mod.ts";
import type { TextKey, Translate } from "../../lib/shared/texts/mod.ts";

/** How a node looks: the colour of its light, and what that is called. */
export function wordsOf(look: NodeLook): { light: NodeStatus["status"]; label: TextKey } {
  switch (look) {
    case "off":
      return { light: "unknown", label: "nodes.status.off" };
    case "draining":
      return { light: "warning", label: "nodesPage.look.draining" };
    default:
      return { light: look, label: `nodes.status.${look}` };
  }
}

/** Its health in words, where there is more to say than its light does. */
export function reasonOf(node: LiveNode, t: Translate): string {
  const look = node.look.value;
  if (look === "off") return "";
  return look === "draining" ? t("nodesPage.drainHint") : node.reason.value;
}

/** Something with a unit, or that nobody knows. */
export interface Words {
  t: Translate;
  language: string;
}

/** ms, or that they were not measured. */
export function latencyWords(ms: number | null, { t, language }: Words): string {
  if (ms === null) return "–";
  return ms < 10_000
    ? t("nodesPage.figure.ms", { count: formatCount(Math.max(1, ms), language) })
    : formatSeconds(ms, language);
}

/** Percent, or that they are not known. */
export function percentWords(percent: number | null, { t, language }: Words): string {
  return percent === null ? "–" : t("nodesPage.figure.percent", { count: formatCount(percent, language) });
}

/** A rate with one digit while it is small. */
export function rateWords(rate: number, language: string): string {
  return formatNumber(rate, language, rate < 10 ? 1 : 0);
}

/** A time that somebody waits: whole seconds above one. */
export function waitWords(ms: number, language: string): string {
  return ms < 950
    ? formatSeconds(Math.round(ms / 100) * 100, language)
    : `${formatCount(ms / 1000, language)} s`;
}

/** What asked for a call: by its name where it has one. */
export function sourceWords(source: string, t: Translate): string {
  switch (source) {
    case "chat":
    case "project":
    case "api":
    case "title":
      return t(`nodesPage.source.${source}`);
    default:
      return source;
  }
}
