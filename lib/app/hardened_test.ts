import { assertEquals } from "@std/assert";
import { hardened } from "./hardened.ts";

Deno.test("a request whose Host is none is refused before anything reads its address", async () => {
  const handler = hardened(({ url }) => Promise.resolve(new Response(new URL(url).pathname)));
  const request = new Request("http://127.0.0.1/x");
  assertEquals(await (await handler(request)).text(), "/x");
  const refused = await handler(Object.defineProperty(request.clone(), "url", { value: "http://a b;c/x" }));
  assertEquals([refused.status, refused.headers.get("x-content-type-options")], [400, "nosniff"]);
});
