import { type Fit, fitOf, type MachineMemory } from "../../lib/client/models/fit.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

const BADGES: Record<Fit, string> = {
  onCards: "badge badge--healthy",
  fits: "badge badge--healthy",
  tight: "badge badge--warning",
  tooLarge: "badge badge--offline",
  unknown: "badge",
};

/** Whether a model of this size (bytes) fits into a machine; nothing where that is not known. */
export function FitBadge({ sizeBytes, machine, t }: {
  sizeBytes: number | null;
  machine: MachineMemory | undefined;
  t: Translate;
}) {
  const fit = sizeBytes === null || !machine ? "unknown" : fitOf(sizeBytes, machine);
  return fit === "unknown" ? null : <span class={BADGES[fit]}>{t(`models.fit.${fit}`)}</span>;
}
