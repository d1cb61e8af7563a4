// #each
import { widgetRules } from "./schema/widgets.ts";
// #end
import type { Rule } from "./validation.ts";

/** A part of the document: plain JSON. */
type Json = { [key: string]: unknown };

const LIST_PARAMETERS: Json[] = ["page", "perPage"].map((name) =>
  parameter(name, { type: "integer", minimum: 1 })
)
  // #if search
  .concat(parameter("search", { type: "string" }))
  // #end
  // #if sorting
  .concat(parameter("sort", { type: "string" }))
  // #end
  .concat([]);

/** The API as an OpenAPI 3.1 document, made from the same rules that requests are checked against. */
export const openapiDocument: Json = {
  openapi: "3.1.0",
  info: { title: "~title~", version: "1.0.0" },
  paths: {
    // #each
    ...pathsOf("/widgets", "Widget", "~widget~"),
    // #end
    // #if auth
    "/auth/register": credentialsPath("Make an account", 201),
    "/auth/login": credentialsPath("Get a bearer token", 200),
    "/auth/me": {
      get: { summary: "Who the token was given to", responses: { 200: { description: "The user" } } },
    },
    "/auth/logout": { post: { summary: "Give the token up", responses: { 204: { description: "Done" } } } },
    // #end
  },
  components: {
    schemas: {
      // #each
      Widget: storedSchema(widgetRules),
      WidgetInput: inputSchema(widgetRules),
      // #end
    },
    // #if auth
    securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
    // #end
  },
  // #if auth
  security: [{ bearer: [] }],
  // #end
};

function pathsOf(path: string, name: string, label: string): Json {
  const one = { $ref: `#/components/schemas/${name}` };
  const input = { $ref: `#/components/schemas/${name}Input` };
  const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
  const missing = { 404: { description: "Nothing has this id" } };
  const wrong = { 422: { description: "Some fields are not right" } };
  return {
    [path]: {
      get: {
        summary: `List: one page, each a ${label}`,
        parameters: LIST_PARAMETERS,
        responses: { 200: answer("A page", pageSchema(one)) },
      },
      post: {
        summary: `Create a ${label}`,
        requestBody: body(input),
        responses: { 201: answer("Created", one), ...wrong },
      },
    },
    [`${path}/{id}`]: {
      parameters: [id],
      get: { summary: `Read a ${label}`, responses: { 200: answer("Found", one), ...missing } },
      patch: {
        summary: `Change a ${label}`,
        requestBody: body({ type: "object" }),
        responses: { 200: answer("Changed", one), ...missing, ...wrong },
      },
      delete: { summary: `Delete a ${label}`, responses: { 204: { description: "Deleted" }, ...missing } },
    },
  };
}

function parameter(name: string, schema: Json): Json {
  return { name, in: "query", schema };
}

function answer(description: string, schema: Json): Json {
  return { description, content: { "application/json": { schema } } };
}

function body(schema: Json): Json {
  return { required: true, content: { "application/json": { schema } } };
}
// #if auth

function credentialsPath(summary: string, status: number): Json {
  const text = { type: "string" };
  const schema = {
    type: "object",
    required: ["email", "password"],
    properties: { email: text, password: text },
  };
  return {
    post: {
      summary,
      security: [],
      requestBody: body(schema),
      responses: { [status]: { description: "Done" } },
    },
  };
}
// #end

function pageSchema(items: Json): Json {
  const count = { type: "integer" };
  return {
    type: "object",
    properties: { items: { type: "array", items }, page: count, perPage: count, total: count, pages: count },
  };
}

function inputSchema(rules: Record<string, Rule>): Json {
  const entries = Object.entries(rules);
  return {
    type: "object",
    required: entries.filter(([, rule]) => rule.required).map(([field]) => field),
    properties: Object.fromEntries(entries.map(([field, rule]) => [field, schemaOf(rule)])),
    additionalProperties: false,
  };
}

function storedSchema(rules: Record<string, Rule>): Json {
  const time = { type: "string", format: "date-time" };
  const properties = Object.entries(rules).map(([field, rule]) => [field, schemaOf(rule)]);
  return {
    type: "object",
    properties: {
      id: { type: "string", format: "uuid" },
      ...Object.fromEntries(properties),
      createdAt: time,
      updatedAt: time,
    },
  };
}

function schemaOf(rule: Rule): Json {
  switch (rule.type) {
    case "text":
      return { type: "string", maxLength: rule.maxLength };
    case "number":
    case "boolean":
      return { type: rule.type };
    case "list":
      return { type: "array", items: { type: "string" } };
    case "choice":
      return { type: "string", enum: rule.choices };
    default:
      return { type: "string", format: rule.type === "url" ? "uri" : rule.type };
  }
}
