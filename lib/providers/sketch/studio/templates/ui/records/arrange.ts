import type { Entry, Field, Resource, Value } from "./resources.ts";

/** What the list shows, and in which order. */
export interface Arrangement {
  search: string;
  /** The name of a field; empty for the order in which entries were added. */
  sort: string;
  /** Only entries with this value, by the name of a field; empty for all. */
  filters: Record<string, string>;
}

/** The entries that are wanted, in the order that is wanted. */
export function arranged(resource: Resource, entries: readonly Entry[], arrangement: Arrangement): Entry[] {
  const wanted = entries.filter((entry) => isWanted(entry, arrangement));
  const field = resource.fields.find(({ name }) => name === arrangement.sort);
  return field ? wanted.sort((a, b) => compare(a.values[field.name], b.values[field.name], field)) : wanted;
}

function isWanted({ values }: Entry, { search, filters }: Arrangement): boolean {
  const text = search.trim().toLowerCase();
  const holds = Object.values(values).some((value) => String(value).toLowerCase().includes(text));
  return (text === "" || holds) &&
    Object.entries(filters).every(([name, value]) => value === "" || values[name] === value);
}

/** What lacks a value comes last; choices are in the order of their list. */
function compare(a: Value | undefined, b: Value | undefined, { choices = [] }: Field): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (choices.length > 0) return choices.indexOf(String(a)) - choices.indexOf(String(b));
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
