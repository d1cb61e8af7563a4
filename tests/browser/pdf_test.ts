import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import type { FileFolder } from "../../lib/shared/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import { LOCKED_PDF, pdfFile } from "./pdf_file.ts";

const pages = (page: AppPage) => page.page.locator(".pdf-page");
const sheet = (page: AppPage, number: number) =>
  page.page.getByRole("region", { name: `Page ${number}`, exact: true });

/** A page of files that opens PDFs of a folder on disk. */
async function start(test: BrowserTest, files: Record<string, Uint8Array>) {
  const path = await Deno.realPath(await Deno.makeTempDir({ prefix: "freshet-pdf-" }));
  test.use({ [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) });
  for (const [name, bytes] of Object.entries(files)) await Deno.writeFile(join(path, name), bytes);
  const site = await test.start();
  const { id } = await site.app.json<FileFolder>("POST", "/api/folders", { path }, 201);
  return {
    open: (name: string, options: { width?: number; scripts?: boolean } = {}) =>
      test.open(site, {
        path: `/files?folder=${id}&show=${encodeURIComponent(name)}`,
        still: true,
        ...options,
      }),
  };
}

browserTest(
  "the pages of a long PDF are drawn as they come into view, gone to, enlarged and searched",
  async (test) => {
    const lines = Array.from({ length: 300 }, (_, i) => i === 249 ? "the needle in it" : `only hay ${i + 1}`);
    const { open } = await start(test, { "long.pdf": pdfFile(lines) });
    const page = await open("long.pdf");
    await sheet(page, 1).locator("canvas").waitFor();
    await page.page.getByText("of 300").waitFor();
    assertEquals(await pages(page).count(), 300);
    assert(await page.page.locator(".pdf-page canvas").count() < 10);
    await sheet(page, 1).getByText("only hay 1", { exact: true }).waitFor();
    await page.assertAccessible("a PDF");
    await page.screenshot("files pdf");

    const field = page.page.getByRole("spinbutton", { name: "Page" });
    await field.fill("120");
    await field.press("Enter");
    await sheet(page, 120).locator("canvas").waitFor();
    const before = await sheet(page, 120).locator("canvas").evaluate((canvas: HTMLCanvasElement) =>
      canvas.width
    );
    await page.button("Larger").click();
    await page.button("Larger").click();
    await page.page.waitForFunction((before) => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-page="120"] canvas');
      return canvas !== null && canvas.width > before * 1.4;
    }, before);

    await page.page.getByRole("searchbox", { name: "Find in this PDF" }).fill("The NEEDLE");
    await page.page.keyboard.press("Enter");
    await page.page.getByText("1 of 1", { exact: true }).waitFor();
    await page.page.waitForFunction(() => [...CSS.highlights.get("pdf-hit") ?? []].join("") === "the needle");
    assertEquals(await field.inputValue(), "250");
    assertEquals(await page.page.evaluate(() => scrollY), 0);

    await page.page.getByRole("link", { name: "As text" }).click();
    await page.page.getByText("[Page 250]").waitFor();
    await page.page.getByRole("link", { name: "As pages" }).click();
    await sheet(page, 1).locator("canvas").waitFor();
  },
);

browserTest("a PDF that is locked, damaged or empty says so, and a password opens it", async (test) => {
  const { open } = await start(test, {
    "locked.pdf": LOCKED_PDF,
    "damaged.pdf": new TextEncoder().encode("%PDF-1.7\nnothing of one"),
    "empty.pdf": new Uint8Array(),
  });
  const page = await open("locked.pdf", { width: 390 });
  await page.page.getByText("locked with a password").waitFor();
  await page.assertAccessible("a locked PDF");
  const password = page.page.getByLabel("Password");
  await password.fill("guess");
  await page.button("Open").click();
  await page.page.getByRole("alert").getByText("This password does not open it").waitFor();
  await password.fill("secret");
  await page.button("Open").click();
  await sheet(page, 1).getByText("behind the door").waitFor();
  await page.screenshot("files pdf phone");
  for (const name of ["damaged.pdf", "empty.pdf"]) {
    const other = await open(name);
    await other.page.getByRole("alert").getByText("damaged and cannot be shown").waitFor();
  }
});

browserTest("without a script a PDF is read as text", async (test) => {
  const { open } = await start(test, { "short.pdf": pdfFile(["by the river"]) });
  const page = await open("short.pdf", { scripts: false });
  await page.page.getByRole("link", { name: "As text" }).click();
  await page.page.getByText("by the river").waitFor();
});
