import type { ChatRequest } from "../shared/mod.ts";

type Schema = Record<string, unknown>;

/**
 * The request with its schema in the subset of JSON Schema that Anthropic compiles: the client's own transformation closes
 * objects and moves what the API does not know into descriptions. A schema that it cannot read goes as it is, and the API says why.
 */
export async function withStrictSchema(request: ChatRequest): Promise<ChatRequest> {
  const format = request.responseFormat;
  if (format?.type !== "json_schema") return request;
  const { jsonSchemaOutputFormat } = await import("@anthropic-ai/sdk/helpers/json-schema");
  // Its type wants a literal, to infer the answer's type from it.
  const transform = jsonSchemaOutputFormat as (schema: Schema) => { schema: Schema };
  try {
    return { ...request, responseFormat: { ...format, schema: transform(format.schema).schema } };
  } catch (_error) {
    return request;
  }
}
