import { camelCase, capitalized, kebabCase, plural } from "./naming.ts";
import type { Field, Resource } from "./spec.ts";

const EXAMPLES = 3;

/** The list of resources of a page, as code. Pages of an API begin empty, as it does. */
export function resourcesCode(resources: readonly Resource[], hasExamples: boolean): string {
  const items = resources.map((resource) => {
    const fields = resource.fields.map((field) => `      ${fieldCode(field)},`);
    const examples = hasExamples ? exampleEntries(resource).map((entry) => `      ${entry},`) : [];
    return [
      "  {",
      `    name: ${JSON.stringify(kebabCase(plural(resource.name)))},`,
      `    one: ${JSON.stringify(resource.name)},`,
      `    many: ${JSON.stringify(plural(resource.name))},`,
      "    fields: [",
      ...fields,
      "    ],",
      ...(examples.length > 0 ? ["    examples: [", ...examples, "    ],"] : ["    examples: [],"]),
      "  },",
    ].join("\n");
  });
  return `export const resources: readonly [Resource, ...Resource[]] = [\n${items.join("\n")}\n];`;
}

/** The fields that a form asks for beside its own, as code. */
export function formFieldsCode(fields: readonly Field[]): string {
  if (fields.length === 0) return "export const FIELDS: readonly Field[] = [];";
  const items = fields.map((field) => {
    const type = field.type === "list" ? "text" as const : field.type;
    return `  ${fieldCode({ ...field, type })},`;
  });
  return `export const FIELDS: readonly Field[] = [\n${items.join("\n")}\n];`;
}

function fieldCode({ name, type, required, choices }: Field): string {
  const parts = [
    `name: "${camelCase(name)}"`,
    `label: ${JSON.stringify(capitalized(name))}`,
    `type: "${type}"`,
  ];
  if (required) parts.push("required: true");
  if (type === "choice") parts.push(`choices: ${listCode(choices)}`);
  return `{ ${parts.join(", ")} }`;
}

function listCode(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

/** Some entries to look at. */
function exampleEntries(resource: Resource): string[] {
  return Array.from({ length: EXAMPLES }, (_, index) => {
    const parts = resource.fields.map((field) =>
      `${camelCase(field.name)}: ${exampleCode(field, resource, index)}`
    );
    return `{ ${parts.join(", ")} }`;
  });
}

const TITLES: Readonly<Record<string, string[]>> = {
  note: ["Ideas for the garden", "Books to read", "Questions for Monday"],
  todo: ["Water the plants", "Call the dentist", "Plan the weekend"],
  task: ["Write the outline", "Review the draft", "Send the invoice"],
  item: ["Paper, A4", "Blue pens", "Coffee beans"],
  product: ["Desk lamp", "Notebook", "Water bottle"],
  book: ["The Dispossessed", "Middlemarch", "Invisible Cities"],
  recipe: ["Tomato soup", "Pancakes", "Lentil curry"],
  movie: ["Metropolis", "Spirited Away", "Playtime"],
  expense: ["Groceries", "Train ticket", "Internet"],
  habit: ["Read for 20 minutes", "Stretch", "Write a page"],
  plant: ["Monstera", "Basil", "Aloe"],
};
const PEOPLE = ["Ada Lovelace", "Grace Hopper", "Alan Turing"];
const PERSONS = /^(?:user|person|customer|contact|employee|student|member|guest|author|owner|client)$/;
const ADDRESSES = ["ada@example.com", "grace@example.com", "alan@example.com"];
const NUMBERS = [12, 3, 48];
const MONTH_DAYS = ["2026-03-02", "2026-03-09", "2026-04-01"];

function exampleCode(field: Field, { name, fields }: Resource, index: number): string {
  switch (field.type) {
    case "number":
      return String(numberFor(field.name, index));
    case "boolean":
      return String(index === 1);
    case "date":
      return JSON.stringify(MONTH_DAYS[index] ?? "");
    case "email":
      return JSON.stringify(ADDRESSES[index] ?? "");
    case "url":
      return '"https://example.com/"';
    case "choice":
      return JSON.stringify(field.choices[index % field.choices.length] ?? "");
    case "list":
      return listCode([["home"], ["work", "soon"], ["ideas"]][index] ?? []);
    default:
      return JSON.stringify(textFor(field, name, fields[0] === field, index));
  }
}

function textFor({ name, type }: Field, resource: string, isFirst: boolean, index: number): string {
  if (PERSONS.test(resource) && isFirst || PERSONS.test(name)) return PEOPLE[index] ?? "";
  if (isFirst) return TITLES[resource]?.[index] ?? `${capitalized(resource)} ${index + 1}`;
  if (type === "long") {
    return [
      "Something short to begin with.",
      "With a bit more to say about it.",
      "To be filled in.",
    ][index] ?? "";
  }
  if (/category|type|kind/.test(name)) return ["Office", "Home", "Office"][index] ?? "";
  if (/phone|telefon/.test(name)) return `+49 30 00000${index}`;
  return `${capitalized(name)} ${index + 1}`;
}

function numberFor(name: string, index: number): number {
  if (/year|jahr/.test(name)) return [1974, 2001, 1967][index] ?? 2000;
  if (/rating|stars|score/.test(name)) return [5, 3, 4][index] ?? 4;
  if (/price|amount|cost|total|preis|betrag/.test(name)) return [24.5, 9.9, 3.25][index] ?? 1;
  return NUMBERS[index] ?? 1;
}
