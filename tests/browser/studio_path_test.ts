import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readFile } from "node:fs/promises";
import { unzipProject } from "../../lib/studio/mod.ts";
import { browserTest } from "./browser.ts";
import { StartedProject } from "./studio_started_project.ts";
import { StudioPage } from "./studio_page.ts";

const PROMPT =
  "A REST API for books with title (required), author and year (number), with search and pagination";

browserTest("the whole path of an API: versions, diff, restore, branch, ZIP, run", async (test) => {
  const site = await test.start();
  const app = await test.open(site, { path: "/ask", still: true });
  const studio = await StudioPage.ask(app, site, PROMPT, "API");

  const first = await studio.made(1);
  studio.assertPassed(first);
  await seeChecks(studio);
  await app.screenshot("studio api v1");

  // It may be done soon, so that what is seen on the way is looked for from before.
  await Promise.all([
    app.page.locator(".tracker").waitFor(),
    studio.chat.getByText(/(generating|Checking) v2…/).waitFor(),
    studio.chat.locator(".bubble").getByText("add authentication").waitFor(),
    studio.send("add authentication"),
  ]);
  const second = await studio.made(2);
  studio.assertPassed(second);
  await seeChecks(studio);
  await seeChangedFiles(studio);
  await app.screenshot("studio api v2");

  await studio.choose(1);
  await studio.work.getByRole("treeitem", { name: "require_user.ts" }).waitFor({ state: "detached" });
  await studio.work.getByRole("treeitem", { name: "app.ts" }).waitFor();
  await app.page.waitForFunction(isFirstPromptInSight);
  await seeDiff(studio);
  await restoreAndBranch(studio);
  await startDownload(studio);
  await runAndAsk(studio);
});

/** Choosing a version scrolls the chat to what was asked for. */
function isFirstPromptInSight(): boolean {
  const thread = document.getElementById("studio-thread")?.getBoundingClientRect();
  const prompt = document.querySelector("#studio-thread .bubble")?.getBoundingClientRect();
  return thread !== undefined && prompt !== undefined &&
    prompt.top >= thread.top && prompt.bottom <= thread.bottom;
}

/** Every check has a sign, and says that it passed. */
async function seeChecks(studio: StudioPage): Promise<void> {
  const signs = studio.app.page.locator(".check-sign");
  for (const check of ["Paths", "Syntax", "Imports", "Types", "Lint", "Tests", "Start"]) {
    await signs.filter({ hasText: check }).getByText("passed").waitFor({ state: "attached" });
  }
  assertEquals(await studio.app.page.locator(".check-sign--failed").count(), 0);
}

/** The card lists what was changed; a click opens the file. */
async function seeChangedFiles(studio: StudioPage): Promise<void> {
  const card = studio.card(2);
  const { changes } = await studio.version(2);
  await card.getByRole("button", { name: /v2/ }).first().click();
  assertEquals(await card.getByRole("listitem").count(), changes.length);
  const shown = await card.getByRole("listitem").allInnerTexts();
  for (const { path, operation } of changes) {
    assert(shown.some((text) => text.includes(path) && text.includes(operation)), `${operation} ${path}`);
  }
  // Short enough to be seen as a whole.
  const path = "auth/require_user.ts";
  // By key: what floats over the end of the thread may come between a pointer and the row just then.
  await card.getByRole("button", { name: path }).press("Enter");
  await studio.openPath.getByText(path).waitFor();
  await studio.app.page.locator(".view-line").filter({ hasText: "function requireUser" }).waitFor();
  assertEquals(await studio.openText(), (await studio.files(2)).get(path));
}

async function seeDiff(studio: StudioPage): Promise<void> {
  const { page } = studio.app;
  await studio.act(2, "Compare with previous");
  const files = page.getByRole("navigation", { name: "Changed files" });
  await files.getByRole("button", { name: /app\.ts/ }).click();
  const text = page.getByRole("region", { name: "app.ts" });
  const added = text.locator(".diff-row--added, .diff-row--changed");
  await added.filter({ hasText: "requireUser" }).first().waitFor();
  assertEquals(await page.getByLabel("Before").inputValue(), (await studio.version(1)).id);
  assertEquals(await page.getByLabel("After").inputValue(), (await studio.version(2)).id);
  await page.getByText("Inline", { exact: true }).click();
  await page.locator(".diff-table--inline .diff-row--added").filter({ hasText: "requireUser" }).first()
    .waitFor();
  await studio.app.screenshot("studio api diff");
}

async function restoreAndBranch(studio: StudioPage): Promise<void> {
  const { page } = studio.app;
  await studio.act(1, "Restore");
  await studio.toast("v1 is back, as a new version");
  const third = await studio.made(3);
  assertEquals([third.origin, third.branch], ["restore", "main"]);
  assertEquals(await studio.files(3), await studio.files(1));

  await studio.act(2, "Branch from here…");
  const dialog = page.getByRole("dialog", { name: "A branch from v2" });
  await dialog.getByRole("textbox", { name: "Name of the branch" }).fill("with users");
  await dialog.getByRole("button", { name: "Make the branch" }).click();
  await studio.toast("You are on the branch with users now");
  await studio.shows(2);
  const { project } = await studio.stored();
  assertEquals([project.activeBranch, project.branches.length], ["with users", 2]);
  assertEquals(project.branches[1]?.headId, (await studio.version(2)).id);
  await studio.assertInPlace();
  await studio.app.screenshot("studio api branch");
}

/** What is downloaded is the version, and starts with one command. */
async function startDownload(studio: StudioPage): Promise<void> {
  const downloading = studio.app.page.waitForEvent("download");
  await studio.act(2, "Download ZIP");
  const download = await downloading;
  const { files, skipped } = unzipProject(await readFile(await download.path()));
  assertEquals(skipped, []);
  const unpacked = new Map(files.map(({ path, content }) => [path, content]));
  for (const [path, content] of await studio.files(2)) assertEquals(unpacked.get(path), content, path);
  await using started = await StartedProject.start(files);
  const health = await started.get("/health");
  assertEquals([health.status, await health.json()], [200, { status: "ok" }]);
  const books = await started.get("/books");
  assertEquals(books.status, 401);
  assertStringIncludes(await books.text(), "error");
}

async function runAndAsk(studio: StudioPage): Promise<void> {
  const { app, app: { page } } = studio;
  await studio.openTab("Run");
  const run = page.getByRole("region", { name: "Run", exact: true });
  await run.getByRole("button", { name: "Start" }).click();
  await run.getByRole("list", { name: "Running versions" }).getByText("Running").waitFor();
  const routes = run.getByRole("button", { name: /^Fill in/ });
  await routes.first().waitFor();
  const names = await routes.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
  for (const route of ["GET /health", "POST /auth/register", "GET /books", "POST /books"]) {
    assert(names.includes(`Fill in ${route}`), `${route} is not among ${names}`);
  }
  await run.getByRole("button", { name: "Fill in GET /health" }).click();
  assertEquals(await run.getByRole("textbox", { name: "Path" }).inputValue(), "/health");
  await run.getByRole("button", { name: "Send" }).click();
  const answer = run.getByRole("region", { name: "Answer of v2" });
  await answer.getByText("200", { exact: true }).waitFor();
  assertStringIncludes(await answer.locator("pre").innerText(), '"status": "ok"');
  await app.screenshot("studio api run");
  await run.getByRole("button", { name: "Stop v2" }).click();
  await page.waitForFunction(() => !document.querySelector(".process .light--healthy"));
}
