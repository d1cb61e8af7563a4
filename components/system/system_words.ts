import { formatBytes, formatCount, formatDay, formatNumber, formatTime } from "../../lib/client/format.ts";
import type { MissingPart, SystemFigure, SystemRange } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** A language with its texts. */
export interface Words {
  t: Translate;
  language: string;
}

/** Whether a figure is percent; the others are bytes a second. */
export function isPercent(figure: SystemFigure): boolean {
  return figure !== "received" && figure !== "sent";
}

/** A figure with its unit, or that nobody knows it. */
export function figureWords(figure: SystemFigure, value: number | null | undefined, words: Words): string {
  if (value === null || value === undefined) return "–";
  return isPercent(figure) ? percentWords(value, words) : rateWords(value, words);
}

/** Percent; one decimal while there is little. */
export function percentWords(value: number, { t, language }: Words): string {
  return t("system.percent", { count: formatNumber(value, language, value < 10 ? 1 : 0) });
}

/** Bytes a second. */
export function rateWords(value: number, { t, language }: Words): string {
  return t("system.rate", { size: formatBytes(Math.round(value), language) });
}

/** Bytes. */
export function sizeWords(bytes: number, { language }: Words): string {
  return formatBytes(bytes, language);
}

/** A whole number with its unit, or that nobody knows it. */
export function unitWords(
  key: "system.celsius" | "system.watts" | "system.percent",
  value: number | null,
  { t, language }: Words,
): string {
  return value === null ? "–" : t(key, { count: formatCount(value, language) });
}

/** When something began: the time of day, and the day where the range has several. */
export function timeWords(at: number, range: SystemRange, { language }: Words): string {
  const time = formatTime(at, language);
  return range === "hour" ? time : `${formatDay(at, language)}, ${time}`;
}

/** Why a part is not known. */
export function missingWords({ part, why, needs, detail }: MissingPart, { t }: Words): string {
  if (part === "gpu" && why === "tool") return t("system.missing.gpu.tool", { needs });
  return t(`system.missing.${why}`, { needs, detail: detail ?? "" }).trim();
}
