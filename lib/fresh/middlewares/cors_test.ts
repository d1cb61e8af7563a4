import { assertEquals } from "@std/assert";
import { App, cors, type CORSOptions } from "../mod.ts";
import { request } from "../testdata/request.ts";

async function headersOf(
  options: CORSOptions<unknown>,
  init: RequestInit = {},
): Promise<Record<string, string>> {
  const app = new App().use(cors(options)).get("/", () => new Response("x"));
  const response = await request(app, "/", init);
  await response.body?.cancel();
  const names = [...response.headers].filter(([name]) => /^(access-control|vary)/.test(name));
  return Object.fromEntries([["status", String(response.status)], ...names]);
}

const FROM_A = { headers: { origin: "https://a.example" } };

Deno.test("by default any origin may read", async () => {
  assertEquals(await headersOf({}), { "status": "200", "access-control-allow-origin": "*" });
});

Deno.test("origins are allowed as one, several or by a function, and caches are told", async () => {
  const allowed = { "status": "200", "access-control-allow-origin": "https://a.example", "vary": "Origin" };
  const refused = { status: "200", vary: "Origin" };
  assertEquals(await headersOf({ origin: "https://a.example" }, FROM_A), allowed);
  assertEquals(await headersOf({ origin: ["https://b.example", "https://a.example"] }, FROM_A), allowed);
  assertEquals(await headersOf({ origin: (origin) => origin }, FROM_A), allowed);
  assertEquals(await headersOf({ origin: "https://b.example" }, FROM_A), refused);
  assertEquals(await headersOf({ origin: ["https://b.example"] }, FROM_A), refused);
  assertEquals(await headersOf({ origin: () => null }, FROM_A), refused);
});

Deno.test("a preflight is answered without the handler", async () => {
  const preflight = {
    method: "OPTIONS",
    headers: {
      "origin": "https://a.example",
      "access-control-request-method": "PUT",
      "access-control-request-headers": "x-a",
    },
  };
  assertEquals(await headersOf({ maxAge: 600, credentials: true, allowMethods: ["PUT"] }, preflight), {
    "status": "204",
    "access-control-allow-origin": "*",
    "access-control-allow-credentials": "true",
    "access-control-max-age": "600",
    "access-control-allow-methods": "PUT",
    "access-control-allow-headers": "x-a",
    "vary": "Access-Control-Request-Headers",
  });
  const headers = await headersOf({ allowHeaders: ["x-b", "x-c"], allowMethods: () => ["GET"] }, preflight);
  assertEquals(headers["access-control-allow-headers"], "x-b,x-c");
  assertEquals(headers["access-control-allow-methods"], "GET");
});

Deno.test("headers may be exposed", async () => {
  const headers = await headersOf({ exposeHeaders: ["x-a", "x-b"] });
  assertEquals(headers["access-control-expose-headers"], "x-a,x-b");
});
