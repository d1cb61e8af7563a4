import { assert, assertEquals } from "@std/assert";
import { browserTest } from "./browser.ts";
import { unchecked } from "../studio/unchecked.ts";
import { StudioPage } from "./studio_page.ts";

browserTest("who edits a file completes names of other files, and sees errors of types", async (test) => {
  const site = await test.start({}, { validate: unchecked });
  const app = await test.open(site, { path: "/ask", still: true });
  const { page } = app;
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  const studio = await StudioPage.ask(app, site, "A REST API for books with title and year", "API");
  await studio.made(1);

  const open = async (path: string) => {
    await studio.work.getByRole("treeitem", { name: path }).click();
    await studio.openPath.getByText(path, { exact: true }).waitFor();
  };
  const lines = page.locator(".code-view--ready .view-lines");
  const errors = page.locator(".squiggly-error");
  await open("main.ts");
  await lines.waitFor();
  const isWorker = (path: string) => path.endsWith("/ts.worker.js");
  assertEquals(loaded.filter(isWorker), [], "nobody edits yet");

  await open("app.ts");
  await page.locator(".view-line").filter({ hasText: "createApp" }).waitFor();
  await lines.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\ncreateBooks().");
  const completions = page.locator(".suggest-widget.visible .monaco-list-row");
  await completions.first().waitFor();
  assertEquals(loaded.some(isWorker), true);
  await app.screenshot("studio completion");
  await page.keyboard.press("Escape");
  await page.keyboard.type('size;\nconst wrong: number = "👩‍💻 – ✔️";');
  await errors.first().waitFor();
  await app.screenshot("studio type error");
  assertEquals(await page.locator(".unicode-highlight").count(), 0);

  for (let i = 0; i < 2; i++) await page.keyboard.press("Control+Shift+K");
  await errors.first().waitFor({ state: "detached" });
});

browserTest(
  "code is there without the editor, which comes when the network does; what is right is not marked",
  async (test) => {
    const site = await test.start({}, { validate: unchecked });
    const app = await test.open(site, { path: "/ask", still: true });
    const { page } = app;
    app.problems.expect(/ERR_FAILED/);
    await page.route("**/gen/editor/editor.js*", (route) => route.abort());
    const studio = await StudioPage.ask(app, site, "A crypto dashboard with charts", "UI");
    await studio.made(1);
    await page.locator(".code-view").getByText("<!doctype html>").waitFor();
    assertEquals(await page.locator(".code-view--ready").count(), 0);
    await page.unroute("**/gen/editor/editor.js*");
    const lines = page.locator(".code-view--ready .view-lines");
    await lines.waitFor();

    const names = await studio.work.getByRole("treeitem").allTextContents();
    const errors = page.locator(".squiggly-error");
    let files = 0;
    for (const name of names.flatMap((text) => /[\w./-]+\.[jt]s/.exec(text)?.[0] ?? [])) {
      await studio.work.getByRole("treeitem", { name }).click();
      await studio.openPath.getByText(name).waitFor();
      await lines.click();
      await page.keyboard.press("Control+End");
      // Where this error is marked, the file was checked to its end.
      await page.keyboard.type("\nconst const = 1;");
      await errors.first().waitFor();
      await page.keyboard.press("Control+Shift+K");
      await errors.first().waitFor({ state: "detached" });
      files++;
    }
    assert(files > 0, names.join());
  },
);
