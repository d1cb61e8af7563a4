import { browserTest } from "./browser.ts";
for (const width of [390, 820, 1440]) browserTest(`probe ${width}`, async (test) => {
  const site = await test.start();
  const page = await test.open(site, { width, still: true });
  await page.assertAccessible("empty");
});
