import { assert, assertEquals } from "@std/assert";
import { findPty } from "../../lib/host/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import { Site } from "./site.ts";

const support = await findPty();

/** A test with a real shell in a real browser; it is left out where this machine has no PTYs. */
function terminalTest(
  name: string,
  run: (test: BrowserTest, site: Site, home: string) => Promise<void>,
): void {
  if (support.type === "missing") {
    Deno.test({ name: `${name} (left out: ${support.message})`, ignore: true, fn: () => {} });
    return;
  }
  browserTest(name, async (test) => {
    const home = await Deno.realPath(await Deno.makeTempDir());
    await Deno.mkdir(`${home}/models`);
    await Deno.writeTextFile(`${home}/.bashrc`, "PS1='$ '\n");
    await Deno.writeTextFile(`${home}/Modelfile`, "FROM llama3.2\n");
    const env = { PATH: Deno.env.get("PATH") ?? "", HOME: home, LANG: "C.UTF-8" };
    const shell = { file: "/bin/bash", name: "bash", cwd: home, env };
    const site = test.use(await Site.start({}, { terminals: { shell: () => Promise.resolve(shell) } }));
    test.use({ [Symbol.asyncDispose]: () => site.app.services.terminals.shutDown() });
    try {
      await run(test, site, home);
    } finally {
      await site.app.services.terminals.shutDown();
      await Deno.remove(home, { recursive: true });
    }
  });
}

const rows = (page: AppPage) => page.page.locator(".terminal-window:not([hidden]) .xterm-rows");

/** Waits until the screen shows a text. */
async function shows(page: AppPage, text: string | RegExp): Promise<void> {
  await rows(page).getByText(text).first().waitFor();
}

async function type(page: AppPage, line: string): Promise<void> {
  await page.page.keyboard.type(line);
  await page.page.keyboard.press("Enter");
}

async function turnOn(page: AppPage): Promise<void> {
  await page.button("Turn on terminals").click();
  await page.button("Open a terminal").click();
  await shows(page, "$");
}

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
