import { assert, assertEquals } from "@std/assert";
import { localPrincipal } from "../../lib/access/mod.ts";
import { randomCall } from "../../lib/analytics/testing.ts";
import { seededRandom } from "../random.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import type { Site } from "./site.ts";

const DAY = 86_400_000;

/** An app whose ledger has calls of the last twenty days. */
async function startWithCalls(test: BrowserTest, count = 400): Promise<Site> {
  const site = await test.start();
  const random = seededRandom(7);
  const { ledger } = site.app.services;
  const now = Date.now();
  for (let i = 0; i < count; i++) {
    // More in the daytime, as people have it.
    const day = Math.floor(random() ** 1.5 * 20);
    const hour = 8 + Math.floor((random() + random()) * 6);
    const at = Math.min(now - 1_000, Math.floor(now / DAY) * DAY - day * DAY + hour * 3_600_000);
    ledger.record(randomCall(random, at, 12));
  }
  await ledger.flush();
  return site;
}

async function charts(page: AppPage): Promise<void> {
  await page.page.waitForFunction(() =>
    [...document.querySelectorAll("canvas")].every((canvas) => canvas.style.height !== "")
  );
}

for (const [width, kind] of [[1440, "desktop"], [820, "tablet"], [390, "phone"]] as const) {
  browserTest(`the dashboard is accessible on a ${kind}`, async (test) => {
    const site = await startWithCalls(test);
    const page = await test.open(site, { path: "/dashboard", width });
    await page.page.getByText("Live", { exact: true }).waitFor();
    await charts(page);
    assertEquals(await page.page.locator("canvas").count(), 5);
    await page.assertAccessible(`the dashboard on a ${kind}`);
    const isWide = await page.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert(!isWide, "the page scrolls sideways");
    await page.screenshot(`dashboard ${kind}`);
    await page.page.locator(".dashboard-main").evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await page.screenshot(`dashboard ${kind} end`);
  });
}

browserTest("the dashboard follows new calls, sorts, tells apart and narrows down", async (test) => {
  const site = await startWithCalls(test, 120);
  const page = await test.open(site, { path: "/dashboard" });
  await page.page.getByText("Live", { exact: true }).waitFor();
  await charts(page);
  const rows = page.page.locator(".parts tbody tr");
  assertEquals(await rows.count(), 5);
  await page.button("Cost").click();
  assertEquals(await rows.first().getByRole("link").innerText(), "claude-sonnet-4-5");
  assertEquals(await page.page.locator(".parts th[aria-sort]").innerText(), "Cost");
  await page.page.getByRole("link", { name: "Chat", exact: true }).last().click();
  await page.page.getByText("(deleted)").first().waitFor();
  await page.page.getByRole("link", { name: "Source" }).focus();
  await page.page.keyboard.press("Enter");
  await rows.getByRole("link", { name: "Project" }).waitFor();

  const calls = page.page.locator(".total").first().locator(".total__value");
  assertEquals(await calls.innerText(), "120");
  const random = seededRandom(8);
  for (let i = 0; i < 5; i++) site.app.services.ledger.record(randomCall(random, Date.now(), 12));
  await calls.getByText("125").waitFor();

  await page.page.getByText("Tokens as a table").click();
  await page.page.getByRole("region", { name: "Tokens as a table" }).waitFor();
  await page.page.getByRole("link", { name: "Model", exact: true }).click();
  await rows.getByRole("link", { name: "qwen3:8b" }).click();
  await page.page.getByText("Only Model: qwen3:8b").waitFor();
  await page.page.getByRole("link", { name: "7 days" }).click();
  await page.page.getByText("Only Model: qwen3:8b").waitFor();
  await page.page.getByRole("link", { name: "Show everything" }).click();
  await page.page.getByText("Who used what").waitFor();
});

browserTest("prices and statements are accessible, and a statement prints without its form", async (test) => {
  const site = await startWithCalls(test, 60);
  await site.app.services.preferences.update(localPrincipal, { theme: "light" });
  const page = await test.open(site, { path: "/dashboard/statement", width: 820 });
  await page.assertAtAllWidths("dashboard statement");
  await page.page.setViewportSize({ width: 390, height: 900 });
  const billed = await page.page.getByRole("textbox", { name: "Billed to" }).boundingBox();
  assert((billed?.width ?? 0) > 100, `one cannot type into ${billed?.width} px`);
  await page.page.emulateMedia({ media: "print" });
  assert(!await page.page.getByRole("button", { name: "Print" }).isVisible());
  await page.screenshot("dashboard statement print");
  await page.page.emulateMedia({ media: "screen" });
  await page.goto("/dashboard/prices");
  await page.assertAtAllWidths("dashboard prices");
  await page.page.getByRole("textbox", { name: "Model, New price" }).first().fill("mine*");
  await page.page.getByRole("textbox", { name: "What the change is for" }).fill("ours");
  await page.button("Save as a new version").click();
  await page.page.getByText("Saved as version 2").waitFor();
  await page.goto("/dashboard");
  await charts(page);
  await page.assertAccessible("the dashboard in light colours");
  await page.screenshot("dashboard light");
});
