import { assert, assertEquals, assertMatch } from "@std/assert";
import type { SystemAlert } from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import { systemClock } from "../../lib/host/mod.ts";
import { MetricHistory } from "../../lib/monitor/history/metric_history.ts";
import { sampleHost } from "../../lib/monitor/testing/sample_host.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import type { Site } from "./site.ts";

const ALERT: SystemAlert = {
  figure: "memory",
  state: "raised",
  value: 93.4,
  above: 90,
  at: 0,
  host: "workstation",
};

/** An app on a machine that has been busy for the last hour. */
async function startOnMachine(test: BrowserTest): Promise<Site> {
  const site = await test.start({}, { host: sampleHost(systemClock) });
  const { store, log } = site.app.services;
  const history = new MetricHistory({ store, clock: systemClock, log, host: "workstation" });
  const now = Date.now();
  for (let at = now - 3_600_000; at < now; at += 15_000) {
    const wave = Math.sin(at / 400_000) / 2 + 0.5;
    const isAway = at > now - 1_800_000 && at < now - 1_500_000;
    if (isAway) continue;
    history.add({
      at,
      cpu: 20 + 60 * wave,
      memory: 35 + 10 * wave,
      disk: 86,
      gpu: 95 * wave,
      gpuMemory: 30 + 45 * Math.round(wave),
      received: 900_000 * wave,
      sent: 250_000 * (1 - wave),
    });
  }
  await history.save();
  return site;
}

async function live(page: AppPage): Promise<void> {
  await page.page.getByText("Live", { exact: true }).waitFor();
}

for (const [width, kind] of [[1440, "desktop"], [820, "tablet"], [390, "phone"]] as const) {
  browserTest(`the machine and its log are accessible on a ${kind}`, async (test) => {
    const site = await startOnMachine(test);
    const { logging } = site.app.services;
    const page = await test.open(site, { path: "/system", width });
    await live(page);
    // The second sample tells the load of the cores.
    await page.page.getByRole("list", { name: "Cores" }).waitFor();
    await page.assertAccessible(`the machine on a ${kind}`);
    await page.screenshot(`system ${kind}`);
    const sideways = await page.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert(sideways <= 0, `the page is ${sideways} px too wide`);

    const memory = page.page.getByRole("row", { name: /^Memory/ });
    await memory.getByRole("switch").check();
    await memory.getByRole("spinbutton", { name: "Memory: above so many percent" }).fill("91");
    await page.button("Save the notices").click();
    await page.page.getByText("The notices are saved").waitFor();
    await page.page.getByText("As a table").first().click();
    if (kind === "desktop") await page.assertAccessible("notices and a table");
    await page.page.getByRole("link", { name: "Last week" }).click();
    await page.page.waitForURL(/range=week/);

    site.app.services.feed.publish(localPrincipal.profileId, { type: "system:alert", alert: ALERT });
    await page.page.getByText("Memory: 93 %, above the 90 % that you have set").waitFor();
    await page.screenshot(`system notice ${kind}`);

    logging.log.of("runs").warn("A run failed", { apiKey: "very-secret", error: new Error("It broke") });
    await page.goto("/system/log");
    await live(page);
    const lines = page.page.locator(".log-line");
    await lines.filter({ hasText: "A run failed" }).waitFor();
    logging.log.of("nodes").info("A node answers again", { node: "alpha" });
    await lines.filter({ hasText: "alpha" }).waitFor();
    assert(!(await page.page.content()).includes("very-secret"));
    await page.button("Switch on for 15 minutes").click();
    await page.page.getByText(/^On until/).waitFor();
    await lines.filter({ hasText: "A run failed" }).locator("summary").click();
    await page.assertAccessible(`the log on a ${kind}`);
    await page.screenshot(`system log ${kind}`);
    await page.page.getByRole("combobox", { name: "Level" }).selectOption("warn");
    await lines.filter({ hasText: "alpha" }).waitFor({ state: "detached" });
    await page.page.getByRole("searchbox", { name: "Text" }).fill("nothing is like this");
    await page.page.getByText("No line is like that").waitFor();
    const download = await page.page.getByRole("link", { name: "Download" }).getAttribute("href");
    assertMatch(download ?? "", /level=warn&text=nothing/);
  });
}

browserTest("a notice of the machine is told on pages that have other things to tell", async (test) => {
  const site = await test.start();
  for (const path of ["/", "/nodes"]) {
    const page = await test.open(site, { path });
    // Nobody can tell from outside when a page listens.
    for (let i = 0; i < 50; i++) {
      site.app.services.feed.publish(localPrincipal.profileId, { type: "system:alert", alert: ALERT });
      if (await page.page.getByText("Memory: 93 %").count() > 0) break;
      await page.page.waitForTimeout(100);
    }
    const count = await page.page.getByText("Memory: 93 %").count();
    assertEquals(count > 0, true, path);
    await page.context.close();
  }
});
