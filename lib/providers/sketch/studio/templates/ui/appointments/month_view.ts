import { element } from "../dom.ts";
import type { Appointments } from "./appointments.ts";
import { type Day, dayOf, dayText, longDay, timeText, weeksOfMonth } from "./days.ts";
import type { Actions, Place } from "./week_view.ts";

const SHOWN = 2;

/** The days of a month. Only the current day takes the Tab key; arrow keys lead on from there. */
export function monthView(appointments: Appointments, place: Place, actions: Actions): HTMLElement {
  const weeks = weeksOfMonth(place.day);
  const heads = (weeks[0] ?? []).map((day) =>
    element(
      "div",
      { role: "columnheader", class: "muted", "aria-label": dayText(day, { weekday: "long" }) },
      dayText(day, { weekday: "short" }),
    )
  );
  const rows = weeks.map((days) =>
    element(
      "div",
      { role: "row", class: "row" },
      ...days.map((day) => cell(appointments, day, place, actions)),
    )
  );
  return element(
    "div",
    { role: "grid", class: "month", "aria-label": "Month" },
    element("div", { role: "row", class: "row heads" }, ...heads),
    ...rows,
  );
}

function cell(appointments: Appointments, day: Day, place: Place, actions: Actions): HTMLElement {
  const booked = appointments.on(day);
  const isCurrent = day === place.day;
  const isOther = day.slice(0, 7) !== place.day.slice(0, 7);
  const count = booked.length === 1 ? "1 appointment" : `${booked.length} appointments`;
  const more = booked.length - SHOWN;
  const button = element(
    "button",
    {
      type: "button",
      class: `day${isOther ? " other" : ""}`,
      tabindex: isCurrent ? 0 : -1,
      "data-place": isCurrent,
      "aria-current": day === dayOf(new Date()) ? "date" : undefined,
      click: () => actions.choose({ ...place, day }),
    },
    element(
      "span",
      { class: "visually-hidden" },
      booked.length > 0 ? `${longDay(day)}, ${count}` : longDay(day),
    ),
    element("b", { "aria-hidden": "true" }, dayText(day, { day: "numeric" })),
    ...booked.slice(0, SHOWN).map(({ name, starts }) =>
      element("span", { class: "chip", "aria-hidden": "true" }, `${timeText(starts)} ${name}`)
    ),
    ...(more > 0 ? [element("span", { class: "more muted", "aria-hidden": "true" }, `${more} more`)] : []),
    ...(booked.length > 0
      ? [element("span", { class: "dots", "aria-hidden": "true" }, "•".repeat(Math.min(booked.length, 3)))]
      : []),
  );
  return element(
    "div",
    { role: "gridcell", class: "cell", "aria-selected": String(isCurrent) },
    button,
  );
}
