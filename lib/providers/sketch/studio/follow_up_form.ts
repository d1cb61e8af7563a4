import { readField } from "./field_types.ts";
import { plain } from "./follow_up_names.ts";
import { capitalized, listed } from "./naming.ts";
import { partsOf } from "./resources.ts";
import type { Field, ProjectSpec } from "./spec.ts";
import type { Step } from "./step.ts";

/** What a page with a form of its own keeps, in the specification. */
const BOOKED = "appointment";
/** What every appointment has, by the names that people have for it. */
const ALWAYS =
  /^(?:(?:client |customer |patient |full )?name|e-?mail(?: address)?|day|date|time|start|length|duration|notes?|comments?|remarks?)$/;
const ADD = /^(?:add|include|introduce|put|support|with|ask for)\s+(.+)$/i;
const HAVING =
  /^(?:the\s+)?(?:appointments?|bookings?|booking form|form)\s+(?:should(?: also)? have|needs?|must have|also have|should ask for)\s+(.+)$/i;
const TO_FORM =
  /\s+(?:to|for|in|on)\s+(?:the\s+|each\s+|every\s+)?(?:appointments?|bookings?|booking form|form)$/i;
const REMOVE = /^(?:remove|delete|drop|take out)\s+(?:the\s+)?(.+?)(?:\s+field)?(?:\s+(?:from|of)\s+.+)?$/i;

/** "add a phone number field", "appointments need a room", of the page of appointments. */
export function addToForm(spec: ProjectSpec, clause: string): Step[] {
  if (spec.design !== "appointments" || spec.kinds.includes("api")) return [];
  const having = HAVING.exec(clause)?.[1];
  const added = ADD.exec(clause)?.[1] ?? "";
  const wish = having ?? added;
  const isForForm = having !== undefined || TO_FORM.test(added) || /\bfields?\b/i.test(added);
  const text = wish.replace(TO_FORM, "").replaceAll(/\s+fields?\b/gi, "")
    .replace(/^(?:the\s+|an?\s+)?(?:new\s+)?fields?\s+(?:called|named|for)?\s*/i, "");
  const all = partsOf(text).map((part) => readField(part));
  const fields = all.flatMap((field) => field ?? []);
  if (fields.length === 0 || fields.length < all.length) return [];
  const isCertain = fields.every(({ name, type }) => type !== "text" || ALWAYS.test(name));
  return isForForm || isCertain ? addFields(spec, fields) : [];
}

/** "remove the phone field". */
export function removeFromForm(spec: ProjectSpec, clause: string): Step[] {
  const name = plain(REMOVE.exec(clause)?.[1] ?? "");
  const fields = formFields(spec);
  if (spec.design !== "appointments" || !fields.some((field) => field.name === name)) return [];
  const left = fields.filter((field) => field.name !== name);
  return [{
    spec: withFields(spec, left),
    did: `Appointments have no ${name} any more`,
    title: titled("Removed", name),
  }];
}

/** The fields of the form that were asked for. */
export function formFields({ design, resources }: ProjectSpec): Field[] {
  return design === "appointments" ? resources.find(({ name }) => name === BOOKED)?.fields ?? [] : [];
}

function addFields(spec: ProjectSpec, fields: Field[]): Step[] {
  const before = formFields(spec);
  const isThere = ({ name }: Field) => ALWAYS.test(name) || before.some((field) => field.name === name);
  const fresh = fields.filter((field) => !isThere(field));
  const known = fields.filter(isThere).map(({ name }) => name);
  const title = titled("Added", fields[0]?.name ?? "field");
  const steps: Step[] = [];
  if (known.length > 0) steps.push({ spec, already: `Appointments have ${listed(known)} already`, title });
  if (fresh.length > 0) {
    const did = `Appointments have ${listed(fresh.map(({ name }) => name))} now: in the form and in the list`;
    steps.push({ spec: withFields(spec, [...before, ...fresh]), did, title });
  }
  return steps;
}

function withFields(spec: ProjectSpec, fields: Field[]): ProjectSpec {
  const others = spec.resources.filter(({ name }) => name !== BOOKED);
  return { ...spec, resources: fields.length > 0 ? [...others, { name: BOOKED, fields }] : others };
}

function titled(verb: string, name: string): string {
  return `${capitalized(verb)} ${name}`.split(" ").slice(0, 3).join(" ");
}
