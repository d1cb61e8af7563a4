import { assert, assertEquals } from "@std/assert";
import type { AppPage } from "./app_page.ts";
import { browserTest } from "./browser.ts";
import type { Site } from "./site.ts";

const THEMES = ["deep-dark", "teal-lime", "llama", "light", "high-contrast"];

const EVERYTHING = [
  "# Heading\\n\\nText with **bold**, *italic*, ~~struck~~, `code` and [a link](https://example.org).",
  "> A quotation",
  "- [x] done\\n- [ ] to do",
  "| a | b |\\n| - | - |\\n| 1 | 2 |",
  "```ts\\n// a comment\\nexport const text: string = `a ${1 + 2}`;\\nclass A extends B { #x = /re/g; }\\n```",
  "```diff\\n- old\\n+ new\\n```",
].join("\\n\\n");

for (const width of [390, 1440]) {
  browserTest(`colours are told apart in all themes at ${width} px`, async (test) => {
    const site = await test.start();
    const page = await test.open(site, { width, still: true });
    await page.ask(`/pace 0 /think hard /say "${EVERYTHING}"`);
    await page.page.locator("code .hljs-keyword").first().waitFor();
    await page.send("/pace 0 /error upstream after 2");
    await page.answers.getByRole("alert").waitFor();
    await page.answers.last().getByRole("button", { name: "Delete" }).click();
    await page.page.getByText("were deleted").waitFor();
    await page.button("Undo").click();
    await page.answers.getByRole("alert").waitFor();
    await page.send("/pace 0 /stall after 9 /long 400");
    await page.button("Stop").waitFor();
    for (const theme of THEMES) {
      await choose(site, page, theme);
      await colours(page, `${theme}, ${width} px, the chat`);
      await page.screenshot(`theme ${theme} ${width}`);
      await overlaid(page, `${theme}, ${width} px`);
    }
  });
}

browserTest("a theme is there from the first paint on, and the system's choice is followed", async (test) => {
  const site = await test.start();
  await site.app.json("PATCH", "/api/settings", { theme: "light", fontSize: 20, density: "compact" });
  const page = await test.open(site, { scripts: false });
  const style = await page.page.locator("html").evaluate((html) => ({
    theme: html.dataset.theme,
    density: html.dataset.density,
    size: getComputedStyle(html).fontSize,
  }));
  assertEquals(style, { theme: "light", density: "compact", size: "20px" });
  await site.app.json("PATCH", "/api/settings", { theme: "system" });
  await page.reload();
  const onDark = await brightness(page);
  await page.page.emulateMedia({ colorScheme: "light" });
  const onLight = await brightness(page);
  assert(onDark > 180 && onLight < 90, `${onDark} on dark, ${onLight} on light`);
});

browserTest("with reduced motion nothing moves while an answer is written", async (test) => {
  const page = await test.open(await test.start(), { still: true });
  await page.send("/pace 5 /stall after 20 /long 500");
  await page.writing.locator(".prose").waitFor();
  const moving = await page.page.evaluate(() =>
    document.getAnimations().filter((animation) => {
      const { duration = 0 } = animation.effect?.getComputedTiming() ?? {};
      return animation.playState === "running" && Number(duration) > 1;
    }).map((animation) => (animation.effect as KeyframeEffect).target?.className)
  );
  assertEquals(moving, []);
});

async function choose(site: Site, page: AppPage, theme: string): Promise<void> {
  await site.app.json("PATCH", "/api/settings", { theme });
  await page.page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, theme);
}

async function colours(page: AppPage, state: string): Promise<void> {
  await page.assertAccessible(state, ["color-contrast"]);
}

/** The palette, and the drawers where panels are drawers. */
async function overlaid(page: AppPage, state: string): Promise<void> {
  await page.page.keyboard.press("Control+k");
  await page.page.getByRole("dialog", { name: "Command palette" }).waitFor();
  await colours(page, `${state}, the palette`);
  await page.page.keyboard.press("Escape");
  for (
    const [opener, part] of [["Show or hide the chats", page.sidebar], [
      "Answer settings",
      page.panel,
    ]] as const
  ) {
    if (await part.isVisible()) continue;
    await page.button(opener).click();
    await part.waitFor();
    await colours(page, `${state}, ${opener}`);
    await page.page.keyboard.press("Escape");
    await part.waitFor({ state: "hidden" });
  }
}

/** How bright the page's text is, from 0 to 255. */
async function brightness(page: AppPage): Promise<number> {
  return await page.page.locator("body").evaluate((body) => {
    const [r = 0, g = 0, b = 0] = getComputedStyle(body).color.match(/\d+/g)?.map(Number) ?? [];
    return (r + g + b) / 3;
  });
}
