import { byId, element } from "../dom.ts";
import { isLasting } from "../storage.ts";
// #if themeToggle
import { startThemeSwitch } from "../theme_switch.ts";
// #end
import { type Appointment, Appointments, CLOSES, OPENS } from "./appointments.ts";
import { bookedItems } from "./booked_list.ts";
import { BookingForm } from "./booking_form.ts";
import { addDays, addMonths, dayOf, dayText, minutesNow, weekOf } from "./days.ts";
import { icsOf, saveFile } from "./ics.ts";
import { monthView } from "./month_view.ts";
import { type Place, weekView } from "./week_view.ts";

type View = "week" | "month";

const appointments = new Appointments();
const form = new BookingForm(appointments);
const calendar = byId("calendar", HTMLDivElement);
const status = byId("list-status", HTMLParagraphElement);
let view: View = matchMedia("(max-width: 48rem)").matches ? "month" : "week";
let place = upcoming(new Date());

/** The next full hour, within the hours that can be booked. */
function upcoming(now: Date): Place {
  const hour = Math.max(OPENS, Math.ceil(minutesNow(now) / 60) * 60);
  return hour < CLOSES ? { day: dayOf(now), hour } : { day: addDays(dayOf(now), 1), hour: OPENS };
}

function show(): void {
  const render = view === "week" ? weekView : monthView;
  const scrolled = calendar.querySelector(".scroll")?.scrollLeft;
  calendar.replaceChildren(render(appointments, place, { choose, open: (own) => form.edit(own) }));
  scrollTo(scrolled);
  byId("period", HTMLHeadingElement).textContent = view === "week"
    ? weekText()
    : dayText(place.day, { month: "long", year: "numeric" });
  byId("show-week", HTMLButtonElement).setAttribute("aria-pressed", String(view === "week"));
  byId("show-month", HTMLButtonElement).setAttribute("aria-pressed", String(view === "month"));
  byId("booked", HTMLUListElement).replaceChildren(
    ...bookedItems(appointments.all, { change: (own) => form.edit(own), remove }),
  );
  byId("download", HTMLButtonElement).disabled = appointments.all.length === 0;
}

/** Narrow screens show a part of a week: the one that was shown or, at first, the one with the current place. */
function scrollTo(scrolled: number | undefined): void {
  const scroll = calendar.querySelector(".scroll");
  const cell = calendar.querySelector("[data-place]")?.parentElement;
  if (scroll && cell) scroll.scrollLeft = scrolled ?? cell.offsetLeft - scroll.clientWidth / 2;
}

function weekText(): string {
  const [first = place.day, ...rest] = weekOf(place.day);
  const last = rest.at(-1) ?? first;
  return `${dayText(first, { day: "numeric", month: "short" })} – ${
    dayText(last, { day: "numeric", month: "short", year: "numeric" })
  }`;
}

/** Takes a place of the calendar into the form. */
function choose(chosen: Place): void {
  go(chosen);
  form.focus();
}

function go(next: Place): void {
  place = next;
  form.place(place.day, place.hour);
  show();
}

function step(direction: number): void {
  const day = view === "week" ? addDays(place.day, direction * 7) : addMonths(place.day, direction);
  go({ ...place, day });
}

function remove(appointment: Appointment): void {
  form.forget(appointment);
  appointments.remove(appointment);
  const undo = element(
    "button",
    {
      type: "button",
      class: "button quiet",
      click: () => {
        if (appointments.conflict(appointment)) {
          status.textContent = "Cannot undo: the time is taken by now";
          return;
        }
        appointments.book(appointment, appointment.id);
        status.textContent = `${appointment.name} is back`;
        byId("download", HTMLButtonElement).focus();
      },
    },
    "Undo",
  );
  status.replaceChildren(`Deleted: ${appointment.name} `, undo);
  undo.focus();
}

/** The place that a key leads to; undefined for other keys. */
function placeAfter(key: string): Place | undefined {
  const { day, hour } = place;
  const isWeek = view === "week";
  const week = weekOf(day);
  const hourLater = (count: number) => Math.min(CLOSES - 60, Math.max(OPENS, hour + count * 60));
  switch (key) {
    case "ArrowLeft":
      return { day: addDays(day, -1), hour };
    case "ArrowRight":
      return { day: addDays(day, 1), hour };
    case "ArrowUp":
      return isWeek ? { day, hour: hourLater(-1) } : { day: addDays(day, -7), hour };
    case "ArrowDown":
      return isWeek ? { day, hour: hourLater(1) } : { day: addDays(day, 7), hour };
    case "PageUp":
      return { day: isWeek ? addDays(day, -7) : addMonths(day, -1), hour };
    case "PageDown":
      return { day: isWeek ? addDays(day, 7) : addMonths(day, 1), hour };
    case "Home":
      return { day: week[0] ?? day, hour };
    case "End":
      return { day: week.at(-1) ?? day, hour };
    default:
      return undefined;
  }
}

calendar.addEventListener("keydown", (event) => {
  const isInGrid = event.target instanceof HTMLElement && event.target.matches(".slot, .day");
  const next = isInGrid ? placeAfter(event.key) : undefined;
  if (!next) return;
  event.preventDefault();
  go(next);
  calendar.querySelector<HTMLElement>("[data-place]")?.focus();
});
byId("previous", HTMLButtonElement).addEventListener("click", () => step(-1));
byId("next", HTMLButtonElement).addEventListener("click", () => step(1));
byId("today", HTMLButtonElement).addEventListener("click", () => go(upcoming(new Date())));
for (const name of ["week", "month"] as const) {
  byId(`show-${name}`, HTMLButtonElement).addEventListener("click", () => {
    view = name;
    show();
  });
}
byId("download", HTMLButtonElement).addEventListener("click", () => {
  saveFile("appointments.ics", "text/calendar", icsOf(appointments.all, new Date()));
  // Where a page may not use the storage, it is in a sandbox, which mostly refuses files as well.
  status.textContent = isLasting ? "" : "If no file appears, open this page in a tab of its own.";
});
byId("lasting", HTMLParagraphElement).hidden = isLasting;
// #if themeToggle
startThemeSwitch();
// #end
appointments.onChange(show);
go(place);
