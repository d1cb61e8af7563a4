import { assertEquals } from "@std/assert";
import { browserTest } from "./browser.ts";

for (const width of [390, 820, 1440]) {
  browserTest(`the API is browsed at ${width} px`, async (test) => {
    const page = await test.open(await test.start(), { path: "/docs/api", width, still: true });
    if (width === 820) await page.assertAccessible("the page");
    const operation = page.page.locator("details", { has: page.page.locator("#sendMessage") });
    await operation.locator("summary").first().press("Enter");
    await page.page.getByText("curl -X POST").locator("visible=true").first().waitFor();
    await page.screenshot(`api ${width}`);
    await page.page.getByRole("searchbox", { name: "Search the API" }).fill("send message");
    await page.page.keyboard.press("Enter");
    await page.page.getByText("for “send message”").waitFor();
    await page.assertAccessible("what was found");
    await page.page.goto(page.page.url().split("?")[0] + "?q=import#importChats");
    await page.page.locator("#importChats").waitFor({ state: "visible" });
    const isWide = await page.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assertEquals(isWide, false);
  });
}
