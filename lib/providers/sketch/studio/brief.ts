import type { ProjectKind } from "../../../shared/mod.ts";
import { featuresIn } from "./features.ts";
import { defaultFields } from "./known_resources.ts";
import { capitalized, plural } from "./naming.ts";
import { readResources } from "./resources.ts";
import {
  type Accent,
  type Design,
  type Feature,
  type ProjectSpec,
  type Resource,
  type Theme,
} from "./spec.ts";

/** What a page is for, the first that fits. */
const DESIGN_WORDS: [Design, RegExp][] = [
  ["landing", /\b(?:landing ?page|homepage|marketing|one-?pager|product page|website for|webseite)\b/i],
  [
    "appointments",
    /\b(?:appointments?|bookings?|reservations?|scheduler|scheduling|termin(?:e|kalender|buchung)?|calendar)\b/i,
  ],
  ["market", /\b(?:crypto\w*|bitcoin|stocks?|trading|candle\w*|market dashboard|price chart|watchlist)\b/i],
  ["chat", /\b(?:chat|messenger|messaging|chat ?room|conversation)\b/i],
  ["calculator", /\b(?:calculator|taschenrechner)\b/i],
  ["timer", /\b(?:timer|pomodoro|stopwatch|countdown|stoppuhr)\b/i],
];

const DESIGN_TITLES: Readonly<Record<Design, string>> = {
  records: "Records",
  chat: "Chat",
  market: "Crypto Dashboard",
  appointments: "Appointments",
  landing: "Landing Page",
  timer: "Timer",
  calculator: "Calculator",
};

const ACCENT_WORDS: [Accent, RegExp][] = [
  ["teal", /\b(?:teal|turquoise|cyan|türkis)\b/i],
  ["blue", /\b(?:blue|blau\w*)\b/i],
  ["violet", /\b(?:violet|purple|lila|indigo)\b/i],
  ["pink", /\b(?:pink|magenta|rosa)\b/i],
  ["red", /\b(?:red|rot)\b/i],
  ["orange", /\b(?:orange|amber)\b/i],
  ["green", /\b(?:green|lime|grün\w*)\b/i],
];

const FEATURES_OF_PAGES: readonly Feature[] = ["themeToggle"];

/** The specification that a first request asks for. */
export function readBrief(request: string, kinds: readonly ProjectKind[]): ProjectSpec {
  const isApi = kinds.includes("api");
  const design = isApi ? "records" : designIn(request);
  const resources = design === "records" ? resourcesIn(request) : [];
  const features = featuresIn(request).filter((feature) =>
    feature !== "tests" && (FEATURES_OF_PAGES.includes(feature) ? kinds.includes("ui") : isApi)
  );
  return {
    title: titleIn(request) ?? (design === "landing" ? subjectIn(request) : undefined) ??
      titleOf(design, resources, isApi && !kinds.includes("ui")),
    kinds: [...kinds],
    design,
    resources,
    features,
    // A switch between dark and light is no wish for one of them.
    theme: features.includes("themeToggle") ? "auto" : themeIn(request) ?? "auto",
    accent: accentIn(request) ?? "teal",
  };
}

/** The page that fits what is asked for; lists and forms over the things named where none does. */
function designIn(request: string): Design {
  return DESIGN_WORDS.find(([, pattern]) => pattern.test(request))?.[0] ?? "records";
}

function resourcesIn(request: string): Resource[] {
  // The name of the project is no field of anything.
  const found = readResources(request.replace(NAMED, ""));
  return found.length > 0 ? found : [{ name: "item", fields: defaultFields("item") }];
}

const NAMED =
  /\b(?:called|named|titled|namens|entitled)\s+(?:["“'„]([^"”'“]{1,60})["”'“]|((?:\p{Lu}[\p{L}\p{N}]*\s?){1,4}))/u;

/** A name that a text gives: called "Mind Garden". */
function titleIn(text: string): string | undefined {
  const match = NAMED.exec(text);
  return (match?.[1] ?? match?.[2])?.trim();
}

function titleOf(design: Design, resources: readonly Resource[], isOnlyApi: boolean): string {
  if (design !== "records") return DESIGN_TITLES[design];
  const names = resources.slice(0, 2).map(({ name }) => titleCase(plural(name)));
  const title = resources.length > 2 ? `${names[0]} and more` : names.join(" and ");
  return isOnlyApi ? `${title} API` : title;
}

/** What a landing page is for, as its title: "for a small bakery" → "Small Bakery". */
function subjectIn(request: string): string | undefined {
  const words =
    /\bfor\s+(?:an?|my|our|the)\s+((?:\p{L}[\p{L}'-]*\s?){1,3})(?=$|[.,;:!?]|\b(?:with|that|which|in|on|and)\b)/iu
      .exec(request)?.[1]?.trim();
  return words === undefined ? undefined : titleCase(words);
}

function titleCase(words: string): string {
  return words.split(" ").map(capitalized).join(" ");
}

/** Light or dark, where a text asks for one of them only. */
export function themeIn(text: string): Theme | undefined {
  if (
    /\b(?:auto(?:matic)?|system|both)\b[^.]*\b(?:theme|mode|scheme)\b|\bfollow\w* the system\b/i.test(text)
  ) return "auto";
  const isDark = /\b(?:dark|dunkel\w*|night)\b/i.test(text);
  const isLight = /\b(?:light|hell|bright)\b(?!\s*weight)/i.test(text);
  if (isDark === isLight) return undefined;
  return isDark ? "dark" : "light";
}

/** The colour that a text asks for. */
export function accentIn(text: string): Accent | undefined {
  return ACCENT_WORDS.find(([, pattern]) => pattern.test(text))?.[0];
}
