/** Rows of cells as aligned text: the first column left, the others right, a line below the heading. */
export function formatTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    widths.map((width, i) => i === 0 ? (cells[i] ?? "").padEnd(width) : (cells[i] ?? "").padStart(width))
      .join("  ").trimEnd();
  return [line(heading), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)]
    .map((text) => `  ${text}\n`).join("");
}

/** A number with three significant digits or, from 100 on, as a whole one; "–" for none. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString("en", digits);
}

/** A number with its unit behind it. */
export function withUnit(value: number, unit: string): string {
  return Number.isFinite(value) ? `${formatNumber(value)} ${unit}` : "–";
}

/** Bytes in MB, by 1,000,000. */
export function formatMegabytes(bytes: number): string {
  return withUnit(bytes / 1e6, "MB");
}
