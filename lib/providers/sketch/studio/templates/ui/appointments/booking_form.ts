import { byId, element } from "../dom.ts";
import {
  type Appointment,
  type Appointments,
  type Booking,
  CLOSES,
  LENGTHS,
  OPENS,
  STEP,
} from "./appointments.ts";
import { type Day, dayOf, longDay, minutesNow, timeText } from "./days.ts";
import { MoreFields } from "./more_fields.ts";

/** The form that books, and that changes what is booked. */
export class BookingForm {
  readonly #appointments: Appointments;
  readonly #name = byId("name", HTMLInputElement);
  readonly #email = byId("email", HTMLInputElement);
  readonly #day = byId("day", HTMLInputElement);
  readonly #time = byId("time", HTMLSelectElement);
  readonly #length = byId("length", HTMLSelectElement);
  readonly #notes = byId("notes", HTMLTextAreaElement);
  readonly #more = new MoreFields(byId("more", HTMLDivElement));
  /** The id of the appointment that is changed; empty for a new one. */
  #id = "";

  constructor(appointments: Appointments) {
    this.#appointments = appointments;
    const times = Array.from({ length: (CLOSES - OPENS) / STEP }, (_, index) => OPENS + index * STEP);
    this.#time.append(...times.map((time) => element("option", { value: time }, timeText(time))));
    this.#length.append(
      ...LENGTHS.map((length) =>
        element("option", { value: length, selected: length === 60 }, `${length} min`)
      ),
    );
    byId("booking", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    byId("cancel", HTMLButtonElement).addEventListener("click", () => this.clear());
  }

  /** Puts a day and a time into the form. */
  place(day: Day, starts: number): void {
    this.#day.value = day;
    this.#time.value = String(starts);
    this.#say("time", "");
    this.#say("day", "");
  }

  /** Lets the person write. */
  focus(): void {
    this.#name.focus();
  }

  /** Puts an appointment into the form, to change it. */
  edit(appointment: Appointment): void {
    this.clear();
    this.#id = appointment.id;
    this.#name.value = appointment.name;
    this.#email.value = appointment.email;
    this.#notes.value = appointment.notes;
    this.#more.values = appointment.more ?? {};
    this.#length.value = String(appointment.length);
    this.place(appointment.day, appointment.starts);
    this.#showKind();
    this.focus();
  }

  /** Makes the form ready for another appointment, on the same day. */
  clear(): void {
    this.#id = "";
    for (const control of [this.#name, this.#email, this.#notes]) control.value = "";
    this.#more.values = {};
    for (const name of ["name", "email", "day", "time"]) this.#say(name, "");
    this.#showKind();
  }

  /** Forgets an appointment that is no longer there. */
  forget({ id }: Appointment): void {
    if (this.#id === id) this.clear();
  }

  #submit(): void {
    const booking: Booking = {
      name: this.#name.value.trim(),
      email: this.#email.value.trim(),
      day: this.#day.value,
      starts: Number(this.#time.value),
      length: Number(this.#length.value),
      notes: this.#notes.value.trim(),
      more: this.#more.values,
    };
    const problems = Object.entries(this.#problems(booking));
    for (const [name, problem] of problems) this.#say(name, problem);
    const [wrong] = problems.find(([, problem]) => problem !== "") ?? [];
    const wrongMore = this.#more.check();
    if (wrong !== undefined || wrongMore) {
      (wrong === undefined ? wrongMore : document.getElementById(wrong))?.focus();
      return;
    }
    const isNew = this.#id === "";
    this.#appointments.book(booking, this.#id || undefined);
    this.clear();
    byId("status", HTMLParagraphElement).textContent = `${isNew ? "Booked" : "Changed"}: ${booking.name}, ${
      longDay(booking.day)
    }, ${timeText(booking.starts)}`;
  }

  /** What is wrong, by field; empty texts where nothing is. */
  #problems(booking: Booking): Record<"name" | "email" | "day" | "time", string> {
    const { name, email, day, starts } = booking;
    const today = dayOf(new Date());
    const isOver = day === today && starts < minutesNow(new Date());
    return {
      name: name === "" ? "Please enter a name" : "",
      email: email === ""
        ? "Please enter an e-mail address"
        : this.#email.validity.valid
        ? ""
        : "This is no e-mail address",
      day: day === "" ? "Please choose a day" : day < today ? "This day is over" : "",
      time: day === "" || day < today ? "" : isOver ? "This time is over" : this.#timeProblem(booking),
    };
  }

  #timeProblem(booking: Booking): string {
    if (booking.starts + booking.length > CLOSES) {
      return `Appointments end at ${timeText(CLOSES)} at the latest`;
    }
    const other = this.#appointments.conflict(booking, this.#id);
    if (!other) return "";
    const free = this.#appointments.nextFree(booking, this.#id);
    const advice = free === undefined ? "nothing is free later that day" : `free from ${timeText(free)}`;
    return `Taken by ${other.name}, ${timeText(other.starts)}–${
      timeText(other.starts + other.length)
    }: ${advice}`;
  }

  #say(field: string, problem: string): void {
    byId(`${field}-problem`, HTMLElement).textContent = problem;
    document.getElementById(field)?.setAttribute("aria-invalid", String(problem !== ""));
  }

  #showKind(): void {
    const isNew = this.#id === "";
    byId("booking-title", HTMLHeadingElement).textContent = isNew
      ? "Book an appointment"
      : "Change the appointment";
    byId("submit", HTMLButtonElement).textContent = isNew ? "Book" : "Save";
    byId("cancel", HTMLButtonElement).hidden = isNew;
    byId("status", HTMLParagraphElement).textContent = "";
  }
}
