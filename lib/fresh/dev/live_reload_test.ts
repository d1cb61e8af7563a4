import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { LIVE_RELOAD_SCRIPT, withLiveReload } from "./live_reload.ts";

function start(basePath = "") {
  return withLiveReload(() => Promise.resolve(new Response("app")), basePath);
}

async function firstEvent(handler: ReturnType<typeof start>): Promise<string> {
  const response = await handler(new Request("http://localhost/_frsh/alive"));
  assertEquals(response.headers.get("content-type"), "text/event-stream");
  const reader = response.body?.getReader();
  const chunk = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(chunk?.value);
}

Deno.test("each start of the server has a name of its own, which stays", async () => {
  const handler = start();
  const event = await firstEvent(handler);
  assertMatch(event, /^retry: \d+\ndata: \S+\n\n$/);
  assertEquals(await firstEvent(handler), event);
  assertEquals(await firstEvent(start()) === event, false);
});

Deno.test("the script listens, and anything else is the app's", async () => {
  const handler = start("/base");
  const script = await handler(new Request(`http://localhost/base${LIVE_RELOAD_SCRIPT}`));
  assertStringIncludes(await script.text(), '"/base/_frsh/alive"');
  assertEquals(await (await handler(new Request("http://localhost/base/x"))).text(), "app");
});
