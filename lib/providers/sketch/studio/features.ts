import type { Feature } from "./spec.ts";

const PATTERNS: Readonly<Record<Feature, RegExp>> = {
  auth:
    /\b(?:auth|authentication|authorization|log-?\s?ins?|sign-?\s?(?:in|up)|registration|bearer|jwt|tokens?|api[- ]keys?|passwords?|accounts?|anmeldung|authentifizierung|protected)\b/i,
  rateLimit: /\brate[- ]?limit(?:s|er|ed|ing)?\b|\bthrottl(?:e|ing)\b/i,
  openapi: /\bopen ?api\b|\bswagger\b|\bapi (?:docs|documentation|document)\b/i,
  cors: /\bcors\b|\bcross[- ]origin\b/i,
  logging: /\b(?:logging|request logs?|logger|protokollierung)\b/i,
  search: /\b(?:search|searching|searchable|full[- ]text|suche|suchen|filter(?:s|ing)?)\b/i,
  sorting: /\b(?:sort|sorts|sorted|sorting|sortable|order by|ordering|sortierung|sortieren)\b/i,
  themeToggle:
    /\b(?:dark|light|theme|colou?r scheme)(?:[- ]?(?:mode|theme))?\s+(?:toggle|switch|button|switcher)\b|\b(?:toggle|switch)\b[^.]{0,30}\b(?:dark|light|theme)\b|\btheme[- ]?switch\w*\b/i,
  tests: /\b(?:unit )?tests?\b|\btesting\b/i,
};

/** What every API has, so that asking for it changes nothing. */
const ALWAYS =
  /\b(?:validation|validate[sd]?|validated|paginat\w+|paging|paginierung|crud|error handling|json|rest|health check|in-memory)\b/i;

/** How features are called in what is said to people. */
export const FEATURE_LABELS: Readonly<Record<Feature, string>> = {
  auth: "authentication",
  rateLimit: "rate limiting",
  openapi: "OpenAPI document",
  cors: "CORS",
  logging: "request logging",
  search: "search",
  sorting: "sorting",
  themeToggle: "theme switch",
  tests: "tests",
};

/** The features that a text asks for. */
export function featuresIn(text: string): Feature[] {
  return Object.entries(PATTERNS).filter(([, pattern]) => pattern.test(text)).flatMap(([name]) =>
    isFeature(name) ? [name] : []
  );
}

/** True for a part of a list that names something a project can do, not a field. */
export function isAboutFeatures(part: string): boolean {
  return ALWAYS.test(part) || featuresIn(part).length > 0;
}

/** True for what every project has anyway. */
export function isAlwaysThere(text: string): boolean {
  return ALWAYS.test(text);
}

/** True for the name of a feature. */
export function isFeature(name: string): name is Feature {
  return Object.hasOwn(PATTERNS, name);
}
