import { assertEquals } from "@std/assert";
import { App, type FreshConfig, staticFiles } from "../mod.ts";
import { attachSnapshot, type StaticFile } from "../snapshot.ts";
import { request } from "../testdata/request.ts";
import { createSnapshot } from "../testdata/snapshot.ts";

function fileOf(text: string, contentType: string, immutable = false): StaticFile {
  const body = new TextEncoder().encode(text);
  const open = () => Promise.resolve({ body, size: body.length });
  return { hash: `hash of ${text}`, size: body.length, contentType, immutable, open };
}

function appOf(config?: FreshConfig): App {
  const app = new App(config).use(staticFiles()).get("/page", () => new Response("page"));
  const snapshot = createSnapshot({ buildId: "now" });
  snapshot.staticFiles.set("/a b.css", fileOf("css", "text/css"));
  snapshot.staticFiles.set("/_fresh/js/now/x.js", fileOf("js", "text/javascript", true));
  attachSnapshot(app, snapshot);
  return app;
}

/** Status, headers and text of an answer. */
async function get(path: string, init?: RequestInit, config?: FreshConfig) {
  const response = await request(appOf(config), path, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const FOR_EVER = "public, max-age=31536000, immutable";

Deno.test("a file is served with its type, length and ETag, and must revalidate", async () => {
  const { status, headers, text } = await get("/a%20b.css");
  assertEquals([status, text], [200, "css"]);
  assertEquals(Object.fromEntries(headers), {
    "content-type": "text/css",
    "content-length": "3",
    "etag": 'W/"hash of css"',
    "cache-control": "no-cache",
  });
});

Deno.test("a matching ETag is answered 304", async () => {
  for (const tag of ['W/"hash of css"', '"hash of css"', '"other", W/"hash of css"', "*"]) {
    const { status, headers, text } = await get("/a%20b.css", { headers: { "if-none-match": tag } });
    assertEquals([status, text, headers.get("etag")], [304, "", 'W/"hash of css"']);
  }
  assertEquals((await get("/a%20b.css", { headers: { "if-none-match": '"other"' } })).status, 200);
});

Deno.test("with the key of the build, and bundles, are cached for good", async () => {
  assertEquals((await get("/a%20b.css?__frsh_c=now")).headers.get("cache-control"), FOR_EVER);
  assertEquals((await get("/_fresh/js/now/x.js")).headers.get("cache-control"), FOR_EVER);
});

Deno.test("a stale key is redirected to the file as it is", async () => {
  const { status, headers } = await get("/a%20b.css?__frsh_c=old&x=1");
  assertEquals([status, headers.get("location")], [307, "/a%20b.css?x=1"]);
  const collapsed = await get("//a%20b.css?__frsh_c=old");
  assertEquals(collapsed.headers.get("location"), "/a%20b.css");
});

Deno.test("other methods than GET and HEAD are refused, HEAD has no body", async () => {
  assertEquals((await get("/a%20b.css", { method: "POST" })).status, 405);
  const head = await get("/a%20b.css", { method: "HEAD" });
  assertEquals([head.status, head.text, head.headers.get("content-length")], [200, "", "3"]);
});

Deno.test("what is no file is left to the app", async () => {
  assertEquals((await get("/page")).text, "page");
  assertEquals((await get("/%E0%A4%A")).status, 404);
  assertEquals((await get("/../a%20b.css")).status, 200);
});

Deno.test("below a base path files have it too", async () => {
  assertEquals((await get("/base/a%20b.css", {}, { basePath: "/base" })).text, "css");
  assertEquals((await get("/a%20b.css", {}, { basePath: "/base" })).status, 404);
});

Deno.test("while an app is developed nothing is cached but bundles", async () => {
  const config = { mode: "development" } as const;
  const file = await get("/a%20b.css?__frsh_c=now", {}, config);
  assertEquals([file.headers.get("etag"), file.headers.get("cache-control")?.includes("no-store")], [
    null,
    true,
  ]);
  assertEquals((await get("/_fresh/js/now/x.js", {}, config)).headers.get("cache-control"), FOR_EVER);
});
