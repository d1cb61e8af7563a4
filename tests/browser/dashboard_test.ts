import { assert, assertEquals } from "@std/assert";
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
