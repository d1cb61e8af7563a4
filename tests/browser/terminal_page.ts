import { findPty } from "../../lib/host/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import { Site } from "./site.ts";

const support = await findPty();

/** A test with a real shell in a real browser; it is left out where this machine has no PTYs. */
export function terminalTest(
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

/** The rows of the screen that is shown. */
export const rows = (page: AppPage) => page.page.locator(".terminal-window:not([hidden]) .xterm-rows");

/** Waits until the screen shows a text. */
export async function shows(page: AppPage, text: string | RegExp): Promise<void> {
  await rows(page).getByText(text).first().waitFor();
}

/** Types a line and presses Enter. */
export async function type(page: AppPage, line: string): Promise<void> {
  await page.page.keyboard.type(line);
  await page.page.keyboard.press("Enter");
}

/** Turns terminals on and opens one. */
export async function turnOn(page: AppPage): Promise<void> {
  await page.button("Turn on terminals").click();
  await page.button("Open a terminal").click();
  await shows(page, "$");
}
