import type { Document, DocumentOperation, JsonSchema } from "./document.ts";
import { nameOf } from "./schema.ts";

const DEPTH_MAX = 5;

/** A command line that calls an operation, with values that its schemas allow at least by their types. */
export function curlOf(
  document: Document,
  origin: string,
  method: string,
  path: string,
  operation: DocumentOperation,
): string {
  const { parameters = [], requestBody, responses } = operation;
  const query = parameters.filter((parameter) => parameter.in === "query" && parameter.required)
    .map(({ name, schema = {} }) => `${name}=${encodeURIComponent(String(exampleOf(schema, document)))}`);
  const url = `${origin}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}`;
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"${url}${query.length > 0 ? "?" : ""}${query.join("&")}"`,
  ];
  lines.push(`-H "authorization: Bearer $FRESHET_KEY"`);
  const body = requestBody?.content["application/json"]?.schema;
  if (body) {
    lines.push(
      `-H "content-type: application/json"`,
      `-d ${quoted(JSON.stringify(exampleOf(body, document)))}`,
    );
  }
  const [upload] = body || !requestBody ? [] : Object.keys(requestBody.content);
  if (upload === "multipart/form-data") lines.push("-F file=@FILE");
  else if (upload !== undefined) lines.push(`-H "content-type: ${upload}"`, "--data-binary @FILE");
  const isStream = Object.values(responses).some(({ content = {} }) => "text/event-stream" in content);
  if (isStream) lines.push("--no-buffer");
  return lines.join(" \\\n  ");
}

/** A value of a schema: with the fields it needs, or the first one where it needs none. */
export function exampleOf(schema: JsonSchema, document: Document, depth = 0): unknown {
  const name = nameOf(schema.$ref);
  if (name !== null) {
    const named = document.components.schemas[name];
    return named && depth < DEPTH_MAX ? exampleOf(named, document, depth + 1) : {};
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const variant = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (variant && !schema.properties) return exampleOf(variant, document, depth + 1);
  switch ([schema.type].flat()[0]) {
    case "object":
      return objectOf(schema, document, depth);
    case "array":
      return schema.items && depth < DEPTH_MAX ? [exampleOf(schema.items, document, depth + 1)] : [];
    case "string":
      return schema.format === "uri" ? "https://example.com" : "text";
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return true;
    default:
      return null;
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema, document: Document, depth: number) {
  if (depth >= DEPTH_MAX) return {};
  const first = Object.keys(properties).slice(0, 1);
  const names = required.length > 0 ? required : first;
  return Object.fromEntries(
    names.map((name) => [name, exampleOf(properties[name] ?? {}, document, depth + 1)]),
  );
}

/** As one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
