import type { GpuState } from "../../shared/mod.ts";

/** The arguments of macOS' ioreg: the accelerators alone, in lines that are not cut. It needs no root. */
export const IOREG_ARGS = ["-r", "-d", "1", "-w", "0", "-c", "IOAccelerator"];

/**
 * Reads the accelerators out of what ioreg writes. A GPU of Apple's has the machine's memory, so that it has no total of its
 * own; what it holds is "In use system memory".
 */
export function parseIoreg(text: string): GpuState[] {
  return text.split(/^\s*\+-o /m).slice(1).flatMap((entry) => {
    const statistics = entry.match(/"PerformanceStatistics"\s*=\s*\{([^}]*)\}/)?.[1];
    if (statistics === undefined) return [];
    const busy = numberOf(statistics, "Device Utilization %") ??
      numberOf(statistics, "Renderer Utilization %");
    return {
      name: nameOf(entry),
      busy: busy === null ? null : Math.min(100, busy),
      memoryUsed: numberOf(statistics, "In use system memory"),
      memoryTotal: null,
      temperature: null,
      power: null,
    };
  });
}

function nameOf(entry: string): string {
  const model = entry.match(/"model"\s*=\s*<?"([^"]+)"/)?.[1];
  return model ?? entry.match(/^\S+/)?.[0] ?? "GPU";
}

/** With the closing quote: "In use system memory (driver)" is another figure. */
function numberOf(statistics: string, name: string): number | null {
  const at = statistics.indexOf(`"${name}"`);
  const digits = at < 0 ? undefined : statistics.slice(at + name.length + 2).match(/^\s*=\s*(\d+)/)?.[1];
  return digits === undefined ? null : Number(digits);
}
