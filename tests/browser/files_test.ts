import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import type { FileFolder } from "../../lib/shared/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import type { Site } from "./site.ts";

/** A 1 × 1 picture. */
const PIXEL = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);

/** A folder on disk that goes away with the test. */
class Disk implements AsyncDisposable {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<Disk> {
    const disk = new Disk(await Deno.realPath(await Deno.makeTempDir({ prefix: "freshet-page-" })));
    await Deno.mkdir(join(disk.path, "Documents/letters"), { recursive: true });
    await disk.put("Documents/readme.md", "# Rivers\n\nThey **flow**.\n");
    await disk.put("Documents/notes.txt", "first line\nsecond line\n");
    await Deno.writeFile(join(disk.path, "Documents/picture.png"), PIXEL);
    await Deno.symlink("/etc", join(disk.path, "Documents/elsewhere"));
    return disk;
  }

  get documents(): string {
    return join(this.path, "Documents");
  }

  put(path: string, text: string): Promise<void> {
    return Deno.writeTextFile(join(this.path, path), text);
  }

  read(path: string): Promise<string> {
    return Deno.readTextFile(join(this.path, path));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

async function startWithFolder(test: BrowserTest): Promise<{ site: Site; disk: Disk; folder: FileFolder }> {
  const disk = test.use(await Disk.make());
  const site = await test.start();
  const folder = await site.app.json<FileFolder>("POST", "/api/folders", { path: disk.documents }, 201);
  return { site, disk, folder };
}

const grid = (page: AppPage) => page.page.getByRole("grid");
const row = (page: AppPage, name: string) => grid(page).locator(`[data-name="${name}"]`);
const entry = (page: AppPage, name: string) => row(page, name).locator(".file-row__name");
const panel = (page: AppPage) => page.page.locator(".file-panel");
const names = (page: AppPage) => grid(page).locator(".file-row__name").allInnerTexts();

async function upload(page: AppPage, name: string, text: string): Promise<void> {
  const chooser = page.page.waitForEvent("filechooser");
  await page.button("Upload").click();
  await (await chooser).setFiles({
    name,
    mimeType: "text/plain",
    buffer: Buffer.from(text),
  });
}

for (const [width, kind] of [[1440, "desktop"], [820, "tablet"], [390, "phone"]] as const) {
  browserTest(
    `files are added, shown, renamed, edited, deleted and brought back on a ${kind}`,
    async (test) => {
      const disk = test.use(await Disk.make());
      const site = await test.start();
      const page = await test.open(site, { path: "/files", width, still: true });
      await page.page.getByRole("heading", { name: "No folder yet" }).waitFor();
      await page.assertAccessible(`no folder on a ${kind}`);
      await page.screenshot(`files none ${kind}`);
      await page.page.getByRole("textbox", { name: "Path of a folder" }).fill(disk.documents);
      await page.button("Add").click();
      await entry(page, "readme.md").waitFor();
      assertEquals(await names(page), ["letters", "elsewhere", "notes.txt", "picture.png", "readme.md"]);
      await page.assertAccessible(`a folder on a ${kind}`);
      await page.screenshot(`files folder ${kind}`);

      await upload(page, "up.txt", "uploaded\n");
      await entry(page, "up.txt").waitFor();
      assertEquals(await disk.read("Documents/up.txt"), "uploaded\n");

      await entry(page, "readme.md").click();
      await panel(page).getByRole("heading", { name: "Rivers" }).waitFor();
      await page.assertAccessible(`a preview on a ${kind}`);
      await page.screenshot(`files preview ${kind}`);
      await page.page.getByRole("link", { name: "Close the preview" }).click();
      await panel(page).waitFor({ state: "detached" });
      await page.page.locator('[data-name="readme.md"] .file-row__name:focus').waitFor();

      await entry(page, "up.txt").focus();
      await page.page.keyboard.press("F2");
      await page.page.getByRole("textbox", { name: "New name" }).fill("a/b");
      await page.page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
      await page.page.getByRole("alert").getByText("Cannot use the path").waitFor();
      page.problems.expect(/409/);
      await page.page.getByRole("textbox", { name: "New name" }).fill("notes.txt");
      await page.page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
      await page.page.getByRole("dialog").getByRole("alert").getByText("already").waitFor();
      await page.page.getByRole("textbox", { name: "New name" }).fill("river.txt");
      await page.page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
      await entry(page, "river.txt").waitFor();

      await entry(page, "river.txt").click();
      await panel(page).getByText("uploaded").waitFor();
      await page.button("Edit").click();
      await page.page.locator(".monaco-editor .view-line").first().waitFor();
      await page.page.keyboard.press("Control+Home");
      await page.page.keyboard.type("well ");
      await panel(page).getByText("not saved").waitFor();
      await page.screenshot(`files editor ${kind}`);
      await page.button("Save").click();
      await page.page.getByText("river.txt was saved").waitFor();
      assertEquals(await disk.read("Documents/river.txt"), "well uploaded\n");
      await page.button("Stop editing").click();
      await page.button("Delete river.txt").click();
      await entry(page, "river.txt").waitFor({ state: "detached" });
      assertEquals(await exists(join(disk.documents, "river.txt")), false);

      await page.page.getByRole("link", { name: "Trash" }).click();
      await page.page.getByRole("heading", { name: "Trash" }).waitFor();
      await page.assertAccessible(`the trash on a ${kind}`);
      await page.screenshot(`files trash ${kind}`);
      await page.button("Bring back river.txt").click();
      await page.page.getByText("The trash is empty").waitFor();
      assertEquals(await disk.read("Documents/river.txt"), "well uploaded\n");
    },
  );
}

browserTest("what another program writes while a file is edited is not overwritten unasked", async (test) => {
  const { site, disk, folder } = await startWithFolder(test);
  const page = await test.open(site, { path: `/files?folder=${folder.id}&show=notes.txt`, still: true });
  await page.button("Edit").click();
  await page.page.locator(".monaco-editor .view-line").first().waitFor();
  await page.page.keyboard.press("Control+Home");
  await page.page.keyboard.type("mine ");
  await disk.put("Documents/notes.txt", "by another program\n");
  page.problems.expect(/409/);
  await page.page.keyboard.press("Control+s");
  await page.page.getByText("Another program has changed this file").waitFor();
  await page.assertAccessible("a conflict");
  await page.screenshot("files conflict");
  assertEquals(await disk.read("Documents/notes.txt"), "by another program\n");
  await page.page.getByRole("link", { name: "Close the preview" }).click();
  await page.page.getByRole("heading", { name: "Throw away what you typed?" }).waitFor();
  await page.page.getByRole("link", { name: "Cancel" }).click();
  await page.button("Overwrite it").click();
  await page.page.getByText("notes.txt was saved").waitFor();
  assertEquals(await disk.read("Documents/notes.txt"), "mine first line\nsecond line\n");
});

browserTest(
  "a folder of ten thousand entries is gone through by keys, with few of them rendered",
  async (test) => {
    const { site, disk, folder } = await startWithFolder(test);
    const large = join(disk.documents, "large");
    await Deno.mkdir(large);
    for (let i = 0; i < 10_000; i++) Deno.writeTextFileSync(join(large, `file ${i}.txt`), "");
    const page = await test.open(site, { path: `/files?folder=${folder.id}&path=large`, still: true });
    await page.page.locator('[role=grid][aria-rowcount="10001"]').waitFor();
    const { keyboard } = page.page;
    await entry(page, "file 0.txt").focus();
    await keyboard.press("End");
    await page.page.locator('[data-name="file 9999.txt"] .file-row__name:focus').waitFor();
    assert(await grid(page).locator(".file-row").count() < 120);
    await keyboard.press("Home");
    await keyboard.press("Shift+ArrowDown");
    await keyboard.press("Shift+ArrowDown");
    await page.page.getByText("3 chosen").waitFor();
    await keyboard.press("Escape");
    await keyboard.type("file 4711");
    await page.page.locator('[data-name="file 4711.txt"] .file-row__name:focus').waitFor();
    await page.button("As tiles").click();
    await page.page.locator(".file-grid--tiles").waitFor();
    await entry(page, "file 4711.txt").waitFor();
    await page.assertAccessible("tiles");
    await page.screenshot("files tiles");
    await entry(page, "file 4711.txt").focus();
    await keyboard.press("Backspace");
    await page.page.locator('[data-name="large"] .file-row__name:focus').waitFor();
  },
);

browserTest("files are found, moved, and asked about in a chat", async (test) => {
  const { site, disk, folder } = await startWithFolder(test);
  const page = await test.open(site, { path: `/files?folder=${folder.id}`, still: true });
  await page.page.getByRole("searchbox").fill("second");
  await page.page.getByRole("checkbox", { name: "In contents too" }).check();
  await page.button("Search").click();
  await page.page.getByText("1 found").waitFor();
  await page.assertAccessible("a search");
  await page.screenshot("files search");
  await page.page.getByRole("link", { name: "notes.txt" }).click();
  await panel(page).getByText("second line").waitFor();
  await page.button("Close the search").click();
  await row(page, "notes.txt").locator(".file-row__check").check();
  await page.button("Move").click();
  await page.page.getByRole("dialog").getByRole("button", { name: "letters" }).click();
  await page.button("Move here").click();
  await entry(page, "notes.txt").waitFor({ state: "detached" });
  assertEquals(await disk.read("Documents/letters/notes.txt"), "first line\nsecond line\n");
  await entry(page, "letters").click();
  await entry(page, "notes.txt").click();
  await page.button("Use in a chat").click();
  await page.page.getByRole("textbox", { name: "Your message" }).fill("What is in this?");
  await page.button("Send").click();
  await page.page.waitForURL(/\/chat\//);
  await page.questions.getByText("notes.txt").waitFor();
});

browserTest("folders are gone through and files saved without a script", async (test) => {
  const { site, disk } = await startWithFolder(test);
  await disk.put("Documents/letters/old.txt", "of old");
  const page = await test.open(site, { path: "/files", scripts: false });
  await page.page.getByRole("link", { name: "letters" }).click();
  await page.page.getByRole("link", { name: "old.txt" }).click();
  await page.page.getByText("of old").waitFor();
  const download = page.page.waitForEvent("download");
  await page.page.getByRole("link", { name: "Download" }).click();
  assertEquals((await download).suggestedFilename(), "old.txt");
  await page.page.getByRole("link", { name: "Documents" }).last().click();
  await page.page.getByRole("link", { name: "readme.md" }).waitFor();
});

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

browserTest(
  "damaged images and recordings say so, and names that cannot be had are offered otherwise",
  async (test) => {
    const { site, disk, folder } = await startWithFolder(test);
    await disk.put("Documents/broken.png", "no picture");
    await disk.put("Documents/broken.mp3", "no sound");
    const page = await test.open(site, { path: `/files?folder=${folder.id}&show=broken.png`, still: true });
    await panel(page).getByRole("alert").getByText("image is damaged").waitFor();
    await entry(page, "broken.mp3").click();
    await panel(page).getByRole("alert").getByText("recording is damaged").waitFor();
    page.problems.expect(/40[09]/);
    await upload(page, "notes.txt", "another\n");
    await page.button("Send it as notes (2).txt").click();
    await entry(page, "notes (2).txt").waitFor();
    await upload(page, "what?.txt", "asked\n");
    await page.button("Send it as what_.txt").click();
    await entry(page, "what_.txt").waitFor();
    assertEquals(await disk.read("Documents/notes (2).txt"), "another\n");
    // With another one chosen, F2 is for the one that has the focus.
    await row(page, "readme.md").locator(".file-row__check").check();
    await entry(page, "notes.txt").focus();
    await page.page.keyboard.press("F2");
    await page.page.getByRole("heading", { name: "Rename notes.txt" }).waitFor();
  },
);
