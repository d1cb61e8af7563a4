import type { Step } from "./step.ts";
import { capitalized, plural, singular } from "./naming.ts";
import type { Field, ProjectSpec, Resource } from "./spec.ts";

const RENAME =
  /^(?:rename|change)\s+(?:the\s+)?(?:(?:field|resource|column)\s+)?(.+?)(?:\s+(?:field|resource|column|endpoint)s?)?(?:\s+(?:of|in|on)\s+(?:the\s+)?(.+?))?\s+(?:to|into|as)\s+(.+)$/i;
const REQUIRED =
  /^(?:make|set)\s+(?:the\s+)?(.+?)(?:\s+fields?)?(?:\s+(?:of|in|on)\s+(?:the\s+)?(.+?))?\s+(?:to be\s+|as\s+)?(required|mandatory|optional)$/i;

/** "rename notes to memos", "rename the body field to text". */
export function rename(spec: ProjectSpec, clause: string): Step[] {
  const [, from = "", where, into = ""] = RENAME.exec(clause) ?? [];
  if (!from || !into) return [];
  const old = plain(from);
  const next = plain(into);
  if (!/^\p{L}[\p{L}\p{N} -]{0,39}$/u.test(next)) return [];
  const target = where ? findResource(spec, where) : undefined;
  const resource = where ? undefined : findResource(spec, old);
  if (resource) return [renameResource(spec, resource, singular(next))];
  const owner = target ?? spec.resources.find(({ fields }) => fields.some(({ name }) => name === old));
  if (owner) return renameField(spec, owner, old, next);
  const isTitle = [spec.title.toLowerCase(), "it", "app", "the app", "project", "the project", "api", "page"]
    .includes(old);
  if (!isTitle) return [];
  const title = into.replaceAll(/^["“'„]|["”'“]$/g, "").trim();
  return [{ spec: { ...spec, title }, did: `The title is now “${title}”`, title: "New title" }];
}

/** "make the body required". */
export function changeRequired(spec: ProjectSpec, clause: string): Step[] {
  const [, what = "", where, word = ""] = REQUIRED.exec(clause) ?? [];
  if (!what) return [];
  const name = plain(what);
  const owner = where
    ? findResource(spec, where)
    : spec.resources.find(({ fields }) => fields.some((field) => field.name === name));
  if (!owner?.fields.some((field) => field.name === name)) return [];
  const required = word.toLowerCase() !== "optional";
  const fields = owner.fields.map((field) => field.name === name ? { ...field, required } : field);
  return [{
    spec: withResource(spec, owner, { ...owner, fields }),
    did: `The ${name} of ${plural(owner.name)} is ${required ? "required" : "optional"} now`,
    title: required ? "Required field" : "Optional field",
  }];
}

/** The resource that words name, in the singular or plural. */
export function findResource(spec: ProjectSpec, words: string): Resource | undefined {
  const name = plain(words).replace(/^(?:each|every|all|any)\s+/, "").replace(
    /\s+(?:resources?|table|list|form|api)$/,
    "",
  );
  return spec.resources.find((resource) => [resource.name, plural(resource.name)].includes(name)) ??
    spec.resources.find((resource) => resource.name === singular(name));
}

/** The specification with another resource, or none, in the place of one. */
export function withResource(spec: ProjectSpec, old: Resource, next: Resource | undefined): ProjectSpec {
  return {
    ...spec,
    resources: spec.resources.flatMap((resource) => resource === old ? next ?? [] : resource),
  };
}

/** Words as names are kept: lower case, without quotes and articles. */
export function plain(words: string): string {
  return words.toLowerCase().replaceAll(/["'`“”„]/g, "").replace(/^(?:the|a|an|my|our)\s+/, "").trim();
}

function renameResource(spec: ProjectSpec, resource: Resource, name: string): Step {
  const [old, next] = [capitalized(plural(resource.name)), capitalized(plural(name))];
  if (spec.resources.some((other) => other.name === name)) {
    return { spec, already: `There are ${plural(name)} already`, title: "Renamed" };
  }
  const renamed = withResource(spec, resource, { ...resource, name });
  return {
    spec: { ...renamed, title: spec.title.replaceAll(old, next) },
    did: `${old} are called ${plural(name)} now, in paths, types and texts`,
    title: `Renamed ${plural(resource.name)}`.split(" ").slice(0, 3).join(" "),
  };
}

function renameField(spec: ProjectSpec, owner: Resource, old: string, name: string): Step[] {
  const isThere = owner.fields.some((field) => field.name === old);
  if (!isThere || owner.fields.some((field) => field.name === name)) return [];
  // The type stays: a name that suggests another one would break what is stored.
  const fields: Field[] = owner.fields.map((field) => field.name === old ? { ...field, name } : field);
  return [{
    spec: withResource(spec, owner, { ...owner, fields }),
    did: `The ${old} of ${plural(owner.name)} is called ${name} now`,
    title: `Renamed ${old}`.split(" ").slice(0, 3).join(" "),
  }];
}
