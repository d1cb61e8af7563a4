import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import type { FileFolder } from "../../lib/shared/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import { hostilePdf, LOCKED_PDF, pdfFile } from "./pdf_file.ts";

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

browserTest("what a PDF tries is left undone, and its worker and pictures go with it", async (test) => {
  const { open } = await start(test, {
    "hostile.pdf": hostilePdf("http://elsewhere.test"),
    "long.pdf": pdfFile(Array.from({ length: 1_000 }, (_, i) => `page ${i + 1}`)),
  });
  const page = await open("hostile.pdf");
  const asked: string[] = [];
  page.page.on("request", (request) => asked.push(new URL(request.url()).host));
  const { host } = new URL(page.page.url());
  for (const number of [1, 2, 3, 4]) {
    const field = page.page.getByRole("spinbutton", { name: "Page" });
    await field.fill(`${number}`);
    await field.press("Enter");
    // One of them is too thin to be seen.
    await sheet(page, number).locator("canvas").waitFor({ state: "attached" });
    const [width, height] = await sheet(page, number).locator("canvas").evaluate((
      canvas: HTMLCanvasElement,
    ) => [canvas.width, canvas.height]);
    assert(width && height && width <= 16_000 && height <= 16_000, `${width} × ${height}`);
  }
  assertEquals(asked.filter((each) => each !== host), []);
  assertEquals(await page.page.locator(".pdf__pages :is(a, input, button, form, iframe)").count(), 0);
  assert(await page.page.title() !== "run");

  const long = await open("long.pdf");
  await sheet(long, 1).locator("canvas").waitFor();
  assertEquals(long.page.workers().filter((worker) => worker.url().includes("/pdf/")).length, 1);
  for (let number = 1; number <= 1_000; number += 37) {
    await long.page.locator(".pdf__pages").evaluate(
      (host, number) => host.querySelector(`[data-page="${number}"]`)?.scrollIntoView(),
      number,
    );
    if (number % 3 === 0) await sheet(long, number).locator("canvas").waitFor();
  }
  assert(await long.page.locator(".pdf-page canvas").count() < 20);
  await long.page.getByRole("link", { name: "As text" }).click();
  await long.page.getByText("[Page 1000]").waitFor();
  assertEquals(long.page.workers().filter((worker) => worker.url().includes("/pdf/")).length, 0);
});
