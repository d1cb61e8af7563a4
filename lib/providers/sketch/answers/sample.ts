import { isRecord } from "../../prompt.ts";

const MAX_DEPTH = 8;

const FORMATS: Record<string, string> = {
  "date": "2025-01-31",
  "date-time": "2025-01-31T12:30:00Z",
  "time": "12:30:00Z",
  "email": "sketch@example.com",
  "hostname": "example.com",
  "ipv4": "192.0.2.1",
  "uri": "https://example.com/",
  "url": "https://example.com/",
  "uuid": "00000000-0000-4000-8000-000000000000",
};

/** A value that fits a JSON Schema of the usual kind: types, enums, formats, bounds, references and combinations. */
export function sampleValue(schema: unknown, name = "value"): unknown {
  return sample(schema, name, schema, 0);
}

function sample(schema: unknown, name: string, root: unknown, depth: number): unknown {
  if (!isRecord(schema) || depth > MAX_DEPTH) return null;
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  if (schema.default !== undefined) return schema.default;
  if (typeof schema.$ref === "string") return sample(resolve(schema.$ref, root), name, root, depth + 1);
  for (const key of ["anyOf", "oneOf"]) {
    const choices = schema[key];
    if (Array.isArray(choices)) return sample(choices[0], name, root, depth + 1);
  }
  if (Array.isArray(schema.allOf)) {
    const parts = schema.allOf.map((part) => sample(part, name, root, depth + 1));
    return Object.assign(
      {},
      ...parts.filter(isRecord),
      schema.properties ? sampleObject(schema, root, depth) : {},
    );
  }
  return sampleOfType(schema, name, root, depth);
}

function sampleOfType(schema: Record<string, unknown>, name: string, root: unknown, depth: number): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "string":
      return sampleString(schema, name);
    case "integer":
    case "number":
      return sampleNumber(schema, type);
    case "boolean":
      return true;
    case "null":
      return null;
    case "array":
      return sampleArray(schema, name, root, depth);
    default:
      return isRecord(schema.properties) || type === "object"
        ? sampleObject(schema, root, depth)
        : `a ${name}`;
  }
}

function sampleString(schema: Record<string, unknown>, name: string): string {
  const format = typeof schema.format === "string" ? FORMATS[schema.format] : undefined;
  if (format) return format;
  const text = `a ${name}`.padEnd(numberOr(schema.minLength, 0), ".");
  return text.slice(0, numberOr(schema.maxLength, text.length));
}

function sampleNumber(schema: Record<string, unknown>, type: string): number {
  const step = numberOr(schema.multipleOf, type === "integer" ? 1 : 0.5);
  const exclusive = numberOr(schema.exclusiveMinimum, -Infinity);
  const least = Math.max(numberOr(schema.minimum, -Infinity), exclusive);
  const most = Math.min(numberOr(schema.maximum, Infinity), numberOr(schema.exclusiveMaximum, Infinity));
  if (1 > exclusive && 1 >= least && 1 < most && Number.isInteger(1 / step)) return 1;
  if (!Number.isFinite(least)) return Number.isFinite(most) ? (Math.ceil(most / step) - 1) * step : step;
  const first = Math.ceil(least / step) * step;
  return first > exclusive ? first : first + step;
}

function sampleArray(schema: Record<string, unknown>, name: string, root: unknown, depth: number): unknown[] {
  if (Array.isArray(schema.prefixItems)) {
    return schema.prefixItems.map((item) => sample(item, name, root, depth + 1));
  }
  const length = Math.min(
    Math.max(numberOr(schema.minItems, 2), 0),
    numberOr(schema.maxItems, Infinity),
    100,
  );
  return Array.from({ length }, () => sample(schema.items ?? { type: "string" }, name, root, depth + 1));
}

function sampleObject(
  schema: Record<string, unknown>,
  root: unknown,
  depth: number,
): Record<string, unknown> {
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  // Deep down only what must be there, so that schemas that contain themselves come to an end.
  const wanted = properties.filter(([name]) => depth < MAX_DEPTH / 2 || required.includes(name));
  return Object.fromEntries(
    wanted.map(([name, property]) => [name, sample(property, name, root, depth + 1)]),
  );
}

function resolve(reference: string, root: unknown): unknown {
  let value: unknown = root;
  for (const part of reference.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    value = isRecord(value) ? value[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  }
  return value;
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}
