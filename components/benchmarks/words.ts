import { formatDuration, formatShare } from "../../lib/client/dashboard/figures.ts";
import { formatBytes, formatNumber } from "../../lib/client/format.ts";
import type {
  BenchmarkTargetView,
  MeanEstimate,
  ModelMemory,
  ShareEstimate,
  TimeFigures,
  WarmUp,
} from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** What stands where nothing is known. */
export const UNKNOWN = "–";

/** A model with the node it was held to. */
export function targetName({ model, nodeName }: Pick<BenchmarkTargetView, "model" | "nodeName">): string {
  return nodeName === undefined ? model : `${model} (${nodeName})`;
}

/** "93 %". */
export function shareWords(share: ShareEstimate | null, language: string): string {
  return share ? formatShare(share.share, language) : UNKNOWN;
}

/** "95 %: 85 % to 97 %"; "" where it is not known. */
export function shareInterval(share: ShareEstimate | null, language: string, t: Translate): string {
  if (!share) return "";
  const [low, high] = [share.low, share.high].map((value) => formatShare(value, language));
  return t("benchmarks.interval", { low: low ?? "", high: high ?? "" });
}

/** Tokens a second. */
export function speedWords(speed: MeanEstimate | null, language: string): string {
  return speed ? formatNumber(speed.mean, language) : UNKNOWN;
}

/** "95 %: 12.1 to 13.4"; "" where it is not known. */
export function speedInterval(speed: MeanEstimate | null, language: string, t: Translate): string {
  if (!speed || speed.low === null || speed.high === null) return "";
  const [low, high] = [speed.low, speed.high].map((value) => formatNumber(value, language));
  return t("benchmarks.interval", { low: low ?? "", high: high ?? "" });
}

/** "340 ms / 1.2 s / 2.4 s". */
export function timesWords({ p50, p90, p99 }: TimeFigures, language: string): string {
  if (p50 === null) return UNKNOWN;
  return [p50, p90, p99].map((ms) => formatDuration(ms, language)).join(" / ");
}

/** What the first call to a node showed. */
export function warmUpWords(
  { nodeName: node, firstTokenMs, durationMs, wasLoaded, error }: WarmUp,
  language: string,
  t: Translate,
): string {
  if (error) return t("benchmarks.warmUp.failed", { node, message: error.message });
  const time = formatDuration(firstTokenMs ?? durationMs, language);
  const state = wasLoaded === null ? "untold" : wasLoaded ? "loaded" : "cold";
  return t("benchmarks.warmUp", { node, time, state: t(`benchmarks.warmUp.${state}`) });
}

/** What a model takes in memory, and who says so. */
export function memoryWords(
  { nodeName: node, bytes, vramBytes, origin, server = "" }: ModelMemory,
  language: string,
  t: Translate,
): string {
  const size = formatBytes(bytes, language);
  if (origin === "process") return t("benchmarks.memory.process", { size, server, node });
  if (!vramBytes) return t("benchmarks.memory.node", { size, node });
  return t("benchmarks.memory.nodeVram", { size, node, vram: formatBytes(vramBytes, language) });
}
