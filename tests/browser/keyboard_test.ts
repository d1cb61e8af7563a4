import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { AppPage } from "./app_page.ts";
import { browserTest } from "./browser.ts";
import { lastChat, startWithOllama } from "./ollama.ts";

browserTest("the whole path by keyboard alone", async (test) => {
  const page = await test.open(await test.start());
  const { keyboard } = page.page;
  await page.page.waitForFunction(() => document.activeElement?.id === "composer-text");
  await keyboard.type("/pace 1 /stall after 9 /long 900");
  await keyboard.press("Enter");
  await page.writing.locator(".prose").waitFor();
  await keyboard.press("Escape");
  await page.page.getByText("Stopped").waitFor();

  await keyboard.type('/pace 0 /say "first"');
  await keyboard.press("Enter");
  await page.answers.getByText("first", { exact: true }).waitFor();
  await page.answers.last().and(page.finished).waitFor();
  await tabTo(page, "Answer again", "Shift+Tab");
  await keyboard.press("Enter");
  await page.page.getByText("2/2").waitFor();
  await page.writing.waitFor({ state: "detached" });
  await keyboard.press("/");
  await tabTo(page, "Previous version", "Shift+Tab");
  await keyboard.press("Enter");
  await page.page.getByText("1/2").waitFor();

  await keyboard.press("Control+Shift+E");
  await page.page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Edit");
  await keyboard.press("Control+A");
  await keyboard.type('/pace 0 /say "second"');
  await keyboard.press("Control+Enter");
  await page.answers.getByText("second", { exact: true }).waitFor();
  await page.writing.waitFor({ state: "detached" });

  await keyboard.press("/");
  await tabTo(page, "Delete", "Shift+Tab");
  await keyboard.press("Enter");
  await page.page.getByText("were deleted").waitFor();
  await tabTo(page, "Undo");
  await keyboard.press("Enter");
  await page.answers.getByText("second", { exact: true }).waitFor();

  await keyboard.press("Control+Shift+O");
  await page.page.getByRole("heading", { name: "What shall we work on?" }).waitFor();
  await tabTo(page, /^\/pace 1 \/stall/, "Shift+Tab");
  await keyboard.press("Enter");
  await page.page.waitForURL("**/chat/*");
  await page.answers.getByText("second", { exact: true }).waitFor();
});

browserTest("every stop of the Tab key shows where it is", async (test) => {
  const page = await test.open(await test.start());
  await page.ask("/pace 0 write code in ts");
  await page.page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const names = new Set<string>();
  for (let i = 0; i < 60; i++) {
    await page.page.keyboard.press("Tab");
    const { name, shown } = await focused(page);
    if (name === "" || names.has(name)) continue;
    names.add(name);
    assert(shown, `${name} has the focus and does not show it`);
  }
  for (const name of ["Skip to the message box", "New chat", "Send", "Delete", "Temperature"]) {
    assert([...names].some((found) => found.includes(name)), `${name} is not reached: ${[...names]}`);
  }
});

browserTest("menus, dialogs and drawers take the focus, keep it and give it back", async (test) => {
  const site = await test.start();
  const page = await test.open(site);
  await page.ask('/pace 0 /say "hello"');
  const { keyboard } = page.page;
  await tabTo(page, /What to do with/, "Shift+Tab");
  const opener = (await focused(page)).name;
  await keyboard.press("Enter");
  await page.page.getByRole("menuitem", { name: "Pin" }).waitFor();
  const items = await page.page.getByRole("menuitem").allInnerTexts();
  await assertFocusOn(page, items[0]);
  await keyboard.press("ArrowDown");
  await assertFocusOn(page, items[1]);
  await keyboard.press("ArrowDown");
  await assertFocusOn(page, items[2]);
  await keyboard.press("Escape");
  await page.page.getByRole("menuitem").first().waitFor({ state: "detached" });
  await assertFocusOn(page, opener);

  await keyboard.press("?");
  const sheet = page.page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.waitFor();
  for (let i = 0; i < 5; i++) {
    await keyboard.press("Tab");
    assert(await isWithin(page, "dialog[open]"), "the focus left the dialog");
  }
  await keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await assertFocusOn(page, opener);

  const phone = await test.open(site, { width: 390 });
  await phone.button("Show or hide the chats").focus();
  await phone.page.keyboard.press("Enter");
  await phone.sidebar.waitFor();
  await phone.page.waitForFunction(() => document.activeElement?.closest("#sidebar") !== null);
  for (let i = 0; i < 12; i++) {
    await phone.page.keyboard.press("Tab");
    assert(await isWithin(phone, "#sidebar, .overlays, body:focus"), "the focus left the drawer");
  }
  await phone.page.keyboard.press("Escape");
  await phone.page.waitForFunction(() => document.querySelector("#app")?.getAttribute("data-drawer") === "");
  await assertFocusOn(phone, "Show or hide the chats");
});

browserTest("the command palette finds and does everything", async (test) => {
  const page = await test.open(await test.start());
  await page.ask('/pace 0 /say "hello"');
  const chat = page.path;
  await command(page, "light");
  await page.page.waitForFunction(() => document.documentElement.dataset.theme === "light");
  await command(page, "new temporary");
  await page.page.getByRole("heading", { name: "A temporary chat" }).waitFor();
  await command(page, "hello");
  await page.page.waitForURL((url) => url.pathname === chat);
  await page.ready();
  assertEquals(await page.page.evaluate(() => document.documentElement.dataset.theme), "light");
  await command(page, "delete");
  await page.page.getByText("was deleted").waitFor();
  assertNotEquals(page.path, chat);
  await page.page.keyboard.press("Control+k");
  await page.page.keyboard.type("zzz");
  await page.page.getByText("Nothing matches.").waitFor();
  await page.assertAccessible("palette without matches");
});

browserTest("sliders and the model are set by keys", async (test) => {
  const { site, ollama } = await startWithOllama(test, {
    models: [{ name: "a:1b", loaded: true }, { name: "b:1b" }],
  });
  const page = await test.open(site);
  await page.page.getByText(/a:1b will answer/).waitFor();
  await tabTo(page, "Temperature");
  for (let i = 0; i < 4; i++) await page.page.keyboard.press("ArrowRight");
  await page.page.keyboard.press("/");
  await tabTo(page, /Choose another/, "Shift+Tab");
  await page.page.keyboard.press("Enter");
  await page.page.getByRole("combobox", { name: "Search models" }).waitFor();
  await page.page.keyboard.press("ArrowDown");
  await page.page.keyboard.press("Enter");
  await page.page.getByText(/b:1b will answer/).waitFor();
  await page.page.waitForFunction(() => document.activeElement?.ariaLabel?.includes("Choose another"));
  await page.ask("hello");
  assertEquals([lastChat(ollama).model, lastChat(ollama).options?.temperature], ["b:1b", 0.9]);
});

/** Opens the palette, types and takes what is found first. */
async function command(page: AppPage, words: string): Promise<void> {
  await page.page.keyboard.press("Control+k");
  await page.page.getByRole("combobox", { name: "What do you want to do?" }).waitFor();
  await page.page.keyboard.type(words);
  await page.page.getByRole("option", { name: new RegExp(words, "i") }).first().waitFor();
  await page.page.keyboard.press("Enter");
}

/** Presses Tab until something of this name has the focus. */
async function tabTo(page: AppPage, name: string | RegExp, key = "Tab"): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < 60; i++) {
    await page.page.keyboard.press(key);
    const found = (await focused(page)).name;
    if (typeof name === "string" ? found === name : name.test(found)) return;
    seen.push(found);
  }
  throw new Error(`${name} cannot be reached by ${key}; what was: ${seen.join(", ")}`);
}

/** Waits until the focus is where it belongs: it moves with the rendering that a key sets off, not with the key. */
async function assertFocusOn(page: AppPage, name: string | undefined): Promise<void> {
  const isThere = async () => (await focused(page)).name === name;
  for (let i = 0; i < 100 && !await isThere(); i++) await page.page.waitForTimeout(50);
  assertEquals((await focused(page)).name, name);
}

/** What has the focus, by its label or text, and whether that is to be seen. */
async function focused(page: AppPage): Promise<{ name: string; shown: boolean }> {
  return await page.page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { name: "", shown: false };
    const label = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
      ? element.labels?.[0]?.textContent
      : undefined;
    const name = element.ariaLabel ?? label ?? element.textContent ?? "";
    // The mark may be around what holds the field, or (for hidden radios and switches) beside it.
    const around = [
      element,
      element.parentElement,
      element.nextElementSibling,
      element.closest("form > div"),
    ];
    const shown = around.some((candidate) => {
      if (!candidate) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(candidate);
      return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    });
    return { name: name.trim(), shown };
  });
}

async function isWithin(page: AppPage, selector: string): Promise<boolean> {
  return await page.page.evaluate((selector) => {
    const element = document.activeElement;
    // Between the last and the first stop the browser's own controls have the focus.
    return element === null || element === document.body || element.closest(selector) !== null;
  }, selector);
}
