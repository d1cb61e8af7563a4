import { assert, assertEquals, assertMatch } from "@std/assert";
import { Buffer } from "node:buffer";
import type { CreatedVersion, ProjectList, ProjectPage, VersionFiles } from "../../lib/shared/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import type { Site } from "./site.ts";

const THEMES = ["teal-lime", "llama", "light", "high-contrast"];

/** Opens the list and waits until it does what it shows: then it listens for what happens elsewhere. */
async function openProjects(test: BrowserTest, site: Site, width = 1440): Promise<AppPage> {
  const page = await test.open(site, { path: "/settings/about", width, still: true });
  await go(page, "/projects");
  return page;
}

async function go(page: AppPage, path: string): Promise<void> {
  const listens = page.page.waitForRequest((request) => request.url().endsWith("/api/events"));
  await page.goto(path);
  await listens;
}

/** Makes projects without a version, the last one being the newest. */
async function make(site: Site, ...names: string[]): Promise<void> {
  for (const [i, name] of names.entries()) {
    const body = { name, kinds: i % 2 ? ["api"] : ["ui"] };
    const { project } = await site.app.json<CreatedVersion>("POST", "/api/projects", body);
    // Of two that are as new, either may come first.
    while (Date.now() <= project.updatedAt) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const list = (page: AppPage) => page.page.getByRole("list", { name: "Your projects" });
const item = (page: AppPage, name: string) => list(page).getByRole("listitem").filter({ hasText: name });
const names = (page: AppPage) => list(page).getByRole("link").allInnerTexts();
const search = (page: AppPage) => page.page.getByRole("searchbox", { name: "Search projects" });

async function choose(page: AppPage, name: string, action: string): Promise<void> {
  await item(page, name).getByRole("button", { name: /What to do with/ }).first().click();
  await page.page.getByRole("menuitem", { name: action }).click();
}

browserTest("without a project the page leads to the first one", async (test) => {
  const page = await openProjects(test, await test.start());
  await page.page.getByRole("heading", { name: "Nothing built yet" }).waitFor();
  await page.assertAccessible("no projects");
  await page.screenshot("projects none");
  await page.page.getByRole("link", { name: "Build something" }).click();
  await page.page.getByRole("heading", { name: "What shall we build?" }).waitFor();
});

browserTest("projects are renamed, duplicated, deleted and brought back", async (test) => {
  const site = await test.start();
  await imported(site, "Tea", { "index.html": "<h1>Tea</h1>" });
  await make(site, "Rivers");
  const page = await openProjects(test, site);
  assertEquals(await names(page), ["Rivers", "Tea"]);

  await choose(page, "Tea", "Rename");
  const field = page.page.getByRole("textbox", { name: "Rename" });
  await field.fill("Coffee");
  await field.press("Enter");
  await list(page).getByRole("link", { name: "Coffee" }).waitFor();
  await choose(page, "Coffee", "Rename");
  await field.fill("never mind");
  await field.press("Escape");
  await field.waitFor({ state: "detached" });
  assertEquals((await names(page)).includes("Coffee"), true);

  await choose(page, "Coffee", "Duplicate");
  await page.page.getByText("“Coffee” was duplicated").waitFor();
  await list(page).getByRole("link", { name: /Coffee \(copy\)/ }).waitFor();

  await choose(page, "Rivers", "Delete");
  await page.page.getByText("“Rivers” was deleted").waitFor();
  assertEquals((await names(page)).includes("Rivers"), false);
  await page.button("Undo").click();
  await list(page).getByRole("link", { name: "Rivers" }).waitFor();
  await go(page, "/projects");
  assertEquals((await names(page)).toSorted(), ["Coffee", "Coffee (copy)", "Rivers"]);
});

browserTest("what the server refuses is taken back and said", async (test) => {
  const site = await test.start();
  await make(site, "Tea");
  const page = await openProjects(test, site);
  page.problems.expect(/507/);
  const error = { code: "storage", message: "The disk is full" };
  await page.page.route(/\/api\/projects\/\w+$/, (route) => route.fulfill({ status: 507, json: { error } }));
  await choose(page, "Tea", "Delete");
  await page.page.getByRole("alert").filter({ hasText: "The disk is full" }).waitFor();
  assertEquals(await names(page), ["Tea"]);
  await choose(page, "Tea", "Rename");
  const field = page.page.getByRole("textbox", { name: "Rename" });
  await field.fill("Coffee");
  await field.press("Enter");
  await page.page.getByRole("alert").getByText("The disk is full").nth(1).waitFor();
  await list(page).getByRole("link", { name: "Tea" }).waitFor();
});

browserTest("the search finds names while one types, and is in the address", async (test) => {
  const site = await test.start();
  await make(site, "Tea", "Rivers of tea", "Clouds");
  const page = await openProjects(test, site);
  await search(page).fill("tea");
  await page.page.waitForURL("**/projects?q=tea");
  assertEquals(await names(page), ["Rivers of tea", "Tea"]);
  await page.reload();
  assertEquals(await names(page), ["Rivers of tea", "Tea"]);
  await search(page).fill("no such name");
  await page.page.getByText("No project's name has “no such name” in it").waitFor();
  await page.assertAccessible("nothing found");
  await page.page.getByRole("link", { name: "Show all projects" }).click();
  await list(page).getByRole("link", { name: "Clouds" }).waitFor();
  await page.page.waitForURL((url) => url.search === "");
});

browserTest("without scripts it lists, searches and turns pages", async (test) => {
  const site = await test.start();
  await make(site, ...Array.from({ length: 60 }, (_, i) => `Project ${i}`));
  const page = await test.open(site, { path: "/projects", scripts: false });
  assertEquals([(await names(page)).length, (await names(page))[0]], [50, "Project 59"]);
  await page.page.getByRole("link", { name: "Show more" }).click();
  assertEquals((await names(page)).length, 10);
  await page.goto("/projects");
  await search(page).fill("Project 41");
  await page.button("Search").click();
  assertEquals(await names(page), ["Project 41"]);
});

browserTest("more projects are added to the list", async (test) => {
  const site = await test.start();
  await make(site, ...Array.from({ length: 60 }, (_, i) => `Project ${i}`));
  const page = await openProjects(test, site);
  await page.page.getByRole("link", { name: "Show more" }).click();
  await list(page).getByRole("link", { name: "Project 0", exact: true }).waitFor();
  const all = await names(page);
  assertEquals([all.length, new Set(all).size, all.at(-1)], [60, 60, "Project 0"]);
  assertEquals(await page.page.getByRole("link", { name: "Show more" }).count(), 0);
});

browserTest("a list that cannot be loaded says so, keeps what is there, and is tried again", async (test) => {
  const site = await test.start();
  await make(site, "Tea");
  const page = await openProjects(test, site);
  page.problems.expect(/ERR_|Failed/);
  await site.goAway();
  await search(page).fill("tea");
  await page.page.getByText("The projects could not be loaded").waitFor();
  assertEquals(await names(page), ["Tea"]);
  await page.assertAccessible("not loaded");
  await page.screenshot("projects not loaded");
  site.comeBack();
  await page.page.getByRole("link", { name: "Try again" }).click();
  await page.page.getByText("The projects could not be loaded").waitFor({ state: "detached" });
});

browserTest("what happens elsewhere shows: a new project, and one that is being generated", async (test) => {
  const site = await test.start();
  await make(site, "Tea");
  const page = await openProjects(test, site);
  await make(site, "From another tab");
  await list(page).getByRole("link", { name: "From another tab" }).waitFor();
  const { projects } = await site.app.json<ProjectList>("GET", "/api/projects");
  let isGenerating = true;
  await page.page.route(
    "**/api/projects",
    (route) =>
      route.fulfill({ json: { projects: projects.map((project) => ({ ...project, isGenerating })) } }),
  );
  await make(site, "Another event");
  await item(page, "Tea").getByText("Being generated").waitFor();
  await page.assertAccessible("being generated");
  await page.screenshot("projects generating");
  isGenerating = false;
  await page.page.getByText("Being generated").first().waitFor({ state: "detached" });
});

browserTest("a ZIP is imported: what was exported comes back", async (test) => {
  const site = await test.start();
  const page = await openProjects(test, site);
  const made = await imported(site, "Tea page", { "index.html": "<h1>Tea</h1>", "app.ts": "export {};" });
  const zip = await site.app.fetch(`/api/projects/${made.project.id}/versions/${made.version?.id}/zip`);
  const buffer = Buffer.from(await zip.arrayBuffer());
  const chosen = page.page.waitForEvent("filechooser");
  await page.button("Import").click();
  await page.assertAccessible("the import menu");
  await page.page.getByRole("menuitem", { name: "A ZIP file" }).click();
  await (await chosen).setFiles({ name: "Tea.zip", mimeType: "application/zip", buffer });
  await page.page.waitForURL(/\/projects\/\w+$/);
  assert(page.path !== `/projects/${made.project.id}`);
  const { project, versions } = await site.app.json<ProjectPage>("GET", `/api${page.path}`);
  assertEquals([project.name, versions[0]?.origin], ["Tea", "import"]);
  const { files } = await site.app.json<VersionFiles>(
    "GET",
    `/api${page.path}/versions/${versions[0]?.id}/files`,
  );
  assert(files.some(({ path, content }) => path === "index.html" && content === "<h1>Tea</h1>"));
});

browserTest("a folder is imported without what no project needs", async (test) => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/tea/node_modules/x`, { recursive: true });
    await Deno.mkdir(`${folder}/tea/src`);
    await Deno.writeTextFile(`${folder}/tea/index.html`, "<h1>Tea</h1>");
    await Deno.writeTextFile(`${folder}/tea/src/app.ts`, "export {};");
    await Deno.writeTextFile(`${folder}/tea/node_modules/x/index.js`, "0");
    const site = await test.start();
    const page = await openProjects(test, site);
    const chosen = page.page.waitForEvent("filechooser");
    await page.button("Import").click();
    await page.page.getByRole("menuitem", { name: "A folder" }).click();
    await (await chosen).setFiles(`${folder}/tea`);
    await page.page.waitForURL(/\/projects\/\w+$/);
    const { project, versions } = await site.app.json<ProjectPage>("GET", `/api${page.path}`);
    assertEquals(project.name, "tea");
    const { files } = await site.app.json<VersionFiles>(
      "GET",
      `/api${page.path}/versions/${versions[0]?.id}/files`,
    );
    assertEquals(files.map(({ path }) => path).toSorted(), ["index.html", "src/app.ts"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

browserTest("what an import had to leave out is named", async (test) => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/tea`);
    await Deno.writeTextFile(`${folder}/tea/index.html`, "<h1>Tea</h1>");
    await Deno.writeTextFile(`${folder}/tea/cup.png`, "not looked into");
    const page = await openProjects(test, await test.start());
    const chosen = page.page.waitForEvent("filechooser");
    await page.button("Import").click();
    await page.page.getByRole("menuitem", { name: "A folder" }).click();
    await (await chosen).setFiles(`${folder}/tea`);
    await page.page.getByText("cup.png").waitFor();
    await list(page).getByRole("link", { name: "tea" }).waitFor();
    await page.button("Open").click();
    await page.page.waitForURL(/\/projects\/\w+$/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

browserTest("what is no archive is refused in words", async (test) => {
  const page = await openProjects(test, await test.start());
  page.problems.expect(/40\d|415/);
  const chosen = page.page.waitForEvent("filechooser");
  await page.button("Import").click();
  await page.page.getByRole("menuitem", { name: "A ZIP file" }).click();
  await (await chosen).setFiles({
    name: "a.zip",
    mimeType: "application/zip",
    buffer: Buffer.from("no ZIP"),
  });
  const alert = page.page.getByRole("alert").filter({ hasText: /./ });
  await alert.waitFor();
  assertMatch(await alert.innerText(), /archive|ZIP/i);
  assertEquals(page.path, "/projects");
});

browserTest("all of it by keyboard", async (test) => {
  const site = await test.start();
  await make(site, "Tea");
  const page = await openProjects(test, site);
  const { keyboard } = page.page;
  await list(page).getByRole("link", { name: "Tea" }).focus();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await page.page.getByRole("menuitem", { name: "Rename" }).and(page.page.locator(":focus")).waitFor();
  await keyboard.press("Enter");
  const field = page.page.getByRole("textbox", { name: "Rename" });
  await field.and(page.page.locator(":focus")).waitFor();
  await keyboard.type("Coffee");
  await keyboard.press("Enter");
  await list(page).getByRole("link", { name: "Coffee" }).and(page.page.locator(":focus")).waitFor();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await page.page.getByRole("menuitem", { name: "Rename" }).and(page.page.locator(":focus")).waitFor();
  await keyboard.press("ArrowUp");
  await keyboard.press("Enter");
  await page.page.getByText("“Coffee” was deleted").waitFor();
  await page.page.getByRole("heading", { name: "Projects" }).and(page.page.locator(":focus")).waitFor();
  await page.button("Undo").press("Enter");
  await list(page).getByRole("link", { name: "Coffee" }).waitFor();
  await list(page).getByRole("link", { name: "Coffee" }).press("Enter");
  await page.page.waitForURL("**/projects/*");
});

for (const width of [390, 820, 1440]) {
  browserTest(
    `the list is accessible, in all themes where it is wide, and fits, at ${width} px`,
    async (test) => {
      const site = await test.start();
      await make(
        site,
        "Tea",
        "A project whose name is so long that it has to be cut off where there is no room for it",
      );
      const page = await openProjects(test, site, width);
      await page.assertAccessible(`projects, ${width} px`);
      await page.screenshot(`projects ${width}`);
      const overflow = await page.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert(overflow <= 0, `${overflow} px too wide`);
      // Colours do not depend on the width.
      for (const theme of width === 1440 ? THEMES : []) {
        await site.app.json("PATCH", "/api/settings", { theme });
        await page.page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, theme);
        await page.assertAccessible(`projects, ${theme}, ${width} px`, ["color-contrast"]);
      }
    },
  );
}

browserTest("it speaks German", async (test) => {
  const site = await test.start();
  await make(site, "Tee");
  await site.app.json("PATCH", "/api/settings", { language: "de" });
  const page = await openProjects(test, site);
  await page.page.getByRole("heading", { name: "Projekte" }).waitFor();
  await page.page.getByText("Geändert gerade eben").waitFor();
  await page.page.getByRole("button", { name: "Was mit Tee geschehen soll" }).click();
  await page.page.getByRole("menuitem", { name: "Löschen" }).click();
  await page.page.getByText("„Tee“ wurde gelöscht").waitFor();
});

/** A project out of files, made through the API, whose version is complete. */
async function imported(site: Site, name: string, files: Record<string, string>): Promise<CreatedVersion> {
  const body = new FormData();
  for (const [path, text] of Object.entries(files)) body.append(path, new File([text], path));
  const response = await site.app.fetch(`/api/projects/import?name=${encodeURIComponent(name)}`, {
    method: "POST",
    body,
  });
  assertEquals(response.ok, true, `the import answered ${response.status}`);
  const created = await response.json() as CreatedVersion;
  for (;;) {
    const { versions } = await site.app.json<ProjectPage>("GET", `/api/projects/${created.project.id}`);
    if (versions.every(({ status }) => status === "complete")) return created;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
