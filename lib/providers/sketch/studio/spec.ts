import type { ProjectKind } from "../../../shared/mod.ts";

/** What a field holds. `long` is text of several lines, `list` some short texts. */
export const FIELD_TYPES = [
  "text",
  "long",
  "number",
  "boolean",
  "date",
  "email",
  "url",
  "choice",
  "list",
] as const;

/** One of `FIELD_TYPES`. */
export type FieldType = typeof FIELD_TYPES[number];

/** A field of a resource. */
export interface Field {
  /** In words: "due date". */
  name: string;
  type: FieldType;
  required: boolean;
  /** For `choice`; the first is the default. */
  choices: string[];
}

/** A kind of thing that a project keeps. */
export interface Resource {
  /** Singular, in words: "blog post". */
  name: string;
  fields: Field[];
}

/** What a project can do beside the basics. */
export const FEATURES = [
  "auth",
  "rateLimit",
  "openapi",
  "cors",
  "logging",
  "search",
  "sorting",
  "themeToggle",
  "tests",
] as const;

/** One of `FEATURES`. */
export type Feature = typeof FEATURES[number];

/** The page that a UI project is built on. */
export const DESIGNS = [
  "records",
  "chat",
  "market",
  "appointments",
  "landing",
  "timer",
  "calculator",
] as const;

/** One of `DESIGNS`. */
export type Design = typeof DESIGNS[number];

/** `auto` follows the system of who looks at it. */
export type Theme = "auto" | "light" | "dark";

/** The colours a page can be given. */
export const ACCENTS = ["teal", "blue", "violet", "pink", "red", "orange", "green"] as const;

/** One of `ACCENTS`. */
export type Accent = typeof ACCENTS[number];

/** All that a project is made from: the same specification always gives the same files. */
export interface ProjectSpec {
  title: string;
  kinds: ProjectKind[];
  design: Design;
  resources: Resource[];
  features: Feature[];
  theme: Theme;
  accent: Accent;
}

/** True where the project has the feature. */
export function hasFeature(spec: ProjectSpec, feature: Feature): boolean {
  return spec.features.includes(feature);
}

/** True where the resources show in the files: every API, and pages that list them. */
export function usesResources({ kinds, design }: ProjectSpec): boolean {
  return kinds.includes("api") || design === "records";
}
