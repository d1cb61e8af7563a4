import type { ApiSchema } from "../../../components/docs/reference.ts";
import type { JsonSchema } from "./document.ts";

const REFERENCE = "#/components/schemas/";
/** Schemas that hold themselves end here. */
const DEPTH_MAX = 12;

/** A schema, ready to be read. */
export function readSchema(schema: JsonSchema, depth = 0): ApiSchema {
  const { $ref, description, properties = {}, required = [], items, anyOf, oneOf, allOf } = schema;
  const isDeep = depth >= DEPTH_MAX;
  const variants = [...anyOf ?? [], ...oneOf ?? [], ...allOf ?? []];
  const inner = (value: JsonSchema) => readSchema(value, depth + 1);
  return {
    type: typeOf(schema),
    limits: limitsOf(schema),
    description: description ?? null,
    name: nameOf($ref),
    properties: isDeep ? [] : Object.entries(properties).map(([name, property]) => ({
      name,
      isRequired: required.includes(name),
      schema: inner(property),
    })),
    items: items && !isDeep ? inner(items) : null,
    variants: isDeep ? [] : variants.map(inner),
  };
}

/** The name that a reference leads to. */
export function nameOf(reference: string | undefined): string | null {
  return reference?.startsWith(REFERENCE) ? reference.slice(REFERENCE.length) : null;
}

function typeOf({ $ref, type, items, anyOf, oneOf, enum: values, const: only }: JsonSchema): string {
  if ($ref !== undefined) return nameOf($ref) ?? $ref;
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (type === "array") return items ? `${typeOf(items)}[]` : "array";
  if (type !== undefined) return [type].flat().join(" | ");
  return anyOf || oneOf ? "" : "any";
}

function limitsOf(schema: JsonSchema): string[] {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, format, pattern } = schema;
  const limits: string[] = [];
  const range = (low: number | undefined, high: number | undefined, unit: string) => {
    const from = low === undefined || low <= -Number.MAX_SAFE_INTEGER ? "" : String(low);
    const to = high === undefined || high >= Number.MAX_SAFE_INTEGER ? "" : String(high);
    if (from !== "" || to !== "") limits.push(`${from}…${to}${unit}`);
  };
  range(minimum, maximum, "");
  range(minLength, maxLength, " characters");
  range(minItems, maxItems, " items");
  if (format !== undefined) limits.push(format);
  else if (pattern !== undefined) limits.push(`/${pattern}/`);
  if (schema.default !== undefined) limits.push(`default ${JSON.stringify(schema.default)}`);
  return limits;
}
