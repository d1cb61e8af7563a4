import { LONGEST, shorten } from "../messages.ts";

const DEPTH = 3;
const ITEMS = 30;

/** Values as a console prints them, in one bounded text. */
export function printAll(values: readonly unknown[]): string {
  return shorten(
    values.map((value) => typeof value === "string" ? value : print(value, DEPTH, [])).join(" "),
    LONGEST.text,
  );
}

function print(value: unknown, depth: number, around: readonly object[]): string {
  if (typeof value === "string") return JSON.stringify(shorten(value, LONGEST.label));
  if (typeof value === "function") return `ƒ ${value.name || "anonymous"}()`;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  if (around.includes(value)) return "[circular]";
  try {
    return printObject(value, depth, [...around, value]);
  } catch (error) {
    // A getter or a proxy of the page threw: that is its own affair.
    return `[unreadable: ${error instanceof Error ? error.name : typeof error}]`;
  }
}

function printObject(value: object, depth: number, around: readonly object[]): string {
  if (value instanceof Error) return value.stack?.includes(value.message) ? value.stack : String(value);
  if (value instanceof Date || value instanceof RegExp) return String(value);
  if (value instanceof Element) return shorten(value.outerHTML, LONGEST.label);
  const name = Object.getPrototypeOf(value)?.constructor?.name ?? "";
  if (depth === 0) return Array.isArray(value) ? `Array(${value.length})` : `${name || "Object"} {…}`;
  const inner = (item: unknown) => print(item, depth - 1, around);
  if (Array.isArray(value)) return `[${list(value, inner)}]`;
  if (value instanceof Map) {
    return `Map(${value.size}) {${list([...value], ([key, item]) => `${inner(key)} => ${inner(item)}`)}}`;
  }
  if (value instanceof Set) return `Set(${value.size}) {${list([...value], inner)}}`;
  const fields = list(Object.entries(value), ([key, item]) => `${key}: ${inner(item)}`);
  return `${name === "Object" ? "" : `${name} `}{${fields}}`;
}

function list<Item>(items: readonly Item[], printItem: (item: Item) => string): string {
  const shown = items.slice(0, ITEMS).map(printItem);
  if (items.length > ITEMS) shown.push(`… ${items.length - ITEMS} more`);
  return shown.join(", ");
}
