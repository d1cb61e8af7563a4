import { element } from "../dom.ts";
import type { Entry, Field, Resource, Value } from "./resources.ts";

/** What can be done with an entry of the list. */
export interface EntryActions {
  change(entry: Entry): void;
  remove(entry: Entry): void;
  /** Sets one field, such as a box that is ticked. */
  set(entry: Entry, field: Field, value: Value): void;
}

/** The entries as a table, which small screens show as cards. */
export function entryTable(
  resource: Resource,
  entries: readonly Entry[],
  actions: EntryActions,
): HTMLElement {
  const head = resource.fields.map(({ label }) => element("th", { scope: "col" }, label));
  const last = element("th", { scope: "col" }, element("span", { class: "visually-hidden" }, "Actions"));
  return element(
    "table",
    { class: "entries" },
    element("thead", {}, element("tr", {}, ...head, last)),
    element("tbody", {}, ...entries.map((entry) => entryRow(resource, entry, actions))),
  );
}

/** How an entry is called where it is spoken of: by its first field. */
export function nameOf(resource: Resource, { values }: Entry): string {
  const value = values[resource.fields[0]?.name ?? ""];
  return value === undefined || typeof value === "boolean" ? resource.one : String(value);
}

function entryRow(resource: Resource, entry: Entry, actions: EntryActions): HTMLElement {
  const name = nameOf(resource, entry);
  const button = (label: string, click: () => void) =>
    element(
      "button",
      { class: "button quiet", type: "button", "aria-label": `${label} ${name}`, click },
      label,
    );
  return element(
    "tr",
    {},
    ...resource.fields.map((field) => cell(field, entry, name, actions)),
    element(
      "td",
      { class: "actions" },
      button("Edit", () => actions.change(entry)),
      button("Delete", () => actions.remove(entry)),
    ),
  );
}

function cell(field: Field, entry: Entry, name: string, actions: EntryActions): HTMLElement {
  const value = entry.values[field.name];
  const isBlank = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  const attributes = { "data-label": field.label, class: `${field.type}${isBlank ? " blank" : ""}` };
  if (field.type === "boolean") {
    const set = (event: Event) => {
      if (event.target instanceof HTMLInputElement) actions.set(entry, field, event.target.checked);
    };
    const label = `${field.label}: ${name}`;
    return element(
      "td",
      { ...attributes, class: field.type },
      element("input", { type: "checkbox", checked: value === true, "aria-label": label, change: set }),
    );
  }
  return element("td", attributes, ...(isBlank ? [] : shown(field, value)));
}

function shown({ type }: Field, value: Value): (Node | string)[] {
  if (Array.isArray(value)) {
    return [element("span", {}, ...value.map((item) => element("span", { class: "badge" }, item)))];
  }
  const text = String(value);
  switch (type) {
    case "choice":
      return [element("span", { class: "badge" }, text)];
    case "number":
      return [Number(value).toLocaleString()];
    case "date":
      return [new Date(`${text}T12:00:00`).toLocaleDateString(undefined, { dateStyle: "medium" })];
    case "email":
      return [element("a", { href: `mailto:${text}` }, text)];
    case "url":
      return /^https?:/.test(text)
        ? [element("a", { href: text, rel: "noreferrer", target: "_blank" }, text)]
        : [text];
    default:
      return [text];
  }
}
