import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Browser, chromium, type Page } from "playwright-core";
import { join } from "node:path";
import { CHROMIUM_ARGUMENTS, findChromium, isBrowserRequired } from "../../tests/browser/chromium.ts";
import { Builder } from "./dev/mod.ts";
import type { State } from "./testdata/app/define.ts";
import { App, csp, staticFiles } from "./mod.ts";
import { createEverything, describe } from "./testdata/app/client/everything.ts";

const executablePath = findChromium();
/** The default policy asks for https, which the test's server does not speak. */
const POLICY = [
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "upgrade-insecure-requests",
];

type Check = (page: Page) => Promise<void>;

const checks: { name: string; path: string; check: Check }[] = [];

/** Adds a check of a page of the test's app, opened at a path. */
function browserTest(name: string, path: string, check: Check): void {
  checks.push({ name, path, check });
}

Deno.test({
  name: "in a browser",
  ignore: executablePath === undefined && !isBrowserRequired(),
  async fn(t) {
    const root = join(import.meta.dirname ?? "", "testdata/app");
    const attach = await new Builder({ root }).build({ snapshot: "memory" });
    const app = new App<State>().use(csp({ useNonce: true, csp: POLICY })).use(staticFiles()).fsRoutes();
    attach(app);
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.handler());
    const browser = await chromium.launch({ executablePath: executablePath ?? "", args: CHROMIUM_ARGUMENTS });
    try {
      for (const { name, path, check } of checks) {
        await t.step(name, () => withPage(browser, `http://127.0.0.1:${server.addr.port}${path}`, check));
      }
    } finally {
      await browser.close();
      await server.shutdown();
    }
  },
});

/** Opens a page; at the end there must be no error on it. */
async function withPage(browser: Browser, address: string, check: Check): Promise<void> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(address, { waitUntil: "networkidle" });
  await check(page);
  await page.close();
  assertEquals(errors, []);
}

browserTest(
  "islands share a signal, and keep the server's markup",
  "/",
  async (page) => {
    await page.click("#first button");
    await page.click("#second button");
    assertEquals(await page.textContent("#first button"), "5");
    assertEquals(await page.textContent("#second button"), "5");
    assertEquals(await page.textContent("#first p"), "slot of the first inside at depth 0");
    await page.click("#local");
    assertEquals(await page.textContent("#local"), "1");
  },
);

browserTest(
  "a slot that was not rendered appears, with the islands inside",
  "/",
  async (page) => {
    assertEquals(await page.locator("#hidden").count(), 0);
    await page.click("#toggle button");
    assertEquals(await page.textContent("#hidden"), "hidden inside at depth 1");
    await page.click("#toggle button");
    assertEquals(await page.locator("#hidden").count(), 0);
    await page.click("#toggle button");
    assertEquals(await page.textContent("#hidden"), "hidden inside at depth 1");
  },
);

browserTest("ids of useId are unique across islands", "/", async (page) => {
  await page.click("#toggle button");
  const ids = await page.locator("em").evaluateAll((elements) => elements.map(({ id }) => id));
  assertEquals(ids.length, 2);
  assertEquals(new Set(ids).size, 2);
});

browserTest(
  "props arrive as they were, and shared ones stay one",
  "/",
  async (page) => {
    const expected = `${describe(createEverything())} sum=6 same=true`;
    assertEquals(await page.textContent("#props"), expected);
    assertEquals(await page.textContent("#twin"), expected);
  },
);

browserTest(
  "a dynamic import loads a chunk of its own when it is needed",
  "/",
  async (page) => {
    const requests: string[] = [];
    page.on("request", (request) => requests.push(new URL(request.url()).pathname));
    assertEquals(await page.textContent("#lazy"), "browser");
    await page.click("#lazy");
    await page.waitForFunction(() => document.querySelector("#lazy")?.textContent?.startsWith("hello"));
    assertMatch(
      await page.textContent("#lazy") ?? "",
      /^hello from a chunk of its own \/main\.css\?__frsh_c=\w+$/,
    );
    assert(requests.some((path) => /\/_fresh\/js\/\w+\/.+\.js$/.test(path)), `no chunk in ${requests}`);
  },
);

browserTest(
  "a page without islands loads no script",
  "/plain",
  async (page) => {
    assertEquals(await page.locator("script").count(), 0);
  },
);

browserTest(
  "client navigation updates partials, head and address without a reload",
  "/nav/a",
  async (page) => {
    await page.evaluate(() => Object.assign(globalThis, { isSame: true }));
    assertEquals(await page.textContent("h1"), "a full ");
    await page.click("#counter button");
    await page.click("#to-b");
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "b partial ");
    assertEquals(new URL(page.url()).pathname, "/nav/b");
    assertEquals(await page.title(), "Page b");
    assertEquals(await page.locator('meta[name="description"]').count(), 1);
    assertEquals(await page.getAttribute('meta[name="description"]', "content"), "About b");
    assertEquals(await page.locator(".entry").allTextContents(), ["saw a", "saw b"]);
    await page.click("#lazy");
    await page.waitForFunction(() => document.querySelector("#lazy")?.textContent?.startsWith("hello"));
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "a partial ");
    assertEquals(await page.title(), "Page a");
    assertEquals(await page.locator("#lazy").count(), 0);
    assert(await page.evaluate(() => "isSame" in globalThis));
  },
);

browserTest(
  "client navigation submits forms, and leaves links alone that opt out",
  "/nav/b",
  async (page) => {
    await page.fill("#text", "posted text");
    await page.click("#send");
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "a partial posted text");
    assertEquals(new URL(page.url()).pathname, "/nav/a");
    await page.evaluate(() => Object.assign(globalThis, { isSame: true }));
    await page.click("#to-plain");
    await page.waitForURL("**/plain");
    assertStringIncludes(await page.textContent("body") ?? "", "nothing to bring to life");
    assert(!await page.evaluate(() => "isSame" in globalThis));
  },
);

browserTest("islands that are in the old and the new content keep their state", "/nav/a", async (page) => {
  await page.click("#local");
  await page.click("#to-b");
  await page.waitForFunction(() => document.querySelector("h1")?.textContent === "b partial ");
  assertEquals(await page.textContent("#local"), "1");
  await page.click("#local");
  assertEquals(await page.textContent("#local"), "2");
  assertEquals(await page.textContent("#counter button"), "0");
});

browserTest("partials are prepended, nested, and updated by themselves", "/nav/a", async (page) => {
  await page.click("#refresh");
  await page.waitForFunction(() => document.body.textContent?.includes("refreshed"));
  assertEquals(new URL(page.url()).pathname, "/nav/a");
  await page.click("#to-b");
  await page.waitForFunction(() => document.body.textContent?.includes("inner b"));
  assertEquals(await page.locator(".latest").allTextContents(), ["saw b", "saw a"]);
});

browserTest("an island updates the head", "/title", async (page) => {
  assertEquals(await page.title(), "Title 0");
  await page.click("#title");
  await page.waitForFunction(() => document.title === "Title 1");
  assertEquals(await page.getAttribute('meta[name="count"]', "content"), "1");
  assertEquals(await page.locator('meta[name="count"]').count(), 1);
  assertEquals(await page.textContent("p"), "beside count text");
});
