import { FEATURE_LABELS, featuresIn, isAlwaysThere } from "./features.ts";
import { readField } from "./field_types.ts";
import type { Step } from "./step.ts";
import { findResource, plain, withResource } from "./follow_up_names.ts";
import { defaultFields, isKnownResource } from "./known_resources.ts";
import { capitalized, listed, plural, singular } from "./naming.ts";
import { nameAtEnd, partsOf, readResources } from "./resources.ts";
import {
  type Feature,
  type Field,
  hasFeature,
  type ProjectSpec,
  type Resource,
  usesResources,
} from "./spec.ts";

const ADD = /^(?:add|include|introduce|put|implement|support|enable|use|with|set up)\s+(.+)$/i;
const REMOVE = /^(?:remove|delete|drop|take out|get rid of|disable)\s+(?:the\s+)?(.+)$/i;
const OF_PAGES: readonly Feature[] = ["themeToggle"];

/** "add a priority field to tasks", "tasks should have a due date", "add comments with author and text". */
export function addToResources(spec: ProjectSpec, clause: string): Step[] {
  if (!usesResources(spec)) return [];
  const having =
    /^(?:give\s+)?(.+?)\s+(?:should(?: also)? have|needs?|need|must have|get|gets|also have)\s+(.+)$/i.exec(
      clause,
    ) ??
      /^give\s+((?:each|every|all|the)?\s*\S+)\s+(.+)$/i.exec(clause);
  const owner = having ? findResource(spec, having[1] ?? "") : undefined;
  if (owner) return addFields(spec, owner, having?.[2] ?? "");
  const wish = ADD.exec(clause)?.[1];
  if (!wish) return [];
  const [, before = wish, target = ""] = /^(.+)\s+(?:to|for|in|on)\s+(.+?)$/i.exec(wish) ?? [];
  const resource = target ? findResource(spec, target) : undefined;
  const isField = /\b(?:fields?|columns?|propert(?:y|ies)|attributes?)\b/i.test(before);
  if (resource && (isField || featuresIn(before).length === 0)) {
    const thing = singular(plain(before));
    if (!isField && thing !== plain(before) && isKnownResource(thing)) {
      return addResource(spec, { name: thing, fields: [...defaultFields(thing), reference(resource)] });
    }
    return addFields(spec, resource, before);
  }
  const [first] = spec.resources;
  if (isField && first && !target) return addFields(spec, first, before);
  return addResources(spec, wish);
}

function reference({ name }: Resource): Field {
  return { name: `${name} id`.split(" ").slice(-3).join(" "), type: "text", required: true, choices: [] };
}

function addFields(spec: ProjectSpec, resource: Resource, list: string): Step[] {
  const text = list.replace(
    /^(?:the\s+|an?\s+)?(?:new\s+)?(?:field|column|property|attribute)s?(?:\s+(?:called|named|for))?\s*:?\s*/i,
    "",
  )
    .replace(/\s+(?:field|column|propertie|property|attribute)s\b/i, "")
    .replace(/\s+(?:field|column|property|attribute)\b(?=\s*(?:\(|$|,|and\b|with\b))/i, "")
    .replace(/\s+with\s+(?:the\s+)?(?:values?|options?|choices)?\s*:?\s*([^()]+)$/i, " ($1)");
  const all = partsOf(text).map((part) => readField(part));
  const fields = all.flatMap((field) => field ?? []);
  if (fields.length === 0 || fields.length < all.length) return [];
  const [known, fresh] = [true, false].map((isKnown) =>
    fields.filter(({ name }) => resource.fields.some((field) => field.name === name) === isKnown)
  );
  const steps: Step[] = [];
  const title = `Added ${fields[0]?.name ?? "field"}`.split(" ").slice(0, 3).join(" ");
  if (known && known.length > 0) {
    const names = listed(known.map(({ name }) => name));
    steps.push({ spec, already: `${capitalized(plural(resource.name))} have ${names} already`, title });
  }
  if (fresh && fresh.length > 0) {
    const names = listed(fresh.map(({ name }) => name));
    const next = { ...resource, fields: [...resource.fields, ...fresh] };
    steps.push({
      spec: withResource(spec, resource, next),
      did: `${capitalized(plural(resource.name))} have ${names} now`,
      title,
    });
  }
  return steps;
}

/** "add comments with author and text", "add a resource comments", "add users and orders". */
function addResources(spec: ProjectSpec, wish: string): Step[] {
  const named =
    /^(?:an?\s+|the\s+)?(?:new\s+)?(?:resources?|endpoints?|entit(?:y|ies)|tables?|collections?|routes?)\s*:?(?:\s+(?:for|called|named))?\s+(.+)$/i
      .exec(wish)?.[1];
  const isNamed = named !== undefined ||
    /\b(?:resource|endpoint|entity|table|collection|route)s?\b/i.test(wish);
  const hasList = /\b(?:with|having|mit)\b/i.test(wish);
  const isKnown = partsOf(wish).every((part) => isKnownResource(nameAtEnd(part) ?? ""));
  const text = named ?? wish;
  const isResource = /\bresources?\b/i.test(wish) || hasList;
  const looksRight = partsOf(text).every((part) =>
    isKnownResource(nameAtEnd(part) ?? "") || singular(plain(part)) !== plain(part)
  );
  if (isNamed && !isResource && !looksRight) return [];
  if (!isNamed && !(hasList && featuresIn(text).length === 0) && !isKnown) return [];
  const found = hasList
    ? readResources(`for ${text}`)
    : partsOf(text).flatMap((part) => nameAtEnd(part) ?? []).map((name) => ({
      name,
      fields: defaultFields(name),
    }));
  return found.flatMap((resource) => addResource(spec, resource)).reduce<Step[]>((steps, step) => {
    const last = steps.at(-1)?.spec;
    const added = step.spec.resources.at(-1);
    const merged = last && step.did && added ? { ...last, resources: [...last.resources, added] } : step.spec;
    return [...steps, { ...step, spec: merged }];
  }, []);
}

function addResource(spec: ProjectSpec, resource: Resource): Step[] {
  const title = `Added ${plural(resource.name)}`.split(" ").slice(0, 3).join(" ");
  if (findResource(spec, resource.name)) {
    return [{ spec, already: `There are ${plural(resource.name)} already`, title }];
  }
  const names = listed(resource.fields.map(({ name }) => name));
  return [{
    spec: { ...spec, resources: [...spec.resources, resource] },
    did: `There are ${plural(resource.name)} now, with ${names}`,
    title,
  }];
}

/** "add a due date": what is certainly a field by its name, for the first resource. */
export function addKnownFields(spec: ProjectSpec, clause: string): Step[] {
  const [resource] = spec.resources;
  const fields = partsOf(ADD.exec(clause)?.[1] ?? "").map((part) => readField(part));
  const isCertain = fields.length > 0 && fields.every((field) => field && field.type !== "text");
  return isCertain && resource && usesResources(spec)
    ? addFields(spec, resource, ADD.exec(clause)?.[1] ?? "")
    : [];
}

/** "add authentication and search". All parts of the wish must be features; else nothing is done. */
export function addFeatures(spec: ProjectSpec, clause: string): Step[] {
  const wish = ADD.exec(clause)?.[1] ??
    (/^(?:make\s+.+\b(?:searchable|sortable|protected)|(?:require|protect)\b.+)$/i.test(clause)
      ? clause
      : undefined);
  if (!wish) return [];
  const steps: Step[] = [];
  const seen = new Set<Feature>();
  let current = spec;
  for (
    const part of partsOf(
      wish.replace(/\s+(?:to|for)\s+(?:the\s+)?(?:api|app|project|everything|all|list|it|\S+)$/i, ""),
    )
  ) {
    const features = featuresIn(part).filter((feature) => !seen.has(feature));
    const isSeen = featuresIn(part).length > features.length;
    if (features.length === 0 && isSeen) continue;
    if (features.length === 0 && !isAlwaysThere(part)) return [];
    if (features.length === 0) {
      steps.push({ spec: current, already: `${capitalized(plain(part))} is there already`, title: "" });
    }
    for (const feature of features) {
      seen.add(feature);
      const step = addFeature(current, feature);
      current = step.spec;
      steps.push(step);
    }
  }
  return steps;
}

function addFeature(spec: ProjectSpec, feature: Feature): Step {
  const label = FEATURE_LABELS[feature];
  const title = `Added ${feature === "auth" ? "auth" : label}`;
  const isThere = hasFeature(spec, feature) || (feature === "tests" && spec.kinds.includes("api")) ||
    (feature === "search" && !spec.kinds.includes("api") && spec.design === "records");
  if (isThere) {
    return { spec, already: `${capitalized(label)} ${/s$/.test(label) ? "are" : "is"} there already`, title };
  }
  const isForPage = OF_PAGES.includes(feature);
  const fits = spec.kinds.includes(isForPage ? "ui" : "api");
  if (!fits) {
    const what = isForPage ? "a page" : "an API";
    return { spec, already: `${capitalized(label)} needs ${what}, which this project is not`, title };
  }
  return { spec: { ...spec, features: [...spec.features, feature] }, did: DONE[feature], title };
}

const DONE: Readonly<Record<Feature, string>> = {
  auth:
    "Requests need a bearer token: register at `POST /auth/register`, log in at `POST /auth/login`; passwords are hashed with scrypt",
  rateLimit: "A client may send 120 requests a minute and gets `429` beyond that",
  openapi: "`GET /openapi.json` describes the API, made from the rules that requests are checked against",
  cors: "Pages of other origins may call the API",
  logging: "Every request is logged",
  search: "Lists take `?search=` and show only what holds the text",
  sorting: "Lists take `?sort=field` and `?sort=-field`",
  themeToggle: "There is a button that switches between light and dark",
  tests: "There are tests",
};

/** "remove the body field", "remove search", "remove comments". */
export function removeThings(spec: ProjectSpec, clause: string): Step[] {
  const wish = REMOVE.exec(clause)?.[1];
  if (!wish) return [];
  const [, what = wish, where] = /^(.+?)\s+(?:from|of|in)\s+(.+)$/i.exec(wish) ?? [];
  const name = plain(what).replace(/\s+(?:field|column|property|attribute|resource|endpoint|page)s?$/, "");
  if (usesResources(spec)) {
    const resource = where ? undefined : findResource(spec, name);
    if (resource && !/\bfield\b/i.test(what)) return [removeResource(spec, resource)];
    const owner = where
      ? findResource(spec, where)
      : spec.resources.find(({ fields }) => fields.some((field) => field.name === name));
    if (owner?.fields.some((field) => field.name === name)) return [removeField(spec, owner, name)];
  }
  return featuresIn(what).map((feature) => {
    const label = FEATURE_LABELS[feature];
    const title = "Removed feature";
    if (!hasFeature(spec, feature)) return { spec, already: `There is no ${label} to remove`, title };
    const features = spec.features.filter((other) => other !== feature);
    return { spec: { ...spec, features }, did: `${capitalized(label)} is gone`, title };
  });
}

function removeResource(spec: ProjectSpec, resource: Resource): Step {
  const title = `Removed ${plural(resource.name)}`.split(" ").slice(0, 3).join(" ");
  if (spec.resources.length === 1) {
    return {
      spec,
      already: `${capitalized(plural(resource.name))} are all that the project keeps, so they stay`,
      title,
    };
  }
  return {
    spec: withResource(spec, resource, undefined),
    did: `${capitalized(plural(resource.name))} are gone`,
    title,
  };
}

function removeField(spec: ProjectSpec, owner: Resource, name: string): Step {
  const title = `Removed ${name}`.split(" ").slice(0, 3).join(" ");
  if (owner.fields.length === 1) {
    return { spec, already: `The ${name} is the only field of ${plural(owner.name)}, so it stays`, title };
  }
  const left = owner.fields.filter((field) => field.name !== name);
  // At least one field has to be there, or an empty thing could be made.
  const hasRequired = left.some(({ required }) => required);
  const fields = left.map((field, index) => hasRequired || index > 0 ? field : { ...field, required: true });
  return {
    spec: withResource(spec, owner, { ...owner, fields }),
    did: `${capitalized(plural(owner.name))} have no ${name} any more`,
    title,
  };
}
