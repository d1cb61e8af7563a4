import { readField } from "./field_types.ts";
import type { Field } from "./spec.ts";

/** The fields of what people often ask for, where they name none. */
const FIELDS: Readonly<Record<string, string>> = {
  note: "title; body; tags",
  todo: "title; done; due date; priority",
  task: "title; status; due date; priority",
  user: "name; email (required)",
  product: "name; description; price; stock",
  item: "name; quantity; price; category",
  order: "customer; total; status (new, paid, shipped)",
  book: "title; author; year; read",
  post: "title; body; tags; published",
  "blog post": "title; body; tags; published",
  article: "title; body; tags; published",
  comment: "author; text",
  message: "author; text; room",
  room: "name; topic",
  event: "title; date; location; description",
  contact: "name; email; phone; notes",
  customer: "name; email; phone; company",
  employee: "name; email; position; salary",
  invoice: "customer; amount; due date; paid",
  expense: "title; amount; date; category",
  recipe: "title; ingredients; instructions; minutes",
  movie: "title; year; rating; watched (boolean)",
  bookmark: "title; url (required); tags",
  project: "name; description; status; deadline",
  category: "name; description",
  habit: "name; days per week (number); active",
  appointment: "customer; date (required); time; reason; confirmed (boolean)",
  plant: "name; location; last watered (date); notes",
  student: "name; email; age",
  course: "title; description; capacity",
  ticket: "title; description; status; priority",
  pet: "name; species; age",
  song: "title; artist; year; genres",
  coin: "name; symbol; price; amount",
  car: "model; brand; year; price",
  notiz: "titel; text; tags",
  aufgabe: "titel; status; fällig; priorität",
  kunde: "name; email; telefon",
  produkt: "name; beschreibung; preis",
  buch: "titel; autor; jahr",
  termin: "kunde; datum (date, required); zeit; grund",
};

/** What a name stands for that is no thing itself: an inventory holds items. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  inventory: "item",
  blog: "post",
  shop: "product",
  store: "product",
  shopping: "item",
  "to do": "todo",
  "to-do": "todo",
  library: "book",
  chat: "message",
  budget: "expense",
  finance: "expense",
  crm: "contact",
  "address book": "contact",
  booking: "appointment",
  calendar: "event",
  crypto: "coin",
  portfolio: "project",
  reading: "book",
  kanban: "task",
  notebook: "note",
  journal: "note",
  diary: "note",
  todoliste: "todo",
  cookbook: "recipe",
};

/** The name of the thing that is meant: "inventory" → "item". */
export function thingOf(name: string): string {
  return STANDS_FOR[name] ?? name;
}

/** True for what a project often keeps. */
export function isKnownResource(name: string): boolean {
  return Object.hasOwn(FIELDS, name);
}

/** The names that are known, the longest first. */
export function knownWords(): string[] {
  return [...Object.keys(FIELDS), ...Object.keys(STANDS_FOR)].toSorted((a, b) => b.length - a.length);
}

/** The fields of a thing for which none were named. */
export function defaultFields(name: string): Field[] {
  const texts = (FIELDS[name] ?? "name; description").split("; ");
  return texts.flatMap((text) => readField(text) ?? []).map((field, index) =>
    index === 0 ? { ...field, required: true } : field
  );
}
