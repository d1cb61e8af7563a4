import { assertEquals } from "@std/assert";
import type { Features } from "../../lib/shared/mod.ts";
import { startApp, testConfig } from "../harness.ts";

/** Where the links of the header lead, each once. */
async function areas(features: Features): Promise<string[]> {
  await using app = await startApp({ features });
  const html = await (await app.fetch("/settings/appearance")).text();
  const [header = ""] = /<header class="header".*?<\/header>/s.exec(html) ?? [];
  const links = header.matchAll(/class="[^"]*(?:header__area|menu__item)[^"]*" href="([^"]+)"/g);
  return [...new Set([...links].map(([, path = ""]) => path))].sort();
}

Deno.test("the header leads to what is switched on, and to nothing else", async () => {
  const { features } = testConfig();
  assertEquals(await areas(features), [
    "/",
    "/ask",
    "/dashboard",
    "/files",
    "/models",
    "/nodes",
    "/projects",
    "/settings",
    "/system",
    "/terminal",
  ]);
  const none = Object.fromEntries(Object.keys(features).map((name) => [name, false])) as unknown as Features;
  assertEquals(await areas({ ...none, sketch: true }), ["/", "/nodes", "/settings"]);
  assertEquals(
    await areas({ ...features, terminal: false }).then((links) => links.includes("/terminal")),
    false,
  );
});
