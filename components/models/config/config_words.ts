import { formatMoment, formatNumber } from "../../../lib/client/format.ts";
import { formatAgo } from "../../../lib/client/projects/ago.ts";
import type { changedFields } from "../../../lib/shared/model_configs/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";

/** A field of a content. */
export type ContentField = ReturnType<typeof changedFields>[number];

/** The name of a field for people. */
export function fieldWords(field: ContentField, t: Translate): string {
  if (field === "base" || field === "system" || field === "template") return t(`modelConfig.${field}`);
  return t(`modelConfig.param.${field}`);
}

/** A parameter's value; what it says where there is none. */
export function valueWords(value: number | string[] | undefined, none: string, language: string): string {
  if (value === undefined) return none;
  return Array.isArray(value)
    ? value.map((one) => JSON.stringify(one)).join(", ")
    : formatNumber(value, language, 4);
}

/** The beginning of a digest, as Ollama shows it. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}

/** How long ago, or the moment where that is said better. */
export function agoWords(at: number, now: number, t: Translate, language: string): string {
  return formatAgo(at, now, language) || t("models.justNow");
}

/** The day and the time. */
export function momentWords(at: number, language: string): string {
  return formatMoment(at, language);
}
