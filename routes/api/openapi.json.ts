import { define, endpoint, methods, openApiDocument, operations } from "../../lib/app/mod.ts";
import project from "../../deno.json" with { type: "json" };

export const handler = define.handlers(methods({
  GET: endpoint(operations.openapi, () => openApiDocument(project.version)),
}));
