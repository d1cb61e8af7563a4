import { assertEquals } from "@std/assert";
import { App, csrf, type CsrfOptions } from "../mod.ts";
import { request } from "../testdata/request.ts";

async function status(
  method: string,
  headers: Record<string, string>,
  options?: CsrfOptions<unknown>,
): Promise<number> {
  const app = new App().use(csrf(options)).all("/", () => new Response("ok"));
  const response = await request(app, "/", { method, headers });
  await response.body?.cancel();
  return response.status;
}

Deno.test("safe methods pass from anywhere", async () => {
  const foreign = { "sec-fetch-site": "cross-site", "origin": "https://evil.example" };
  for (const method of ["GET", "HEAD", "OPTIONS"]) assertEquals(await status(method, foreign), 200);
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) assertEquals(await status(method, foreign), 403);
});

Deno.test("requests of the site itself, of the person, and of no browser pass", async () => {
  assertEquals(await status("POST", { "sec-fetch-site": "same-origin" }), 200);
  assertEquals(await status("POST", { "sec-fetch-site": "none" }), 200);
  assertEquals(await status("POST", { "origin": "http://localhost" }), 200);
  assertEquals(await status("POST", {}), 200);
});

Deno.test("requests of other sites do not", async () => {
  assertEquals(await status("POST", { "sec-fetch-site": "same-site" }), 403);
  assertEquals(await status("POST", { "sec-fetch-site": "cross-site" }), 403);
  assertEquals(await status("POST", { "origin": "http://localhost:8000" }), 403);
  assertEquals(await status("POST", { "origin": "null" }), 403);
});

Deno.test("origins may be allowed, as one, several or by a function", async () => {
  const headers = { "sec-fetch-site": "cross-site", "origin": "https://a.example" };
  assertEquals(await status("POST", headers, { origin: "https://a.example" }), 200);
  assertEquals(await status("POST", headers, { origin: ["https://b.example", "https://a.example"] }), 200);
  assertEquals(await status("POST", headers, { origin: (origin) => origin.endsWith(".example") }), 200);
  assertEquals(await status("POST", headers, { origin: "https://b.example" }), 403);
});
