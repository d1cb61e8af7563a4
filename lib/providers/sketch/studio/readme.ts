import { FEATURE_LABELS } from "./features.ts";
import { camelCase, capitalized, kebabCase, listed, plural } from "./naming.ts";
import { exampleValue } from "./api_schema.ts";
import { type Field, hasFeature, type ProjectSpec, type Resource } from "./spec.ts";

/** The README of an API. */
export function apiReadme(spec: ProjectSpec): string {
  const parts = [
    `# ${spec.title}\n\nKeeps ${
      listed(spec.resources.map(({ name }) => plural(name)))
    } in memory: they are gone when the ` +
    "server stops.",
    "```sh\ndeno task start   # http://localhost:8000\ndeno task test\n```",
    `## Routes\n\n${routesTable(spec)}`,
    "Errors are `{ error: { code, message, details? } }`, where `details` names the fields that are wrong.",
    ...spec.resources.map(resourceSection),
    hasFeature(spec, "auth") ? AUTH : "",
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

const AUTH = `## Authentication

Register with \`POST /auth/register\` and log in with \`POST /auth/login\`, both with \`{ email, password }\`. Send the token
you get as \`Authorization: Bearer …\`. It is good for a week. Passwords are hashed with scrypt.`;

/** Method, path and purpose of every route. */
export function routesOf(spec: ProjectSpec): [method: string, path: string, purpose: string][] {
  const query = [
    "page",
    "perPage",
    hasFeature(spec, "search") && "search",
    hasFeature(spec, "sorting") && "sort",
  ]
    .filter((name) => typeof name === "string").map((name) => `\`${name}\``);
  const routes: [string, string, string][] = spec.resources.flatMap(({ name }) => {
    const path = `/${kebabCase(plural(name))}`;
    const own: [string, string, string][] = [
      ["GET", path, `list, with ${listed(query)}`],
      ["POST", path, "create"],
      ["GET", `${path}/:id`, "read"],
      ["PATCH", `${path}/:id`, "change"],
      ["DELETE", `${path}/:id`, "delete"],
    ];
    return own;
  });
  if (hasFeature(spec, "auth")) {
    routes.push(["POST", "/auth/register", "make an account"], ["POST", "/auth/login", "get a token"]);
    routes.push(["GET", "/auth/me", "who one is"], ["POST", "/auth/logout", "give the token up"]);
  }
  if (hasFeature(spec, "openapi")) routes.push(["GET", "/openapi.json", "the API as an OpenAPI document"]);
  return [...routes, ["GET", "/health", "whether the server runs"]];
}

/** The routes as a table in Markdown. */
export function routesTable(spec: ProjectSpec): string {
  return table([
    ["route", "what it does"],
    ...routesOf(spec).map(([method, path, purpose]) => [`\`${method} ${path}\``, purpose]),
  ]);
}

/** A table in Markdown, its columns as wide as they need to be; the first row is the head. */
function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const [head, ...body] = rows.map((row) =>
    line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)))
  );
  return [head, line(widths.map((width) => "-".repeat(width))), ...body].join("\n");
}

function resourceSection({ name, fields }: Resource): string {
  const example = Object.fromEntries(
    fields.map((field) => [camelCase(field.name), exampleValue(field, false)]),
  );
  const rows = fields.map((field) => [`\`${camelCase(field.name)}\``, typeInWords(field)]);
  return [
    `## ${capitalized(plural(name))}`,
    table([["field", "holds"], ...rows]),
    `\`\`\`sh\ncurl localhost:8000/${kebabCase(plural(name))} -H "content-type: application/json" \\\n  -d '${
      JSON.stringify(example).replaceAll("'", "")
    }'\n\`\`\``,
  ].join("\n\n");
}

/** "one of open, done; required". */
function typeInWords({ type, required, choices }: Field): string {
  const words = {
    text: "text",
    long: "text, also long",
    number: "a number",
    boolean: "true or false",
    date: "a day: 2025-01-31",
    email: "an e-mail address",
    url: "a web address",
    choice: `one of ${choices.join(", ")}`,
    list: "a list of texts",
  };
  return `${words[type]}${required ? "; required" : ""}`;
}

/** The features of a project in words. */
export function featuresInWords({ features }: ProjectSpec): string {
  return listed(features.filter((name) => name !== "tests").map((name) => FEATURE_LABELS[name]));
}
