import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Buffer } from "node:buffer";
import type { Locator } from "playwright-core";
import { PROJECT_LIMITS, type ProjectList, type ProjectPage } from "../../lib/shared/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import { startWithOllama } from "./ollama.ts";
import type { Site } from "./site.ts";

const THEMES = ["teal-lime", "llama", "light", "high-contrast"];
/** One red pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";

/** Opens the page and waits until it does what it shows: then it listens for what happens elsewhere. */
async function openAsk(test: BrowserTest, site: Site, width = 1440): Promise<AppPage> {
  const page = await test.open(site, { path: "/settings/about", width, still: true });
  await go(page, "/ask");
  return page;
}

async function go(page: AppPage, path: string): Promise<void> {
  const listens = page.page.waitForRequest((request) => request.url().endsWith("/api/events"));
  await page.goto(path);
  await listens;
}

const prompt = (page: AppPage) => page.page.getByRole("textbox", { name: "What it should be" });
const problem = (page: AppPage) => page.page.locator("#ask-problem");
const images = (page: AppPage) => page.page.getByRole("list", { name: "Images for it" });

/** The only project of a site. */
async function project(site: Site): Promise<ProjectPage> {
  const { projects } = await site.app.json<ProjectList>("GET", "/api/projects");
  assertEquals(projects.length, 1);
  return await site.app.json<ProjectPage>("GET", `/api/projects/${projects[0]?.id}`);
}

browserTest("a prompt becomes a project, whose page comes at once", async (test) => {
  const site = await test.start();
  const page = await openAsk(test, site);
  await prompt(page).fill("A page that counts my cups of tea");
  await page.page.getByRole("group", { name: "Kind" }).getByText("UI").click();
  await prompt(page).press("Control+Enter");
  await page.page.waitForURL("**/projects/*");
  const { project: made, versions } = await project(site);
  assertEquals(page.path, `/projects/${made.id}`);
  assertEquals([made.kinds, versions[0]?.prompt], [["ui"], "A page that counts my cups of tea"]);
  await go(page, "/ask");
  assertEquals(await prompt(page).inputValue(), "", "what was sent is no draft any more");
});

browserTest("without scripts it is a form: examples, errors and all", async (test) => {
  const site = await test.start();
  const page = await test.open(site, { path: "/ask", scripts: false });
  page.problems.expect(/400/);
  await page.button("Build").click();
  await problem(page).getByText("Say what you want to build").waitFor();
  assertEquals(await prompt(page).getAttribute("aria-invalid"), "true");
  await page.page.getByRole("link", { name: /Crypto dashboard/ }).click();
  assertStringIncludes(await prompt(page).inputValue(), "crypto dashboard");
  await page.page.getByText("Both", { exact: true }).click();
  await page.button("Build").click();
  await page.page.waitForURL("**/projects/*");
  const { project: made, versions } = await project(site);
  assertEquals(made.kinds, ["ui", "api"]);
  assertStringIncludes(versions[0]?.prompt ?? "", "crypto dashboard");
});

browserTest("what is wrong is said in place, and nothing that was typed is lost", async (test) => {
  const site = await test.start();
  const page = await openAsk(test, site);
  await page.button("Build").click();
  await problem(page).getByText("Say what you want to build").waitFor();
  assertEquals(await prompt(page).getAttribute("aria-invalid"), "true");
  await page.assertAccessible("an empty prompt");

  await prompt(page).fill("x".repeat(PROJECT_LIMITS.promptChars + 1));
  await page.page.getByText("40,001").first().waitFor();
  await page.button("Build").click();
  await problem(page).getByText(/too long/).waitFor();
  await page.assertAccessible("a prompt that is too long");

  await prompt(page).fill("A list of rivers");
  await problem(page).getByText(/too long/).waitFor({ state: "detached" });
  page.problems.expect(/ERR_CONNECTION|Failed to fetch|503|Failed to load/);
  await site.goAway();
  await page.button("Build").click();
  await problem(page).getByText("The server cannot be reached").waitFor();
  assertEquals(await prompt(page).inputValue(), "A list of rivers");
  await page.screenshot("ask refused");
  site.comeBack();
  await page.button("Build").click();
  await page.page.waitForURL("**/projects/*");
  assertEquals((await project(site)).versions.length, 1);
});

browserTest("too many requests are waited for, with a countdown", async (test) => {
  const page = await openAsk(test, await test.start());
  page.problems.expect(/429/);
  await page.page.route("**/api/projects", (route) =>
    route.fulfill({
      status: 429,
      json: { error: { code: "rate_limited", message: "Too many projects at once", retryAfter: 60 } },
    }));
  await prompt(page).fill("A list of rivers");
  await page.button("Build").click();
  await problem(page).getByText(/tried again in \d+ s/).waitFor();
  assertEquals(await prompt(page).getAttribute("aria-invalid"), "false");
  await page.assertAccessible("too many requests");
});

browserTest("the draft survives a reload, and an example that took its place can be undone", async (test) => {
  const page = await openAsk(test, await test.start());
  await prompt(page).fill("half a thought");
  await go(page, "/ask");
  await page.page.waitForFunction(() =>
    document.querySelector<HTMLTextAreaElement>("#prompt")?.value === "half a thought"
  );
  await page.page.getByRole("link", { name: /REST API/ }).click();
  assertStringIncludes(await prompt(page).inputValue(), "books and authors");
  await page.button("Undo").click();
  assertEquals(await prompt(page).inputValue(), "half a thought");
});

browserTest("images are chosen, pasted and dropped; a model without eyes is pointed out", async (test) => {
  const models = [
    { name: "llama3.2:latest", capabilities: ["completion"] },
    { name: "llava:7b", capabilities: ["completion", "vision"] },
  ];
  const { site } = await startWithOllama(test, { models });
  const page = await openAsk(test, site);
  const model = page.page.getByRole("combobox", { name: "Model" });
  await model.selectOption({ label: "llama3.2:latest" });
  const chosen = page.page.waitForEvent("filechooser");
  await page.button("Add images").click();
  await (await chosen).setFiles([
    { name: "shot.png", mimeType: "image/png", buffer: Buffer.from(PNG, "base64") },
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no image") },
  ]);
  await images(page).locator("img").waitFor();
  await page.page.getByText("Only PNG, JPEG, WebP and GIF images can be added").waitFor();
  await page.page.getByText("llama3.2:latest does not see images").waitFor();
  await page.assertAccessible("an image the model does not see");
  await model.selectOption({ label: "llava:7b · sees images" });
  await page.page.getByText("does not see images").waitFor({ state: "detached" });
  await give(prompt(page), "paste", "pasted.png");
  await give(page.page.locator("main"), "drop", "dropped.png");
  await images(page).locator("img").nth(2).waitFor();
  await page.button("Remove shot.png").click();
  await images(page).getByText("shot.png").waitFor({ state: "detached" });
  await prompt(page).fill("It shall look like this");
  await page.button("Build").click();
  await page.page.waitForURL("**/projects/*");
  const { project: made, versions } = await project(site);
  assertEquals([versions[0]?.imageIds?.length, made.model], [2, "llava:7b"]);
});

browserTest("a wireframe is drawn with the mouse, changed, and goes with the prompt", async (test) => {
  const site = await test.start();
  const page = await openAsk(test, site);
  const before = await scripts(page);
  await page.button("Draw").click();
  const dialog = page.page.getByRole("dialog", { name: "Draw a wireframe" });
  await dialog.waitFor();
  assert((await scripts(page)).length > before.length, "the canvas' code is loaded when it is opened");
  const canvas = dialog.getByRole("application", { name: "Drawing area" });
  await draw(page, canvas, [[0.1, 0.1], [0.4, 0.5]]);
  await dialog.getByTitle("Rectangle", { exact: true }).click();
  await dialog.getByTitle("Red", { exact: true }).click();
  await draw(page, canvas, [[0.5, 0.2], [0.9, 0.8]]);
  await dialog.getByTitle("Black", { exact: true }).click();
  await dialog.getByTitle("Text", { exact: true }).click();
  await draw(page, canvas, [[0.2, 0.7]]);
  const text = dialog.getByRole("textbox", { name: "Text at this place" });
  await text.fill("Sign in");
  await text.press("Enter");
  await page.assertAccessible("a drawing");
  await page.screenshot("ask drawing");
  const whole = await inkOf(canvas);

  await dialog.getByTitle("Eraser", { exact: true }).click();
  await draw(page, canvas, [[0.7, 0.1], [0.7, 0.3]]);
  const without = await inkOf(canvas);
  assert(without.red === 0 && whole.red > 0, "the eraser takes the rectangle whose edge it meets");
  await page.page.keyboard.press("Control+z");
  assertEquals(await inkOf(canvas), whole);
  await dialog.getByRole("button", { name: "Redo" }).click();
  assertEquals(await inkOf(canvas), without);
  await dialog.getByRole("button", { name: "Undo" }).click();
  await dialog.getByRole("button", { name: "Clear" }).click();
  assertEquals(await inkOf(canvas), { red: 0, dark: 0 });
  await dialog.getByRole("button", { name: "Undo" }).click();

  await dialog.getByRole("button", { name: "Use drawing" }).click();
  await images(page).locator("img").waitFor();
  const first = await images(page).locator("img").getAttribute("src");
  await page.button("Go on drawing").click();
  assertEquals(await inkOf(canvas), whole, "the drawing is there again");
  await draw(page, canvas, [[0.05, 0.9], [0.95, 0.9]]);
  await dialog.getByRole("button", { name: "Use drawing" }).click();
  await images(page).locator(`img:not([src="${first}"])`).waitFor();
  assertEquals(
    await images(page).getByRole("listitem").count(),
    1,
    "a changed drawing replaces the one before",
  );

  await prompt(page).fill("Build what I drew");
  await page.button("Build").click();
  await page.page.waitForURL("**/projects/*");
  const [id = ""] = (await project(site)).versions[0]?.imageIds ?? [];
  const image = await site.app.fetch(`/api/attachments/${id}`);
  assertEquals(image.headers.get("content-type"), "image/png");
  assert((await image.arrayBuffer()).byteLength > 2000);
});

browserTest("a finger draws without scrolling, on a phone", async (test) => {
  const page = await openAsk(test, await test.start(), 390);
  await page.button("Draw").click();
  const dialog = page.page.getByRole("dialog", { name: "Draw a wireframe" });
  const canvas = dialog.getByRole("application", { name: "Drawing area" });
  await canvas.waitFor();
  const box = await boxOf(canvas);
  const session = await page.context.newCDPSession(page.page);
  const at = (x: number, y: number) => ({ x: box.x + x * box.width, y: box.y + y * box.height });
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at(0.5, 0.8)] });
  for (const y of [0.7, 0.5, 0.3]) {
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [at(0.5, y)] });
  }
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await dialog.getByRole("button", { name: "Use drawing" }).and(page.page.locator(":enabled")).waitFor();
  assert((await inkOf(canvas)).dark > 50);
  assertEquals(await boxOf(canvas), box);
  await dialog.getByTitle("Text", { exact: true }).click();
  await canvas.tap({ position: { x: box.width * 0.3, y: box.height * 0.4 } });
  const text = dialog.getByRole("textbox", { name: "Text at this place" });
  await text.and(page.page.locator(":focus")).waitFor();
  await page.page.keyboard.type("Sign in");
  const before = await inkOf(canvas);
  await canvas.tap({ position: { x: box.width * 0.3, y: box.height * 0.8 } });
  await text.and(page.page.locator('[value=""], :not([value])')).waitFor();
  assert((await inkOf(canvas)).dark > before.dark, "another tap sets the text and asks for the next one");
  await page.assertAccessible("drawing on a phone");
  await page.screenshot("ask drawing 390");
});

browserTest("all of it by keyboard: kind, canvas, example, sending", async (test) => {
  const site = await test.start();
  const page = await openAsk(test, site);
  const { keyboard } = page.page;
  await prompt(page).press("Tab");
  assertEquals(await focused(page), "Add images");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  const dialog = page.page.getByRole("dialog", { name: "Draw a wireframe" });
  const canvas = dialog.getByRole("application", { name: "Drawing area" });
  await dialog.getByRole("radio", { name: "Pen" }).focus();
  await keyboard.press("ArrowRight");
  assert(await dialog.getByRole("radio", { name: "Line" }).isChecked());
  await canvas.focus();
  for (const key of ["Space", "Shift+ArrowRight", "Shift+ArrowDown", "Space"]) await keyboard.press(key);
  assert((await inkOf(canvas)).dark > 50);
  await dialog.getByRole("button", { name: "Use drawing" }).press("Enter");
  await images(page).locator("img").waitFor();
  assertEquals(await focused(page), "Go on drawing", "the focus is back where the canvas was opened");
  await page.page.getByRole("radio", { name: "Auto" }).focus();
  await keyboard.press("ArrowRight");
  await page.page.getByText("A page, shown in a preview").waitFor();
  await page.page.getByRole("link", { name: /Chat application/ }).press("Enter");
  assertMatch(await focused(page), /What it should be/);
  await keyboard.press("Control+Enter");
  await page.page.waitForURL("**/projects/*");
  assertEquals((await project(site)).project.kinds, ["ui"]);
});

for (const width of [390, 820, 1440]) {
  browserTest(
    `the page is accessible, in all themes where it is wide, and fits, at ${width} px`,
    async (test) => {
      const site = await test.start();
      const page = await openAsk(test, site, width);
      await page.assertAccessible(`ask, ${width} px`);
      await page.screenshot(`ask ${width}`);
      const overflow = await page.page.evaluate(() =>
        Math.max(document.documentElement.scrollWidth, document.querySelector("header")?.scrollWidth ?? 0) -
        innerWidth
      );
      assert(overflow <= 0, `${overflow} px too wide`);
      // Colours do not depend on the width.
      for (const theme of width === 1440 ? THEMES : []) {
        await site.app.json("PATCH", "/api/settings", { theme });
        await page.page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, theme);
        await page.assertAccessible(`ask, ${theme}, ${width} px`, ["color-contrast"]);
      }
    },
  );
}

browserTest("it speaks German", async (test) => {
  const site = await test.start();
  await site.app.json("PATCH", "/api/settings", { language: "de" });
  const page = await openAsk(test, site);
  await page.page.getByRole("heading", { name: "Was wollen wir bauen?" }).waitFor();
  await page.button("Zeichnen").click();
  await page.page.getByRole("dialog", { name: "Entwurf zeichnen" }).waitFor();
  await page.page.keyboard.press("Escape");
  await page.button("Bauen").click();
  await problem(page).getByText("Sag, was du bauen möchtest").waitFor();
});

async function scripts(page: AppPage): Promise<string[]> {
  return await page.page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /\.js(\?|$)/.test(name))
  );
}

async function focused(page: AppPage): Promise<string> {
  return await page.page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute("aria-label") ??
      (element as HTMLInputElement | null)?.labels?.[0]?.innerText ?? "";
  });
}

async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await element.boundingBox();
  if (!box) throw new Error("The element is not shown");
  return box;
}

/** Draws through points, given in parts of the canvas' width and height. */
async function draw(page: AppPage, canvas: Locator, points: [number, number][]): Promise<void> {
  const { x, y, width, height } = await boxOf(canvas);
  const { mouse } = page.page;
  for (const [i, [atX, atY]] of points.entries()) {
    await mouse.move(x + atX * width, y + atY * height, { steps: 6 });
    if (i === 0) await mouse.down();
  }
  await mouse.up();
}

/** How many pixels of the canvas are red, and how many dark, once it shows what was last done. */
async function inkOf(canvas: Locator): Promise<{ red: number; dark: number }> {
  return await canvas.evaluate(async (canvas) => {
    await new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
    const element = canvas as HTMLCanvasElement;
    const { width, height } = element;
    // A copy to read from: reading a canvas makes it slow, which the browser warns of.
    const copy = Object.assign(document.createElement("canvas"), { width, height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context?.drawImage(element, 0, 0);
    const data = context?.getImageData(0, 0, width, height).data ?? [];
    let [red, dark] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      const [r = 0, g = 0, b = 0] = [data[i], data[i + 1], data[i + 2]];
      if (r > 180 && g < 90 && b < 90) red++;
      if (r < 70 && g < 70 && b < 90) dark++;
    }
    return { red, dark };
  });
}

/** Pastes or drops an image. */
async function give(element: Locator, type: "paste" | "drop", name: string): Promise<void> {
  await element.evaluate((element, { type, name, png }) => {
    const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type: "image/png" }));
    const options = { bubbles: true, cancelable: true };
    element.dispatchEvent(
      type === "paste"
        ? new ClipboardEvent("paste", { clipboardData: data, ...options })
        : new DragEvent("drop", { dataTransfer: data, ...options }),
    );
  }, { type, name, png: PNG });
}
