import { assertEquals } from "@std/assert";
import { App, trailingSlashes } from "../mod.ts";
import { request } from "../testdata/request.ts";

async function answer(mode: "always" | "never", path: string): Promise<string> {
  const app = new App().use(trailingSlashes(mode)).all("/*", () => new Response("ok"));
  const response = await request(app, path);
  await response.body?.cancel();
  return response.headers.get("location") ?? "passes";
}

Deno.test("never: a trailing slash is taken off", async () => {
  assertEquals(await answer("never", "/a/?q=1"), "/a?q=1");
  assertEquals(await answer("never", "/a"), "passes");
  assertEquals(await answer("never", "/"), "passes");
  assertEquals(await answer("never", "//evil.example/"), "/evil.example");
});

Deno.test("always: a trailing slash is added, but not to files", async () => {
  assertEquals(await answer("always", "/a?q=1"), "/a/?q=1");
  assertEquals(await answer("always", "/a/"), "passes");
  assertEquals(await answer("always", "/a/b.css"), "passes");
  assertEquals(await answer("always", "/v1.2/a"), "/v1.2/a/");
});
