import { isAboutFeatures } from "./features.ts";
import { readField } from "./field_types.ts";
import { defaultFields, isKnownResource, knownWords, thingOf } from "./known_resources.ts";
import { plural, singular } from "./naming.ts";
import type { Field, Resource } from "./spec.ts";

const RESOURCES_MAX = 8;
const FIELDS_MAX = 20;
/** Between a thing and its fields. */
const HAS =
  /\s*(?:\bwith\b(?: the)?(?: (?:fields?|properties|columns|attributes|feldern))?|\bhaving\b|\bcontaining\b|\bthat ha(?:s|ve)\b|\bwhich ha(?:s|ve)\b|\bha(?:s|ve)\b|\bmit\b(?: den)?(?: feldern)?|\bfields:|(?<=\w)\s*\((?=[^)]*,))\s*:?\s*/gi;
/** Words that end the name of a thing, seen from its end. */
const BEFORE_NAME = new Set(
  ("a an the for of to and or manage managing manages store storing stores track tracking keep keeping my our their with " +
    "plus each every build create make write me simple small rest restful crud api apis ui app let lets can delete update read edit search filter sort remove change which that " +
    "handle handling where i want need für und eine ein einen verwalten von mit der die das personal list lists show shows also " +
    "add new resource resources endpoint endpoints entity table about modern minimal beautiful nice web")
    .split(" "),
);
/** Words behind a name that say what is built with it. */
const WHAT_IS_BUILT =
  /\s+(?:app|apps|application|api|manager|management|tracker|list|lists|system|tool|database|collection|service|backend|server|page|website|project|dashboard|board|organi[sz]er|planner|catalog(?:ue)?|ui|resources?|endpoints?|entity|entities|table|planer|verwaltung|liste|crud)$/;
const NO_THING = new Set(
  ("app application api system service page website server backend tool it project ui interface dashboard one thing crud rest form " +
    "button everything version list user-friendly something data table filter view frontend page pages design layout")
    .split(" "),
);

/** The things that a text wants kept, with their fields; those of the first kind that is named where none have fields. */
export function readResources(text: string): Resource[] {
  const found = new Map<string, Field[]>();
  for (const { name, fields } of withFields(text)) {
    if (fields.length > 0 || !found.has(name)) found.set(name, [...(found.get(name) ?? []), ...fields]);
  }
  const names = found.size > 0 ? [...found.keys()] : [];
  for (const name of namedAfterFor(text)) if (!names.includes(name)) names.push(name);
  if (names.length === 0) names.push(...knownIn(text).slice(0, 1));
  return names.slice(0, RESOURCES_MAX).map((name) => {
    const fields = found.get(name) ?? [];
    return { name, fields: fields.length > 0 ? withFirstRequired(fields) : defaultFields(name) };
  });
}

/** "notes with title and body": each thing with the list behind it. */
function withFields(text: string): Resource[] {
  return sentencesOf(text).flatMap((sentence) => {
    const all = [...sentence.matchAll(HAS)];
    // Parentheses open a list only where nothing else did: "status (open, done)" stands within one.
    const marks = all.filter((mark, index) =>
      index === 0 || !mark[0].includes("(") || all[0]?.[0].includes("(")
    );
    return marks.flatMap((mark, index) => {
      const from = index === 0 ? 0 : (marks[index - 1]?.index ?? 0);
      const name = nameAtEnd(sentence.slice(from, mark.index));
      if (!name) return [];
      const until = marks[index + 1]?.index ?? sentence.length;
      let list = sentence.slice(mark.index + mark[0].length, until);
      if (index + 1 < marks.length) list = withoutNextName(list);
      if (mark[0].includes("(")) list = list.replace(/\).*$/, "");
      return [{ name, fields: readFields(list) }];
    });
  });
}

/** The list ends before the last thing in it, which has a list of its own: "title and body and users" → "title and body". */
function withoutNextName(list: string): string {
  return list.replace(/(?:\s*(?:,|;|\band\b|\bund\b|\bplus\b)\s*)+[^,;]*?$/i, (end) => {
    const last = end.match(/.*\b(?:and|und|plus)\b|.*[,;]/i)?.[0] ?? "";
    return last.replace(/\b(?:and|und|plus)\b$|[,;]$/i, "");
  });
}

/** The fields of a list; it ends with the first part that is no field. */
function readFields(list: string): Field[] {
  const fields: Field[] = [];
  for (const part of partsOf(list)) {
    if (isAboutFeatures(part) && !/\(|:/.test(part)) continue;
    const field = readField(part);
    if (!field) {
      if (/^(?:an? )?(?:id|ids|timestamps|created at|updated at)$/i.test(part)) continue;
      break;
    }
    if (fields.some(({ name }) => name === field.name)) continue;
    fields.push(field);
    if (fields.length === FIELDS_MAX) break;
  }
  return fields;
}

/** The parts of a list, cut at commas, semicolons and "and" outside of parentheses. */
export function partsOf(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const token of list.match(/[(),;]|\s+(?:and|und|plus|as well as)\s+|&|[^\s(),;&]+|\s+/gi) ?? []) {
    if (token === "(") depth++;
    if (token === ")") depth = Math.max(0, depth - 1);
    const isCut = depth === 0 && /^(?:[,;&]|\s+(?:and|und|plus|as well as)\s+)$/i.test(token);
    if (isCut) parts.push(part);
    part = isCut ? "" : part + token;
  }
  return [...parts, part].map((text) => text.trim().replace(/^(?:and|und)\s+/i, "")).filter(Boolean);
}

/** The thing that the end of a text names, singular; undefined for one that is too general. */
export function nameAtEnd(text: string): string | undefined {
  let words = text.toLowerCase().replaceAll(/["'`*]/g, "").replace(/.*[,;:(]/, "").trim();
  for (let before = ""; before !== words;) {
    before = words;
    words = words.replace(WHAT_IS_BUILT, "");
  }
  const name: string[] = [];
  for (const word of words.split(/\s+/).toReversed()) {
    if (name.length === 2 || BEFORE_NAME.has(word) || !/^\p{L}[\p{L}-]*$/u.test(word)) break;
    name.unshift(word);
  }
  const found = thingOf(singular(name.join(" ")));
  if (name.length === 0 || NO_THING.has(found)) return undefined;
  const last = thingOf(singular(name.at(-1) ?? ""));
  // "simple notes" are notes, but "blog posts" are more than posts.
  return !isKnownResource(found) && isKnownResource(last) && name.length > 1 && isAdjective(name[0] ?? "")
    ? last
    : found;
}

function isAdjective(word: string): boolean {
  return /(?:y|al|ive|ful|ed|ern|ish|able|ic|ple|le|ll|ck|st)$/.test(word);
}

/** "API for notes and users", "manage books": things without fields. */
function namedAfterFor(text: string): string[] {
  return sentencesOf(text).flatMap((sentence) => {
    const match =
      /\b(?:for|manag(?:e|es|ing)|track(?:s|ing)?|stor(?:e|es|ing)|crud (?:of|for)|list of|resources?:?|für|verwaltet)\s+((?:(?!\b(?:with|mit|having|that|which|where|so|using|in|on)\b)[^.;])+)/i
        .exec(sentence);
    return partsOf(match?.[1] ?? "").flatMap((part) => {
      if (isAboutFeatures(part) || part.split(/\s+/).length > 4) return [];
      const name = nameAtEnd(part);
      const isThing = name !== undefined &&
        (isKnownResource(name) || looksLikePlural(part) || knownIn(part).length > 0);
      return isThing ? [name] : [];
    });
  });
}

function looksLikePlural(part: string): boolean {
  const words = part.toLowerCase().trim().replace(WHAT_IS_BUILT, "");
  return singular(words) !== words;
}

/** The known things that a text speaks of, in their order. */
function knownIn(text: string): string[] {
  const lower = text.toLowerCase();
  const hits = knownWords().flatMap((word) => {
    const at = lower.search(
      new RegExp(`\\b(?:${RegExp.escape(word)}|${RegExp.escape(plural(word))})\\b`, "u"),
    );
    return at < 0 ? [] : [{ at, name: thingOf(word) }];
  });
  return [...new Set(hits.toSorted((a, b) => a.at - b.at).map(({ name }) => name))];
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+|\n+|;\s+/).map((part) => part.trim().replace(/[.!?]+$/, "")).filter(
    Boolean,
  );
}

function withFirstRequired(fields: Field[]): Field[] {
  const isSaid = fields.some(({ required }) => required);
  return fields.map((field, index) =>
    isSaid ? field : { ...field, required: index === 0 && field.type !== "boolean" && field.type !== "list" }
  );
}
