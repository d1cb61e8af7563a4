import type { ApiGroup, ApiOperation, ApiReference } from "../../../components/docs/reference.ts";
import type { ApiTrial } from "../../../lib/client/docs/trial_request.ts";
import type { Document, DocumentOperation } from "./document.ts";
import { curlOf, exampleOf } from "./example.ts";
import { readSchema } from "./schema.ts";

const METHODS = ["get", "post", "put", "patch", "delete"];

/** An OpenAPI document as a page shows it; with a query only what holds all of its words. */
export function readReference(document: Document, origin: string, query: string): ApiReference {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, ApiGroup>();
  let found = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const described = methods[method];
      if (!described) continue;
      const name = described.tags?.[0] ?? "Other";
      const operation = readOperation(document, origin, method.toUpperCase(), path, described);
      const { id, summary, scope, parameters } = operation;
      const texts = [name, id, method, path, summary, scope ?? "", ...parameters.map(({ name }) => name)];
      if (!holds(texts, words)) continue;
      found++;
      const group = groups.get(name) ??
        { name, id: `group-${name.toLowerCase().replaceAll(/\W+/g, "-")}`, operations: [] };
      groups.set(name, group);
      group.operations.push(operation);
    }
  }
  const schemas = Object.entries(document.components.schemas)
    .filter(([name, schema]) => holds([name, ...Object.keys(schema.properties ?? {})], words))
    .map(([name, schema]) => ({ name, schema: readSchema(schema) }));
  return { groups: [...groups.values()], schemas, query, found };
}

function readOperation(
  document: Document,
  origin: string,
  method: string,
  path: string,
  operation: DocumentOperation,
): ApiOperation {
  const { operationId, summary = "", description = "", parameters = [], requestBody, responses } = operation;
  const body = requestBody && Object.values(requestBody.content)[0]?.schema;
  return {
    id: operationId ?? `${method.toLowerCase()}${path.replaceAll(/\W+/g, "-")}`,
    method,
    path,
    summary,
    scope: description.match(/scope `(\w+)`/)?.[1] ?? null,
    parameters: parameters.map(({ name, in: place, required = false, schema = {} }) => ({
      name,
      place,
      isRequired: required,
      schema: readSchema(schema),
    })),
    body: body ? readSchema(body) : null,
    answers: Object.entries(responses).map(([status, { description, content = {} }]) => {
      const [mediaType = null, media] = Object.entries(content)[0] ?? [];
      return { status, description, mediaType, schema: media?.schema ? readSchema(media.schema) : null };
    }),
    curl: curlOf(document, origin, method, path, operation),
    trial: trialOf(document, method, path, operation),
  };
}

/** What a form needs to send the operation. */
function trialOf(
  document: Document,
  method: string,
  path: string,
  { parameters = [], requestBody }: DocumentOperation,
): ApiTrial {
  const json = requestBody?.content["application/json"]?.schema;
  const [upload = null] = json || !requestBody ? [] : Object.keys(requestBody.content);
  return {
    method,
    path,
    parameters: parameters.map(({ name, in: place, required = false, schema = {} }) => {
      const { default: preset, enum: values } = schema;
      const example = preset ?? values?.join(" | ") ?? "";
      return { name, place, isRequired: required, example: String(example) };
    }),
    body: json ? JSON.stringify(exampleOf(json, document), null, 2) : null,
    upload,
  };
}

function holds(texts: string[], words: string[]): boolean {
  const all = texts.join("\n").toLowerCase();
  return words.every((word) => all.includes(word));
}
