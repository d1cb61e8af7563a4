import { assert, assertEquals } from "@std/assert";
import { z } from "zod";
import { gatewayPaths } from "./mod.ts";

Deno.test("every operation can be written as JSON Schema", () => {
  const paths = gatewayPaths();
  assertEquals(paths.map(({ method, path }) => `${method} ${path}`), [
    "post /v1/chat/completions",
    "post /v1/embeddings",
    "get /v1/models",
    "get /v1/models/{model}",
  ]);
  for (const { request, response, method } of paths) {
    assertEquals(request !== undefined, method === "post");
    if (request) assertEquals(z.toJSONSchema(request, { io: "input" }).additionalProperties, undefined);
    assert(response);
    assertEquals(z.toJSONSchema(response).type, "object");
  }
});
