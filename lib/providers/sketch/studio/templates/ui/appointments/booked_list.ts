import { element } from "../dom.ts";
import type { Appointment } from "./appointments.ts";
import { dayText, timeText } from "./days.ts";
import { moreTexts } from "./more_fields.ts";

/** What can be done with an appointment in the list. */
export interface ListActions {
  change(appointment: Appointment): void;
  remove(appointment: Appointment): void;
}

/** An item for each appointment. */
export function bookedItems(appointments: readonly Appointment[], actions: ListActions): HTMLElement[] {
  if (appointments.length === 0) return [element("li", { class: "empty muted" }, "Nothing is booked yet.")];
  return appointments.map((appointment) => bookedItem(appointment, actions));
}

function bookedItem(appointment: Appointment, { change, remove }: ListActions): HTMLElement {
  const { name, email, day, starts, length, notes, more } = appointment;
  const details = [email, ...moreTexts(more), notes].filter(Boolean).join(" · ");
  const button = (label: string, work: (appointment: Appointment) => void) =>
    element(
      "button",
      {
        type: "button",
        class: "button quiet",
        "aria-label": `${label} the appointment of ${name}`,
        click: () => work(appointment),
      },
      label,
    );
  return element(
    "li",
    { class: "booked" },
    element(
      "p",
      { class: "when" },
      element("b", {}, dayText(day, { weekday: "short", day: "numeric", month: "short" })),
      element("span", {}, `${timeText(starts)}–${timeText(starts + length)}`),
    ),
    element(
      "p",
      { class: "who" },
      element("b", {}, name),
      element("span", { class: "muted" }, details),
    ),
    element("div", { class: "actions" }, button("Change", change), button("Delete", remove)),
  );
}
