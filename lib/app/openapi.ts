import { z } from "zod";
import { ERROR_STATUS } from "../shared/mod.ts";
import { gatewayPaths } from "../gateway/mod.ts";
import type { Operation } from "./http/operation.ts";
import { operations } from "./operations.ts";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document, from the very schemas that validate. */
export function openApiDocument(version: string): Json {
  const document = documentWithDefinitions(version);
  // zod puts named schemas beside each use; here they have one common place.
  const schemas: Json = { Error: ERROR_SCHEMA };
  const hoisted = hoist(document, schemas) as Json;
  return { ...hoisted, components: { ...hoisted.components as Json, schemas: hoist(schemas, schemas) } };
}

function hoist(value: unknown, schemas: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => hoist(item, schemas));
  if (typeof value !== "object" || value === null) return value;
  const { $defs, ...rest } = value as Json;
  for (const [name, schema] of Object.entries($defs ?? {})) schemas[name] ??= hoist(schema, schemas);
  return Object.fromEntries(
    Object.entries(rest).map(([key, item]) => {
      const isReference = key === "$ref" && typeof item === "string";
      return [key, isReference ? item.replace("#/$defs/", "#/components/schemas/") : hoist(item, schemas)];
    }),
  );
}

function documentWithDefinitions(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [operationId, operation] of Object.entries<Operation>(operations as Record<string, Operation>)) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = describe(operationId, operation);
  }
  for (const { method, path, summary, request } of gatewayPaths()) {
    (paths[path] ??= {})[method.toLowerCase()] = {
      tags: ["OpenAI"],
      summary,
      ...(request ? { requestBody: jsonBody(request) } : {}),
      parameters: pathParameters(path),
      responses: {
        200: { description: "As OpenAI answers" },
        default: { description: "An error in OpenAI's shape" },
      },
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Freshet",
      version,
      description: "Streaming chat and an OpenAI-compatible gateway over your own models",
    },
    servers: [{ url: "/" }],
    security: [{}, { bearer: [] }, { apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
      },
    },
  };
}

const ERROR_SCHEMA = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: {
        code: { type: "string", enum: Object.keys(ERROR_STATUS) },
        message: { type: "string" },
        hint: { type: "string" },
        retryAfter: { type: "number", description: "Seconds" },
        field: { type: "string" },
      },
    },
  },
};

function describe(
  operationId: string,
  { tag, summary, scope, path, body, query, success, upload }: Operation,
): Json {
  const { status = 200, mediaType = "application/json", description = "Done" } = success ?? {};
  return {
    operationId,
    tags: [tag],
    summary,
    description: `Needs the scope \`${scope}\`.`,
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body ? { requestBody: jsonBody(body) } : upload ? { requestBody: fileBody(upload) } : {}),
    responses: {
      [status]: status === 204 ? { description } : { description, content: { [mediaType]: {} } },
      default: {
        description: "An error",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    },
  };
}

function jsonBody(schema: z.ZodType): Json {
  return { required: true, content: { "application/json": { schema: jsonSchema(schema) } } };
}

function fileBody(mediaTypes: readonly string[]): Json {
  const file = { type: "string", format: "binary" };
  const form = { type: "object", required: ["file"], properties: { file } };
  const schemaOf = (mediaType: string) => mediaType === "multipart/form-data" ? form : file;
  const content = mediaTypes.map((mediaType) => [mediaType, { schema: schemaOf(mediaType) }]);
  return { required: true, content: Object.fromEntries(content) };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(schema: z.ZodType): Json[] {
  const { $ref, $defs = {}, ...whole } = jsonSchema(schema) as QuerySchema;
  // A schema with a name is a reference to itself.
  const { properties = {}, required = [] } = $defs[$ref?.split("/").at(-1) ?? ""] ?? whole;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema: Object.keys($defs).length === 0 ? property : { ...property, $defs },
  }));
}

interface QueryFields {
  properties?: Record<string, Json>;
  required?: string[];
}

interface QuerySchema extends QueryFields {
  $ref?: string;
  $defs?: Record<string, QueryFields>;
}

function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    reused: "inline",
  });
  return json;
}
