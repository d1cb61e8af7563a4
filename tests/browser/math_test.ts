import { assertEquals } from "@std/assert";
import type { ChatImportReport, ChatList } from "../../lib/shared/mod.ts";
import { browserTest } from "./browser.ts";
import type { Site } from "./site.ts";

const ANSWER = "Euler: $e^{i\\pi} + 1 = 0$, for $5 and $10, and \\(a < b\\).\n\n" +
  "\\[\n\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}\n\\]\n\n" +
  "Not read: $\\frac{$ and $\\href{javascript:alert(1)}{x}$.\n\n```tex\n$x^2$\n```\n";

async function chatWith(site: Site, text: string): Promise<string> {
  const messages = [{ role: "user", content: "Show me" }, { role: "assistant", model: "m", content: text }];
  await site.app.json<ChatImportReport>("POST", "/api/chat/imports", [{
    chat: { title: "Formulas", messages },
  }]);
  const { chats: [chat] } = await site.app.json<ChatList>("GET", "/api/chat/sessions");
  return chat?.id ?? "";
}

browserTest("formulas are typeset, and nothing of it is loaded where there are none", async (test) => {
  const site = await test.start();
  const id = await chatWith(site, ANSWER);
  const page = await test.open(site, { path: "/", still: true });
  const asked: string[] = [];
  page.page.on("request", (request) => asked.push(request.url()));
  await page.ask('/pace 0 /say "no formula, only `code`"');
  assertEquals(asked.filter((url) => url.includes("katex")), []);
  await page.goto(`/chat/${id}`);
  await page.page.locator(".katex-display").waitFor();
  await page.page.locator(".math--unread").first().waitFor();
  for (const width of [390, 820, 1440]) {
    await page.page.setViewportSize({ width, height: 900 });
    assertEquals(await page.page.locator(".math--set").count(), 4);
    assertEquals(await page.page.locator(".math a").count(), 0);
    assertEquals(await page.page.locator("pre .math").count(), 0);
    await page.assertAccessible(`formulas at ${width} px`);
    await page.screenshot(`formulas ${width}`);
    const isWide = await page.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assertEquals(isWide, false);
  }
  await page.page.evaluate(() => document.fonts.ready);
  const fonts = await page.page.evaluate(() =>
    [...document.fonts].filter(({ family, status }) => family.includes("KaTeX") && status === "loaded").length
  );
  assertEquals(fonts > 0, true);
});

browserTest("a formula in an answer that is being written is typeset when it is whole", async (test) => {
  const page = await test.open(await test.start(), { path: "/", still: true });
  await page.ask('/pace 0 /say "Thus $x^2$ holds."');
  await page.answers.locator(".math--set").waitFor();
  await page.page.getByText("holds.").last().waitFor();
});
