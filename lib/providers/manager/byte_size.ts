const POWERS: Readonly<Record<string, number>> = { "": 0, K: 1, M: 2, G: 3, T: 4 };

/** The bytes of a size in words: "4.7 GiB", "815MB", "12 KB"; undefined where it is none. Without an "i" it goes by thousands. */
export function bytesOf(words: string): number | undefined {
  const match = /^\s*([\d.]+)\s*([KMGT]?)(i?)B?\s*$/i.exec(words);
  if (!match) return undefined;
  const power = POWERS[(match[2] ?? "").toUpperCase()];
  const bytes = Number(match[1]) * (match[3] ? 1_024 : 1_000) ** (power ?? 0);
  return Number.isFinite(bytes) && bytes > 0 ? Math.round(bytes) : undefined;
}
