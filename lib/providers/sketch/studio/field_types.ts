import type { Field, FieldType } from "./spec.ts";

const STATUS = ["open", "in progress", "done"];
const PRIORITY = ["low", "medium", "high"];

/** What a name says of its type, the first that fits. */
const BY_NAME: [RegExp, FieldType, string[]?][] = [
  [/\b(?:status|state|stage|zustand)$/, "choice", STATUS],
  [/\b(?:priority|priorität|urgency|severity)$/, "choice", PRIORITY],
  [/\be-?mail\b/, "email"],
  [/\b(?:url|link|website|homepage|web ?site|webseite)\b/, "url"],
  [/\b(?:phone|serial|tracking|order|invoice|room|house) number$|\b(?:phone|telefon)\b/, "text"],
  [/\b(?:tags?|labels?|keywords|ingredients|zutaten|genres|skills|topics|schlagworte)$/, "list"],
  [/^(?:is|has|can)\b/, "boolean"],
  [
    /\b(?:done|completed?|finished|active|published|archived|favou?rite|available|paid|enabled|read|erledigt|aktiv|in stock|visible|verified)$/,
    "boolean",
  ],
  [
    /\b(?:date|day|deadline|birthday|due|datum|fällig|geburtstag|start|end|begin|published at|expires|expiry)$|\b(?:at|on)$/,
    "date",
  ],
  [
    /\b(?:price|amount|quantity|count|age|year|rating|stock|total|cost|costs|weight|height|width|length|number|duration|score|pages|calories|salary|budget|capacity|minutes|hours|servings|points|level|preis|anzahl|menge|alter|jahr|betrag|gewicht|distance|size|mileage|seats|stars|balance|percent)$/,
    "number",
  ],
  [
    /\b(?:body|description|content|contents|text|notes?|comment|message|bio|biography|summary|instructions|details|review|beschreibung|inhalt|steps|answer|about)$/,
    "long",
  ],
];

/** What people call the types. */
const BY_WORD: Readonly<Record<string, FieldType>> = {
  text: "text",
  string: "text",
  str: "text",
  varchar: "text",
  "short text": "text",
  "long text": "long",
  multiline: "long",
  textarea: "long",
  markdown: "long",
  number: "number",
  numeric: "number",
  int: "number",
  integer: "number",
  float: "number",
  decimal: "number",
  zahl: "number",
  money: "number",
  boolean: "boolean",
  bool: "boolean",
  checkbox: "boolean",
  flag: "boolean",
  "yes/no": "boolean",
  "true/false": "boolean",
  date: "date",
  datetime: "date",
  day: "date",
  datum: "date",
  email: "email",
  "e-mail": "email",
  url: "url",
  link: "url",
  list: "list",
  array: "list",
  strings: "list",
  tags: "list",
  liste: "list",
};

const FLAGS: Readonly<Record<string, boolean>> = {
  required: true,
  mandatory: true,
  pflicht: true,
  optional: false,
};
const NAME_LENGTH_MAX = 40;
const FILLER =
  /^(?:(?:a|an|the|its|their|his|her|some|one|every|each|new|also|as well as|plus|ein|eine|einen|der|die|das)\s+)+/;
/** Names that every stored thing has anyway. */
const OWN_NAMES = new Set(["id", "ids", "created at", "updated at", "createdat", "updatedat", "timestamps"]);

/**
 * A field out of one part of a list, such as "due date", "price (number, required)", "optional notes" or
 * "status (open, done)"; undefined for what is no name of a field.
 */
export function readField(part: string): Field | undefined {
  const match = /^([^(:=]+?)\s*(?:\(([^)]*)\)|[:=]\s*(.+)|\bas\s+(?:an?\s+)?(.+))?$/.exec(part.trim());
  if (!match) return undefined;
  let name = (match[1] ?? "").toLowerCase().replaceAll(/["'`*_]/g, " ").replaceAll(/\s+/g, " ").trim();
  name = name.replace(FILLER, "");
  let required: boolean | undefined;
  name = name.replace(/^(required|mandatory|optional)\s+/, (_, flag: string) => {
    required = FLAGS[flag];
    return "";
  });
  let given = (match[2] ?? match[3] ?? match[4] ?? "").trim();
  const named = /^(.+?) (string|integer|boolean|bool|array)$/.exec(name);
  if (named && !given) [, name = name, given = ""] = named;
  name = name.replace(/\s+(?:field|column|property|attribute|feld)s?$/, "");
  if (OWN_NAMES.has(name) || !isName(name)) return undefined;
  return { ...typed(name, given), name, required: required ?? FLAGS[flagIn(given)] ?? false };
}

function isName(name: string): boolean {
  return /^\p{L}[\p{L}\p{N} -]*$/u.test(name) && name.length <= NAME_LENGTH_MAX &&
    name.split(" ").length <= 3;
}

function flagIn(given: string): string {
  return given.toLowerCase().split(/[\s,]+/).find((word) => Object.hasOwn(FLAGS, word)) ?? "";
}

function typed(name: string, given: string): { type: FieldType; choices: string[] } {
  const parts = given.toLowerCase().replace(/^(?:an?\s+|enum:?\s*|one of:?\s*|choice:?\s*|either\s+)+/, "")
    .split(/\s*(?:,|\||\/|\bor\b|\band\b|\boder\b)\s*/)
    .map((part) => part.replaceAll(/["'`.]/g, "").trim())
    .filter((part) => part !== "" && !Object.hasOwn(FLAGS, part));
  const word = BY_WORD[given.toLowerCase().trim()] ?? BY_WORD[parts[0] ?? ""];
  if (word && parts.length <= 2) return { type: word, choices: [] };
  const choices = [...new Set(parts)].filter((part) => part.length <= NAME_LENGTH_MAX);
  if (choices.length >= 2) return { type: "choice", choices };
  return inferred(name);
}

/** The type that a name suggests. */
function inferred(name: string): { type: FieldType; choices: string[] } {
  const rule = BY_NAME.find(([pattern]) => pattern.test(name));
  return { type: rule?.[1] ?? "text", choices: [...(rule?.[2] ?? [])] };
}
