import { assert, assertEquals } from "@std/assert";
import { localPrincipal } from "../../lib/access/mod.ts";
import { storeHistory } from "../studio/edited_project.ts";
import type { Edit } from "../studio/edit_history.ts";
import { browserTest } from "./browser.ts";
import { StudioPage } from "./studio_page.ts";

const VERSIONS = 60;

/** A history in which each version changes the same file. */
function edits(): Edit[] {
  return Array.from({ length: VERSIONS }, (_, i) => {
    const file = { path: "index.html", content: `<h1>Version ${i + 1}</h1>\n` };
    return {
      parent: i === 0 ? null : i - 1,
      deleted: [],
      renamed: [],
      written: [file],
      files: new Map([[file.path, file.content]]),
    };
  });
}

browserTest(
  "of a long history the newest turns are shown, and earlier ones without moving what is read",
  async (test) => {
    const site = await test.start();
    const { services } = site.app;
    const versions = await storeHistory(services.store, edits());
    const [first] = versions;
    const head = versions.at(-1);
    assert(first && head);
    const app = await test.open(site, { path: `/projects/${first.projectId}`, still: true });
    const { page } = app;
    const studio = StudioPage.of(app, site);
    const thread = page.locator("#studio-thread");
    const turns = page.locator(".turn");
    const topOf = (id: string) =>
      page.locator(`#turn-${id}`).evaluate((turn) => Math.round(turn.getBoundingClientRect().top));
    assertEquals(await turns.count(), 20);

    // By the keyboard.
    const earlier = page.getByRole("link", { name: "Show earlier versions" });
    const oldest = versions[VERSIONS - 20];
    assert(oldest);
    await thread.evaluate((element) => element.scrollTo({ top: 0 }));
    await earlier.focus();
    const before = await topOf(oldest.id);
    await page.keyboard.press("Enter");
    await page.getByText("Earlier versions shown: 20").waitFor({ state: "attached" });
    assertEquals(await turns.count(), 40);
    const after = await topOf(oldest.id);
    assert(Math.abs(after - before) <= 1, `It moved from ${before} to ${after}`);
    assert(await earlier.evaluate((link) => link === document.activeElement), "The link keeps the focus");
    await app.assertAccessible("a long history");

    // By scrolling up.
    await thread.hover();
    while (await turns.count() < VERSIONS) await page.mouse.wheel(0, -400);
    assertEquals(await earlier.count(), 0);

    // By the address, and by the picker.
    await app.goto(`/projects/${first.projectId}?version=${first.id}`);
    await page.locator(`#turn-${first.id}`).waitFor();
    await studio.shows(1);
    await app.goto(`/projects/${first.projectId}`);
    assertEquals(await page.locator(".version-option").count(), 0);
    await studio.choose(3);
    const third = versions[2];
    assert(third);
    await page.locator(`#turn-${third.id}.turn--sought`).waitFor();
  },
);

browserTest("what is changed in another tab is shown without a reload", async (test) => {
  const site = await test.start();
  const { services } = site.app;
  const [version] = await storeHistory(services.store, edits().slice(0, 1));
  assert(version);
  const app = await test.open(site, { path: "/settings", still: true });
  const listens = app.page.waitForRequest((request) => request.url().endsWith("/api/events"));
  await app.goto(`/projects/${version.projectId}`);
  await listens;
  const { studio } = services;
  await studio.update(localPrincipal, version.projectId, { name: "Renamed elsewhere" });
  await app.page.getByRole("button", { name: "Renamed elsewhere" }).waitFor();
  await studio.updateVersion(localPrincipal, version.projectId, version.id, {
    note: "Looks good",
    starred: true,
  });
  await app.page.getByText("Looks good").waitFor();
  await site.app.json("PATCH", "/api/settings", { theme: "light" });
  await app.page.locator("html[data-theme=light]").waitFor({ state: "attached" });
});
