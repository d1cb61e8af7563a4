import type { ProjectFile } from "../../../shared/mod.ts";
import { isRecord } from "../../prompt.ts";
import { isFeature } from "./features.ts";
import {
  type Accent,
  ACCENTS,
  type Design,
  DESIGNS,
  type Field,
  FIELD_TYPES,
  type FieldType,
  type ProjectSpec,
  type Resource,
  type Theme,
} from "./spec.ts";

/** The file of a project that says what it is made from, for people and for the next version. */
export const PROJECT_FILE = "project.json";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

/** The specification as that file. */
export function renderProjectFile(spec: ProjectSpec): ProjectFile {
  const resources = spec.resources.map(({ name, fields }) => [
    name,
    Object.fromEntries(fields.map((field) => [field.name, describe(field)])),
  ]);
  const value = {
    title: spec.title,
    kinds: spec.kinds,
    design: spec.design,
    theme: spec.theme,
    accent: spec.accent,
    features: spec.features,
    resources: Object.fromEntries(resources),
  };
  return { path: PROJECT_FILE, content: `${JSON.stringify(value, null, 2)}\n` };
}

/** Reads the file; undefined where it is none of this kind. */
export function readProjectFile(content: string): ProjectSpec | undefined {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!isRecord(value) || typeof value.title !== "string" || !Array.isArray(value.kinds)) return undefined;
  const kinds = value.kinds.filter((kind) => kind === "ui" || kind === "api");
  return {
    title: value.title,
    kinds: kinds.length > 0 ? kinds : ["ui"],
    design: DESIGNS.find((design): design is Design => design === value.design) ?? "records",
    theme: THEMES.find((theme) => theme === value.theme) ?? "auto",
    accent: ACCENTS.find((accent): accent is Accent => accent === value.accent) ?? "teal",
    features: textsOf(value.features).filter(isFeature),
    resources: isRecord(value.resources) ? Object.entries(value.resources).flatMap(readResource) : [],
  };
}

function readResource([name, fields]: [string, unknown]): Resource[] {
  if (!isRecord(fields)) return [];
  const read = Object.entries(fields).flatMap(([field, text]) =>
    typeof text === "string" ? [readField(field, text)] : []
  );
  return read.length > 0 ? [{ name, fields: read }] : [];
}

function describe({ type, required, choices }: Field): string {
  const kind = type === "choice" ? `one of: ${choices.join(" | ")}` : type;
  return required ? `${kind}, required` : kind;
}

function readField(name: string, text: string): Field {
  const required = /,\s*required\s*$/.test(text);
  const kind = text.replace(/,\s*required\s*$/, "").trim();
  const choices =
    /^one of:(.*)$/.exec(kind)?.[1]?.split("|").map((choice) => choice.trim()).filter(Boolean) ?? [];
  const type: FieldType = choices.length > 0
    ? "choice"
    : FIELD_TYPES.find((known) => known === kind) ?? "text";
  return { name, type, required, choices };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
