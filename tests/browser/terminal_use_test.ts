import { assert, assertEquals } from "@std/assert";
import { rows, shows, terminalTest, turnOn, type } from "./terminal_page.ts";

terminalTest(
  "commands, history, files and the audit work beside the terminal; keys lead out of it",
  async (test, site) => {
    const page = await test.open(site, { path: "/terminal", still: true });
    await turnOn(page);
    const files = page.page.locator(".name-list");
    await files.getByText("Modelfile").waitFor();
    await files.getByText("models").click();
    await page.page.locator(".terminal-path").getByText("/models").waitFor();
    await page.button("Up").click();
    await files.getByText("Modelfile").click();
    await shows(page, /\$ Modelfile/);
    await page.page.keyboard.press("Control+u");

    await page.button(/^df -h/).click();
    await page.page.getByRole("textbox", { name: "folder" }).fill("/nowhere at all");
    await page.button("Run").click();
    await shows(page, "df -h '/nowhere at all'");
    await page.page.getByText(/failed with 1/).waitFor();
    await page.page.getByRole("textbox", { name: "Keep a command at hand" }).fill("echo kept-{what}");
    await page.button("Keep").first().click();
    await page.button("echo kept-{what}").click();
    await page.page.getByRole("textbox", { name: "what" }).fill("well");
    await page.button("Run").click();
    await shows(page, /^kept-well/);
    await page.page.getByRole("searchbox").fill("nowhere");
    const history = page.page.locator(".command-list--history");
    await page.page.waitForFunction(() =>
      document.querySelectorAll(".command-list--history > li").length === 1
    );
    await page.assertAccessible("a terminal that was used");
    await page.screenshot("terminal used");
    await history.getByRole("button", { name: /^df/ }).click();

    const { keyboard } = page.page;
    await keyboard.press("Control+Shift+ArrowUp");
    await page.page.locator('.terminal-tab[aria-selected="true"]:focus').waitFor();
    await page.button("New terminal").click();
    await page.page.waitForFunction(() => document.querySelectorAll('[role="tab"]').length === 2);
    await shows(page, "$");
    await keyboard.press("Control+Shift+ArrowDown");
    const spoken = page.page.getByRole("switch", { name: "Screen reader mode" });
    await page.page.locator("#terminal-after input:focus").waitFor();
    await keyboard.press("Space");
    assertEquals(await spoken.isChecked(), true);
    await page.page.locator(".terminal-window:not([hidden]) .xterm-accessibility").waitFor({
      state: "attached",
    });
    await page.assertAccessible("a terminal that is read aloud");
    await page.page.locator(".xterm-helper-textarea").last().focus();
    await type(page, "exit 4");
    await page.page.getByText("The shell has ended with code 4").waitFor();
    await page.button("Close the tab").click();
    await page.page.waitForFunction(() => document.querySelectorAll('[role="tab"]').length === 1);
    await page.page.getByText("Who did what").click();
    await page.page.locator(".audit-list").getByText("df -h '/nowhere at all'").waitFor();
    await page.assertAccessible("the audit");
  },
);

terminalTest("closing a tab asks where something runs in it, and only there", async (test, site) => {
  const page = await test.open(site, { path: "/terminal", still: true });
  await turnOn(page);
  await type(page, "sleep 500");
  await page.button("Close sleep 500").click();
  const dialog = page.page.getByRole("dialog", { name: "Close sleep 500?" });
  await dialog.getByText("is still running").waitFor();
  await page.assertAccessible("the question before a tab is closed");
  await page.screenshot("terminal close");
  await dialog.getByRole("link", { name: "Cancel" }).click();
  assertEquals(await page.page.getByRole("tab").count(), 1);
  await page.page.locator(".xterm-helper-textarea").first().focus();
  await page.page.keyboard.press("Control+c");
  // The pane may be asking for the shell's folder while the shell goes.
  page.problems.expect(/404 .*\/terminal\/sessions\/\w+\/files/);
  await page.button("Close bash").click();
  await page.button("Open a terminal").waitFor();
});

terminalTest(
  "each theme has its colours in the terminal, and a lost server is come back to",
  async (test, site) => {
    const page = await test.open(site, { path: "/terminal", still: true });
    await turnOn(page);
    await type(
      page,
      'for c in 1 2 3 4 5 6 7; do printf "\\033[3${c}mcolour$c \\033[9${c}mbright$c \\033[0m"; done; echo',
    );
    await shows(page, "bright7");
    const seen = new Set<string>();
    for (const theme of ["deep-dark", "teal-lime", "llama", "light", "high-contrast"]) {
      await page.page.evaluate((theme) => document.documentElement.dataset.theme = theme, theme);
      await page.page.waitForTimeout(100);
      const colour = await rows(page).getByText("colour1").first().evaluate((row) => {
        const span = [...row.parentElement?.querySelectorAll("span") ?? []].find(({ textContent }) =>
          textContent?.includes("colour1")
        );
        return span ? getComputedStyle(span).color : "";
      });
      seen.add(colour);
      await page.assertAccessible(`the terminal in ${theme}`, ["color-contrast"]);
      if (theme !== "deep-dark") await page.screenshot(`terminal ${theme}`);
    }
    assert(seen.size >= 4, [...seen].join(" "));
    page.problems.expect(/Failed to load resource|WebSocket|ERR_CONNECTION_REFUSED/);
    await site.goAway();
    await page.page.getByText("Not connected").waitFor();
    site.comeBack();
    await page.page.getByText("Not connected").waitFor({ state: "detached" });
    await page.page.locator(".xterm-helper-textarea").first().focus();
    await type(page, "echo back-$((1+1))");
    await shows(page, "back-2");
  },
);
