import { camelCase, capitalized, identifiers, plural } from "./naming.ts";
import type { Field, Resource } from "./spec.ts";

const TEXT_LENGTH_MAX = 200;
const LONG_TEXT_LENGTH_MAX = 10_000;

/** True for fields that are never missing, since they have a default. */
function hasDefault({ type, required }: Field): boolean {
  return !required && (type === "boolean" || type === "choice" || type === "list");
}

/** The type and the rules of a resource, as code. */
export function schemaCode({ name, fields }: Resource): string {
  const { one } = identifiers(name);
  const input = `${capitalized(one)}Input`;
  const types = fields.map((field) =>
    `  ${camelCase(field.name)}${field.required || hasDefault(field) ? "" : "?"}: ${typeCode(field)};`
  );
  const rules = fields.map((field) => `  ${camelCase(field.name)}: ${ruleCode(field)},`);
  return `import type { Rules } from "../validation.ts";

/** What is kept of a ${name}. Days are texts such as 2025-01-31. */
export interface ${input} {
${types.join("\n")}
}

/** What the fields of ${plural(name)} take. */
export const ${one}Rules: Rules<${input}> = {
${rules.join("\n")}
};`;
}

function typeCode({ type, choices }: Field): string {
  switch (type) {
    case "number":
    case "boolean":
      return type;
    case "list":
      return "string[]";
    case "choice":
      return choices.map((choice) => JSON.stringify(choice)).join(" | ");
    default:
      return "string";
  }
}

function ruleCode(field: Field): string {
  const parts = [`type: "${field.type === "long" ? "text" : field.type}"`];
  if (field.type === "text") parts.push(`maxLength: ${TEXT_LENGTH_MAX}`);
  if (field.type === "long") {
    parts.push(`maxLength: ${LONG_TEXT_LENGTH_MAX.toLocaleString("en").replace(",", "_")}`);
  }
  if (field.type === "choice") {
    parts.push(`choices: [${field.choices.map((choice) => JSON.stringify(choice)).join(", ")}]`);
  }
  if (field.required) parts.push("required: true");
  else if (hasDefault(field)) parts.push(`default: ${defaultCode(field)}`);
  return `{ ${parts.join(", ")} }`;
}

function defaultCode({ type, choices }: Field): string {
  if (type === "choice") return JSON.stringify(choices[0] ?? "");
  return type === "boolean" ? "false" : "[]";
}

/** The constants that the tests of a resource work with, as code. */
export function exampleCode({ fields }: Resource): string {
  const [first] = fields;
  if (!first) throw new Error("Cannot write tests: a resource without fields");
  const values = fields.map((field) =>
    `  ${camelCase(field.name)}: ${valueCode(exampleValue(field, false))},`
  );
  const wrong = first.type === "number" ? '"many"' : "42";
  return `const example = {
${values.join("\n")}
};
const invalid = { ...example, ${camelCase(first.name)}: ${wrong} };
const changes = { ${camelCase(first.name)}: ${valueCode(exampleValue(first, true))} };`;
}

function valueCode(value: unknown): string {
  return JSON.stringify(value).replaceAll('","', '", "');
}

/** A value that fits, and another one that comes after it. */
export function exampleValue({ name, type, choices }: Field, isOther: boolean): unknown {
  switch (type) {
    case "number":
      return isOther ? 25 : 12;
    case "boolean":
      return !isOther;
    case "date":
      return isOther ? "2026-03-01" : "2026-02-14";
    case "email":
      return isOther ? "grace@example.com" : "ada@example.com";
    case "url":
      return isOther ? "https://example.org/" : "https://example.com/";
    case "choice":
      return choices[isOther ? 1 : 0] ?? "";
    case "list":
      return isOther ? ["other"] : ["first", "second"];
    default:
      return isOther ? `Other ${name}` : `First ${name}`;
  }
}
