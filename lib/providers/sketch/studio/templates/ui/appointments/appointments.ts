import { load, save } from "../storage.ts";
import { addDays, type Day, dayOf, weekOf } from "./days.ts";
import type { More } from "./more_fields.ts";

/** The hours in which appointments may be, as minutes since midnight. */
export const OPENS = 8 * 60;
export const CLOSES = 18 * 60;
/** Appointments begin at multiples of this, in minutes. */
export const STEP = 15;
/** How long an appointment may be, in minutes. */
export const LENGTHS: readonly number[] = [30, 45, 60, 90, 120];

/** What is asked for. */
export interface Booking {
  name: string;
  email: string;
  day: Day;
  /** In minutes since midnight. */
  starts: number;
  /** In minutes. */
  length: number;
  notes: string;
  more?: More;
}

/** What is booked. */
export interface Appointment extends Booking {
  id: string;
}

/** All appointments; no two overlap. Listeners are told of every change. */
export class Appointments {
  #all: Appointment[] = load<Appointment[]>("appointments", examples(dayOf(new Date())));
  readonly #listeners: (() => void)[] = [];

  /** In the order of time. */
  get all(): readonly Appointment[] {
    return this.#all.toSorted((a, b) => a.day.localeCompare(b.day) || a.starts - b.starts);
  }

  on(day: Day): Appointment[] {
    return this.all.filter((appointment) => appointment.day === day);
  }

  /** The appointment that stands in the way of a booking; the one with `ownId` does not. */
  conflict({ day, starts, length }: Booking, ownId = ""): Appointment | undefined {
    return this.on(day).find((other) =>
      other.id !== ownId && other.starts < starts + length && starts < other.starts + other.length
    );
  }

  /** The first time of the day, not before the one asked for, at which a booking would fit. */
  nextFree(booking: Booking, ownId = ""): number | undefined {
    for (let starts = booking.starts; starts + booking.length <= CLOSES; starts += STEP) {
      if (!this.conflict({ ...booking, starts }, ownId)) return starts;
    }
    return undefined;
  }

  /** Books, in place of the appointment with the id where there is one. Throws where the time is taken. */
  book(booking: Booking, id = `booked-${Date.now()}`): void {
    const other = this.conflict(booking, id);
    if (other) throw new Error(`Cannot book: the time is taken by ${other.name}`);
    this.#all = [...this.#all.filter((appointment) => appointment.id !== id), { ...booking, id }];
    this.#changed();
  }

  remove({ id }: Appointment): void {
    this.#all = this.#all.filter((appointment) => appointment.id !== id);
    this.#changed();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #changed(): void {
    save("appointments", this.#all);
    for (const listener of this.#listeners) listener();
  }
}

/** Some to look at, in this week and the next. */
function examples(today: Day): Appointment[] {
  const [monday = today] = weekOf(today);
  const all: [name: string, email: string, days: number, starts: number, length: number, notes: string][] = [
    ["Ada Lovelace", "ada@example.com", 0, 9 * 60, 60, "First meeting"],
    ["Grace Hopper", "grace@example.com", 2, 10 * 60 + 30, 90, ""],
    ["Alan Turing", "alan@example.com", 2, 14 * 60, 45, "By phone"],
    ["Katherine Johnson", "katherine@example.com", 4, 11 * 60, 60, ""],
    ["Edsger Dijkstra", "edsger@example.com", 8, 13 * 60, 30, ""],
  ];
  return all.map(([name, email, days, starts, length, notes], index) => ({
    id: `example-${index + 1}`,
    name,
    email,
    day: addDays(monday, days),
    starts,
    length,
    notes,
  }));
}
