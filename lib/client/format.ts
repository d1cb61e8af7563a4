/** Numbers and times as the language writes them. */

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${language}${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known instanceof Intl.NumberFormat) return known;
  const format = new Intl.NumberFormat(language, options);
  cache.set(key, format);
  return format;
}

function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${language}${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known instanceof Intl.DateTimeFormat) return known;
  const format = new Intl.DateTimeFormat(language, options);
  cache.set(key, format);
  return format;
}

/** A whole number with separators. */
export function formatCount(value: number, language: string): string {
  return numberFormat(language, { maximumFractionDigits: 0 }).format(value);
}

/** A large number in short: 1.2K, 128K. */
export function formatShort(value: number, language: string): string {
  return numberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** The length of a context window: powers of two are counted in 1,024s, as models are named (128K). */
export function formatWindow(tokens: number, language: string): string {
  return tokens >= 1024 && tokens % 1024 === 0
    ? `${formatNumber(tokens / 1024, language)}K`
    : formatShort(tokens, language);
}

/** A number with at most `digits` decimals. */
export function formatNumber(value: number, language: string, digits = 1): string {
  return numberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** Milliseconds in seconds: 0.42 s, 12 s. */
export function formatSeconds(ms: number, language: string): string {
  return `${formatNumber(ms / 1000, language, ms < 10_000 ? 2 : 0)} s`;
}

/** A size in bytes: 12 KB, 3.4 MB. */
export function formatBytes(bytes: number, language: string): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["KB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${formatNumber(bytes / 1000 ** power, language)} ${units[power - 1]}`;
}

/** The time of day. */
export function formatTime(at: number, language: string): string {
  return dateFormat(language, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** A day: Nov 20, 2026. */
export function formatDay(at: number, language: string): string {
  return dateFormat(language, { dateStyle: "medium" }).format(at);
}

/** Day and time in full, for what a pointer hovers over. */
export function formatMoment(at: number, language: string): string {
  return dateFormat(language, { dateStyle: "full", timeStyle: "short" }).format(at);
}
