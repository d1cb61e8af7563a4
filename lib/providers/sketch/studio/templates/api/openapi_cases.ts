import assert from "node:assert/strict";
import { createApp } from "./app.ts";

// #each-first
Deno.test("the OpenAPI document describes the routes", async () => {
  const response = await createApp().request("/openapi.json");
  const { openapi, paths } = await response.json();
  assert.equal(openapi, "3.1.0");
  assert.deepEqual(Object.keys(paths["/widgets"]), ["get", "post"]);
  assert.ok(paths["/widgets/{id}"].patch);
});
// #end
