/** Days are texts such as 2026-03-02 and times are minutes since midnight, both in the time of the person's clock. */
export type Day = string;

const MINUTE_MS = 60_000;

/** The day on which a moment is. */
export function dayOf(date: Date): Day {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${date.getFullYear()}-${month}-${day}`;
}

/** The moment at which a time of a day begins. */
export function momentOf(day: Day, minutes = 0): Date {
  return new Date(new Date(`${day}T00:00`).setHours(0, minutes));
}

/** The day so many days later. Clocks that are put forward do not matter. */
export function addDays(day: Day, count: number): Day {
  const date = momentOf(day);
  date.setDate(date.getDate() + count);
  return dayOf(date);
}

/** The same day of another month, or its last one. */
export function addMonths(day: Day, count: number): Day {
  const date = momentOf(day);
  const first = new Date(date.getFullYear(), date.getMonth() + count, 1);
  const last = new Date(date.getFullYear(), date.getMonth() + count + 1, 0);
  first.setDate(Math.min(date.getDate(), last.getDate()));
  return dayOf(first);
}

/** The days of the week of a day, from Monday. */
export function weekOf(day: Day): Day[] {
  const sinceMonday = (momentOf(day).getDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, index) => addDays(day, index - sinceMonday));
}

/** The weeks that hold the days of a month. */
export function weeksOfMonth(day: Day): Day[][] {
  const month = day.slice(0, 7);
  const weeks: Day[][] = [];
  for (let week = weekOf(`${month}-01`); week.some((other) => other.startsWith(month));) {
    weeks.push(week);
    week = week.map((other) => addDays(other, 7));
  }
  return weeks;
}

/** The minutes since midnight now. */
export function minutesNow(now: Date): number {
  return Math.floor((now.getTime() - momentOf(dayOf(now)).getTime()) / MINUTE_MS);
}

/** "09:30". */
export function timeText(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** A day in words, with the parts that are asked for. */
export function dayText(day: Day, parts: Intl.DateTimeFormatOptions): string {
  return momentOf(day).toLocaleDateString("en-GB", parts);
}

/** "Monday 2 March". */
export function longDay(day: Day): string {
  return dayText(day, { weekday: "long", day: "numeric", month: "long" });
}
