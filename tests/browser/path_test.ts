import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { words } from "../fakes/mod.ts";
import type { AppPage } from "./app_page.ts";
import { browserTest } from "./browser.ts";
import { Gate } from "./gate.ts";
import { startWithOllama } from "./ollama.ts";

const WIDTHS = [390, 820, 1440];

const ANSWER = `Here is how to group a list:

\`\`\`ts
function group<T>(list: T[], keyOf: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(list, keyOf);
}
\`\`\`

| Item | Key |
| :--- | :-- |
| pear | p   |

- one, *two*, **three** 🐟
`;

for (const width of WIDTHS) {
  browserTest(`the whole path on the built-in model at ${width} px`, async (test) => {
    const site = await test.start();
    const page = await test.open(site, { width, still: true });
    await page.assertAccessible("empty");
    await page.screenshot(`sketch ${width} empty`);
    await page.send("/pace 1 /stall after 30 show markdown");
    await seeStreaming(page, `sketch ${width}`, "Markdown");
    await page.button("Stop").click();
    await page.page.getByText("Stopped").waitFor();
    await page.button("Continue").first().waitFor();
    const answer = await page.ask("/pace 1 write code in ts");
    assertStringIncludes(await page.textOf(answer), "function greet(name: string): string");
    await seeFinished(page, `sketch ${width}`);
    await seeWhatLiesOver(page, `sketch ${width}`);
    await page.reload();
    assertEquals(await page.answers.count(), 2);
    await page.assertAccessible("reloaded");
  });
}

browserTest("the whole path on Ollama", async (test) => {
  // One width: what differs between them is seen on the built-in model.
  const width = 820;
  const gate = new Gate();
  const { site } = await startWithOllama(test, {
    delay: gate.delay,
    script: { deltas: [{ type: "reasoning", text: "The person wants groups." }, ...words(ANSWER)] },
  });
  const page = await test.open(site, { width, still: true });
  await page.page.getByText("llama3.2:latest will answer, on Workstation").waitFor();
  await page.assertAccessible("empty");
  await page.send("How do I group a list?");
  gate.let(12);
  await seeStreaming(page, `ollama ${width}`, "Here is how to group");
  gate.let();
  await page.writing.waitFor({ state: "detached" });
  await page.answers.getByRole("table").waitFor();
  await seeFinished(page, `ollama ${width}`);
  await page.answers.getByRole("button", { name: "Copy", exact: true }).last().click();
  assertEquals(await page.clipboard(), ANSWER);
  const chat = page.path;
  await openSidebar(page);
  await page.sidebar.getByRole("link", { name: "New chat" }).click();
  await page.page.getByRole("heading", { name: "What shall we work on?" }).waitFor();
  await openSidebar(page);
  await page.sidebar.getByRole("link", { name: "How do I group a list?" }).click();
  await page.page.waitForURL((url) => url.pathname === chat);
  await page.answers.getByRole("table").waitFor();
  await page.answers.getByText("Thoughts").click();
  await page.page.getByText("The person wants groups.").waitFor();
  await page.assertAccessible("opened again");
});
async function seeStreaming(page: AppPage, name: string, text: string): Promise<void> {
  await page.questions.last().waitFor();
  await page.writing.getByText(text).first().waitFor();
  await page.button("Stop").waitFor();
  await page.assertAccessible("streaming");
  await page.screenshot(`${name} streaming`);
}

async function seeFinished(page: AppPage, name: string): Promise<void> {
  await page.page.locator("code .hljs-keyword").first().waitFor();
  await page.assertAccessible("finished");
  await page.screenshot(`${name} finished`);
}

/** Drawers, sheets, menus and dialogs, one after the other. */
async function seeWhatLiesOver(page: AppPage, name: string): Promise<void> {
  await openSidebar(page);
  await page.assertAccessible("chats");
  await page.screenshot(`${name} chats`);
  await closeDrawer(page);
  await openPanel(page);
  await page.assertAccessible("answer settings");
  await page.screenshot(`${name} settings`);
  await closeDrawer(page);
  await page.page.getByRole("main").getByRole("button", { name: /Choose another/ }).click();
  await page.page.getByRole("option", { name: /Sketch/ }).waitFor();
  await page.assertAccessible("models");
  await page.page.keyboard.press("Escape");
  await page.page.getByRole("main").getByRole("button", { name: /What to do with/ }).click();
  await page.page.getByRole("menuitem", { name: "Pin" }).waitFor();
  await page.assertAccessible("chat menu");
  await page.page.keyboard.press("Escape");
  await page.page.keyboard.press("Control+k");
  await page.page.getByRole("dialog", { name: "Command palette" }).waitFor();
  await page.assertAccessible("palette");
  await page.screenshot(`${name} palette`);
  await page.page.keyboard.press("Escape");
  await page.thread.focus();
  await page.page.keyboard.press("?");
  await page.page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await page.assertAccessible("shortcuts");
  await page.page.keyboard.press("Escape");
  await page.answers.last().getByRole("button", { name: "Delete" }).click();
  await page.page.getByText("were deleted").waitFor();
  await page.assertAccessible("toast");
  await page.button("Undo").click();
  await page.answers.nth(1).waitFor();
}

async function openSidebar(page: AppPage): Promise<void> {
  if (await page.sidebar.isVisible()) return;
  await page.button("Show or hide the chats").click();
  await page.sidebar.waitFor();
}

async function openPanel(page: AppPage): Promise<void> {
  if (await page.panel.isVisible()) return;
  await page.button("Answer settings").click();
  await page.panel.waitFor();
}

async function closeDrawer(page: AppPage): Promise<void> {
  await page.page.keyboard.press("Escape");
  assert(await page.page.getByRole("main").isVisible());
}
