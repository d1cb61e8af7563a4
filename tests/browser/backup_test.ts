import { assertEquals } from "@std/assert";
import { browserTest } from "./browser.ts";

for (const [width, theme] of [[390, "light"], [820, "deep-dark"], [1440, "deep-dark"]] as const) {
  browserTest(`backups are made, planned, checked, deleted and restored at ${width} px`, async (test) => {
    const site = await test.start();
    await site.app.json("PATCH", "/api/settings", { theme });
    const page = await test.open(site, { path: "/settings/backup", width, still: true });
    const listening = page.page.waitForRequest((request) => request.url().endsWith("/api/events"));
    await page.reload();
    await listening;
    await page.page.getByText("There is no backup yet.").waitFor();
    await page.page.getByLabel("Backup file").waitFor();
    await page.assertAccessible("nothing so far");
    await page.screenshot(`backup empty ${width}`);
    await page.button("Make a backup").click();
    await page.page.getByText("The backup was made and read again.").waitFor();
    await page.page.getByLabel("How often").selectOption("week");
    await page.page.getByLabel("Folder", { exact: true }).fill("not/absolute");
    page.problems.expect(/status of 400/);
    await page.button("Save the schedule").click();
    await page.page.getByRole("alert").getByText("the path has to be absolute").waitFor();
    await page.page.getByLabel("Folder", { exact: true }).fill("");
    await page.button("Save the schedule").press("Enter");
    await page.page.getByText("The schedule was saved.").waitFor();
    await page.page.getByText(/^Next: /).waitFor();
    await page.assertAccessible("a backup and a schedule");
    await page.page.locator("#backup-kept").scrollIntoViewIfNeeded();
    await page.screenshot(`backup kept ${width}`);
    const wide = await page.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assertEquals(wide, false);
    if (width !== 1440) return;
    const view = page.page.waitForResponse((response) => response.url().endsWith("/api/backups"));
    await page.button(/^Check the backup of/).click();
    await view;
    await page.page.getByText(/whole on/).waitFor();
    await page.page.locator("button[aria-disabled=true]").waitFor({ state: "detached" });
    await page.button(/^Restore the backup of/).click();
    await page.page.getByText(/All of it was compared with the backup/).waitFor();
    await page.page.locator("button[aria-disabled=true]").waitFor({ state: "detached" });
    assertEquals(await page.page.getByLabel("How often").inputValue(), "off", "that of the backup");
    await page.assertAccessible("restored");
    await page.screenshot("backup restored");
    await site.app.json("POST", "/api/chat/sessions", { title: "In use" });
    const docs = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${docs}/notes.txt`, "hello");
      await Deno.symlink("notes.txt", `${docs}/link`);
      await site.app.json("POST", "/api/folders", { path: docs, confirmed: true });
      await page.reload();
      await page.page.getByText("This Freshet is in use", { exact: false }).waitFor();
      await page.page.getByText("Files: 1, 5 B", { exact: false }).first().waitFor();
      await page.page.getByLabel(/^With the files of my folders/).first().check();
      await page.button("Make a backup").click();
      await page.page.getByText("Not in it: 1.", { exact: false }).waitFor();
      await page.page.getByText("link · a link").waitFor();
      await page.assertAccessible("with files");
    } finally {
      await Deno.remove(docs, { recursive: true });
    }
    await page.button(/^Delete the backup of/).first().click();
    await page.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.page.getByText("files: 1", { exact: true }).waitFor({ state: "detached" });
    await page.button(/^Delete the backup of/).click();
    await page.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.page.getByText("There is no backup yet.").waitFor();
  });
}
