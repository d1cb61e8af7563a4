import { formatBytes, formatCount, formatNumber, formatSeconds } from "../../lib/client/format.ts";
import type { LiveNode, NodeLook } from "../../lib/client/nodes/live_node.ts";
import { type LoadedMemory, loadedMemory } from "../../lib/client/nodes/loaded_memory.ts";
import type { Standing } from "../../lib/client/nodes/node_order.ts";
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

/** The name of a tier; undefined is that of the built-in node. */
export function tierName(place: number | undefined, t: Translate): string {
  switch (place) {
    case undefined:
      return t("nodesPage.tier.last");
    case 1:
      return t("nodesPage.tier.first");
    case 2:
      return t("nodesPage.tier.second");
    case 3:
      return t("nodesPage.tier.third");
    default:
      return t("nodesPage.tier.other", { place });
  }
}

/** Where a node stands in the order. */
export function standingWords({ tier, count, sharing }: Standing, t: Translate): string {
  return t(sharing > 1 ? "nodesPage.order.shared" : "nodesPage.order.alone", { tier, count, sharing });
}

/** What is known of a node's memory: that of its machine, that of its loaded models, or why there is nothing to tell. */
export function memoryWords(node: LiveNode, words: Words): string {
  const { t, language } = words;
  const { memory } = node.figures;
  const loaded = loadedNow(node);
  const machine = memory.value === null
    ? []
    : [t("nodesPage.memory.machine", { percent: percentWords(memory.value, words) })];
  const models = loaded === null ? [] : [
    t(loaded.vramBytes > 0 ? "nodesPage.memory.modelsOnCards" : "nodesPage.memory.models", {
      size: formatBytes(loaded.bytes, language),
      vram: formatBytes(loaded.vramBytes, language),
    }),
  ];
  return [...machine, ...models].join("; ") || t(untoldMemory(node));
}

/** What the loaded models take; null where that is not told, or the node does not answer to tell it. */
export function loadedNow(node: LiveNode): LoadedMemory | null {
  return isAway(node) ? null : loadedMemory(node.facts.value.models);
}

/** Why nothing is known of a node's memory. */
export function untoldMemory(node: LiveNode): TextKey {
  return isAway(node) ? "nodesPage.figure.unknown" : "nodesPage.memory.untold";
}

function isAway(node: LiveNode): boolean {
  return ["offline", "unknown", "off"].includes(node.look.value);
}

const clockFormats = new Map<string, Intl.DateTimeFormat>();

/** The time of day to the second. */
export function secondWords(at: number, language: string): string {
  let format = clockFormats.get(language);
  if (!format) {
    clockFormats.set(language, format = new Intl.DateTimeFormat(language, { timeStyle: "medium" }));
  }
  return format.format(at);
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
