import { assert, assertEquals } from "@std/assert";
import type { AppPage } from "./app_page.ts";
import { rows, shows, terminalTest, turnOn, type } from "./terminal_page.ts";

/** Columns of the shell that is shown. */
async function columns(page: AppPage, mark: string): Promise<number> {
  await type(page, `echo ${mark}-$(tput cols)-`);
  const line = rows(page).getByText(new RegExp(`${mark}-\\d+-`)).last();
  await line.waitFor();
  return Number((await line.innerText()).match(/-(\d+)-/)?.[1]);
}

for (const [width, kind] of [[1440, "desktop"], [820, "tablet"], [390, "phone"]] as const) {
  terminalTest(
    `on a ${kind}, a terminal is turned on, used, resized, and there again after a reload`,
    async (test, site) => {
      const page = await test.open(site, { path: "/terminal", width, still: true });
      await page.assertAccessible(`terminals that are off on a ${kind}`);
      await page.screenshot(`terminal off ${kind}`);
      await turnOn(page);
      await type(
        page,
        "echo $((6*7)) | tr 4 F; printf '\\033[31mred \\033[32mgreen \\033[34mblue\\033[0m\\n'; ls",
      );
      await shows(page, "F2");
      const before = await columns(page, "wide");
      await page.assertAccessible(`a terminal on a ${kind}`);
      await page.screenshot(`terminal ${kind}`);
      await page.page.setViewportSize({ width: width - 100, height: 700 });
      await page.page.waitForTimeout(300);
      const after = await columns(page, "slim");
      assert(after < before, `${after} columns of ${before}`);
      await page.reload();
      await shows(page, "F2");
      await shows(page, /slim-\d+-/);
      assertEquals(await page.page.getByRole("tab").count(), 1);
      if (kind === "phone") await onPhone(page);
    },
  );
}

async function onPhone(page: AppPage): Promise<void> {
  const small = await page.page.locator(".terminal-key, .terminal-tab").evaluateAll((keys) =>
    keys.filter((key) => key.getBoundingClientRect().height < 44 || key.getBoundingClientRect().width < 44)
      .length
  );
  assertEquals(small, 0, "keys are too small for fingers");
  await type(page, "sleep 100");
  await page.button("Ctrl, for the next key").click();
  await page.page.keyboard.type("c");
  await shows(page, "^C");
  await page.button("Arrow up").click();
  await shows(page, /\$ sleep 100$/);
}
