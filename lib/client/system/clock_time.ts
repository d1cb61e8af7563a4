const formats = new Map<string, Intl.DateTimeFormat>();

/** The time of day to the millisecond, in 24 hours. */
export function clockTime(at: number, language: string): string {
  const format = formats.get(language) ?? new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
  });
  formats.set(language, format);
  return format.format(at);
}
