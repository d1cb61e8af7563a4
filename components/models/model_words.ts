import { formatBytes, formatCount, formatNumber } from "../../lib/client/format.ts";
import { formatAgo } from "../../lib/client/projects/ago.ts";
import {
  type Capability,
  type ModelDownload,
  type ModelHolder,
  type ModelTarget,
  type ModelUse,
  PAUSED_PHASE,
  QUEUED_PHASE,
} from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** Every capability has a form of answers; that one says nothing. */
export function capabilityWords(capabilities: readonly Capability[], t: Translate): string[] {
  return capabilities.filter((capability) => capability !== "json").map((capability) =>
    t(`models.capability.${capability}`)
  );
}

/** How long ago a model was used. */
export function usedWords(use: ModelUse | null, now: number, t: Translate, language: string): string {
  if (!use) return t("models.unused");
  return formatAgo(use.lastUsedAt, now, language) || t("models.justNow");
}

/** The tokens a second that were seen. */
export function speedWords(use: ModelUse | null, t: Translate, language: string): string {
  const speed = use?.tokensPerSecond;
  return speed === null || speed === undefined ? t("models.unmeasured") : formatNumber(speed, language);
}

/** What a model takes of a node's memory. */
export function memoryWords(holder: ModelHolder, t: Translate, language: string): string {
  if (holder.loaded === null) return t("models.stateUntold");
  if (!holder.loaded) return t("models.notLoaded");
  if (holder.memoryBytes === undefined) return t("models.loaded");
  const size = formatBytes(holder.memoryBytes, language);
  if (!holder.vramBytes) return t("models.memory", { size });
  return t("models.memoryOnCards", { size, vram: formatBytes(holder.vramBytes, language) });
}

/** By what it is judged whether a model fits into a node's machine. */
export function fitWords(
  { name: node, memoryBytes, gpuMemoryBytes }: ModelTarget,
  t: Translate,
  language: string,
): string {
  if (memoryBytes === null) return t("models.fit.aboutOther", { node });
  const memory = formatBytes(memoryBytes, language);
  if (gpuMemoryBytes === null) return t("models.fit.about", { node, memory });
  return t("models.fit.aboutCards", { node, memory, cards: formatBytes(gpuMemoryBytes, language) });
}

/** Where a download stands. */
export function stateWords(
  { state, totalBytes, completedBytes, phase }: ModelDownload,
  t: Translate,
): string {
  if (state !== "running") return t(`models.download.${state}`);
  if (phase === QUEUED_PHASE) return t("models.download.queued");
  if (phase === PAUSED_PHASE) return t("models.download.pausedThere");
  if (totalBytes === 0) return t("models.download.beginning");
  const isFinishing = completedBytes >= totalBytes && !phase.startsWith("pulling");
  return t(isFinishing ? "models.download.finishing" : "models.download.running");
}

/** Bytes, speed and time left of a download; empty before anything is known. */
export function progressWords(download: ModelDownload, t: Translate, language: string): string {
  const { totalBytes, completedBytes, bytesPerSecond, secondsLeft } = download;
  if (totalBytes === 0) return "";
  const done = formatBytes(completedBytes, language);
  const total = formatBytes(totalBytes, language);
  const parts = [download.state === "done" ? total : t("models.download.bytes", { done, total })];
  if (bytesPerSecond > 0) {
    parts.push(t("models.download.speed", { speed: formatBytes(bytesPerSecond, language) }));
  }
  if (secondsLeft !== null && secondsLeft > 0) {
    parts.push(t("models.download.left", { time: durationWords(secondsLeft, language) }));
  }
  return parts.join(" · ");
}

/** 45 s, 12 min, 3 h 20 min. */
function durationWords(seconds: number, language: string): string {
  if (seconds < 90) return `${formatCount(seconds, language)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${formatCount(minutes, language)} min`;
  return `${formatCount(Math.floor(minutes / 60), language)} h ${minutes % 60} min`;
}
