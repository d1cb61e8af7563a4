import { element } from "../dom.ts";
import { type Appointment, type Appointments, CLOSES, OPENS } from "./appointments.ts";
import { type Day, dayOf, dayText, longDay, timeText, weekOf } from "./days.ts";

/** The place in the calendar that the keyboard is at. */
export interface Place {
  day: Day;
  /** The beginning of an hour, in minutes since midnight. */
  hour: number;
}

/** What can be done in the calendar. */
export interface Actions {
  choose(place: Place): void;
  open(appointment: Appointment): void;
}

/** The days of a week with their hours. Only the current place takes the Tab key; arrow keys lead on from there. */
export function weekView(appointments: Appointments, place: Place, actions: Actions): HTMLElement {
  const days = weekOf(place.day);
  const today = dayOf(new Date());
  const heads = days.map((day) =>
    element(
      "div",
      { role: "columnheader", class: "day-head", "aria-current": day === today ? "date" : undefined },
      element("span", { class: "muted" }, dayText(day, { weekday: "short" })),
      element("b", {}, dayText(day, { day: "numeric" })),
    )
  );
  const rows = hours().map((hour) =>
    element(
      "div",
      { role: "row", class: "row" },
      element("div", { role: "rowheader", class: "hour muted" }, timeText(hour)),
      ...days.map((day) => cell(appointments, { day, hour }, place, actions)),
    )
  );
  const grid = element(
    "div",
    { role: "grid", class: "week", "aria-label": "Week" },
    element(
      "div",
      { role: "row", class: "row heads" },
      element("div", { role: "columnheader" }, element("span", { class: "visually-hidden" }, "Time")),
      ...heads,
    ),
    ...rows,
  );
  return element("div", { class: "scroll" }, grid);
}

function hours(): number[] {
  return Array.from({ length: (CLOSES - OPENS) / 60 }, (_, index) => OPENS + index * 60);
}

function cell(appointments: Appointments, own: Place, place: Place, actions: Actions): HTMLElement {
  const { day, hour } = own;
  const isCurrent = day === place.day && hour === place.hour;
  const slot = element("button", {
    type: "button",
    class: "slot",
    tabindex: isCurrent ? 0 : -1,
    "data-place": isCurrent,
    "aria-label": `Book ${longDay(day)}, ${timeText(hour)}`,
    click: () => actions.choose(own),
  });
  const starting = appointments.on(day).filter(({ starts }) => starts >= hour && starts < hour + 60);
  return element(
    "div",
    { role: "gridcell", class: "cell", "aria-selected": String(isCurrent) },
    slot,
    ...starting.map((appointment) => event(appointment, hour, actions)),
  );
}

function event(appointment: Appointment, hour: number, actions: Actions): HTMLElement {
  const { name, day, starts, length } = appointment;
  const times = `${timeText(starts)}–${timeText(starts + length)}`;
  return element(
    "button",
    {
      type: "button",
      class: `event${length < 60 ? " short" : ""}`,
      style: `--from: ${(starts - hour) / 60}; --hours: ${length / 60}`,
      click: () => actions.open(appointment),
    },
    element("b", {}, name),
    " ",
    element("span", {}, times),
    element("span", { class: "visually-hidden" }, `, ${longDay(day)}: change`),
  );
}
