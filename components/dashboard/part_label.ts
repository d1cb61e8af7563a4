import type { UsageDimension } from "../../lib/shared/mod.ts";
import type { TextKey, Translate } from "../../lib/shared/texts/mod.ts";

const SOURCES = ["chat", "title", "project", "api", "automation", "benchmark"];

/** A part's name for people. */
export function labelOf(
  { value, label }: { value: string; label: string },
  dimension: UsageDimension,
  t: Translate,
): string {
  if (dimension === "source" && SOURCES.includes(value)) return t(`dashboard.source.${value}` as TextKey);
  const isId = dimension === "chat" || dimension === "project" || dimension === "key";
  // Only its id is left.
  return isId && label === value
    ? `${value.slice(0, 4)}…${value.slice(-6)} (${t("dashboard.parts.gone")})`
    : label;
}
