import { Buffer } from "node:buffer";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { AppPage } from "./app_page.ts";
import { browserTest } from "./browser.ts";
import { importChat } from "./sample_chats.ts";

browserTest("chats are renamed, pinned, deleted and brought back", async (test) => {
  const page = await test.open(await test.start());
  for (const word of ["alpha", "beta"]) {
    await page.ask(`/pace 0 /say "${word}"`);
    await page.sidebar.getByRole("link", { name: "New chat" }).click();
    await page.page.getByRole("heading", { name: "What shall we work on?" }).waitFor();
  }
  assertEquals(await titles(page), ['/pace 0 /say "beta"', '/pace 0 /say "alpha"']);

  await openMenu(page, "alpha");
  await page.page.getByRole("menuitem", { name: "Rename" }).click();
  const field = page.page.getByRole("textbox", { name: "Rename" });
  await field.fill("Rivers");
  await field.press("Enter");
  await page.sidebar.getByRole("link", { name: "Rivers" }).waitFor();

  await openMenu(page, "Rivers");
  await page.page.getByRole("menuitem", { name: "Pin" }).click();
  await page.sidebar.getByRole("region", { name: "Pinned" }).getByRole("link", { name: "Rivers" }).waitFor();
  assertEquals((await titles(page))[0], "Rivers");
  await page.reload();
  assertEquals((await titles(page))[0], "Rivers");

  await openMenu(page, "Rivers");
  await page.page.getByRole("menuitem", { name: "Delete" }).click();
  await page.page.getByText("“Rivers” was deleted").waitFor();
  assertEquals(await titles(page), ['/pace 0 /say "beta"']);
  await page.button("Undo").click();
  await page.sidebar.getByRole("link", { name: "Rivers" }).waitFor();
});

browserTest("deleting the open chat leads to a new one, in other tabs too", async (test) => {
  const page = await test.open(await test.start());
  await page.ask('/pace 0 /say "alpha"');
  const other = await page.secondTab();
  assertEquals(await other.answers.count(), 1);
  await page.page.getByRole("main").getByRole("button", { name: /What to do with/ }).click();
  await page.page.getByRole("menuitem", { name: "Delete" }).click();
  for (const tab of [page, other]) {
    await tab.page.getByRole("heading", { name: "What shall we work on?" }).waitFor();
    assertEquals(tab.path, "/");
  }
});

browserTest("the search finds titles and texts, and leads to the message", async (test) => {
  const page = await test.open(await test.start());
  await page.ask('/pace 0 /say "the heron waits in the reeds"');
  await page.sidebar.getByRole("link", { name: "New chat" }).click();
  await page.ask('/pace 0 /say "nothing of that kind"');
  await page.page.keyboard.press("Control+Shift+F");
  await page.page.keyboard.type("heron reeds");
  const hit = page.sidebar.getByRole("link").filter({ has: page.page.locator("mark", { hasText: "heron" }) });
  await hit.last().waitFor();
  await page.assertAccessible("search results");
  await hit.last().click();
  await page.answers.getByText("the heron waits").waitFor();
  const search = page.sidebar.getByRole("searchbox", { name: "Search chats" });
  await search.fill("no such words");
  await page.sidebar.getByText("Nothing found").waitFor();
  await search.press("Escape");
  assertEquals((await titles(page)).length, 2);
});

browserTest("a temporary chat says so and is not listed", async (test) => {
  const page = await test.open(await test.start());
  await page.button("Temporary").click();
  await page.page.getByRole("heading", { name: "A temporary chat" }).waitFor();
  await page.assertAccessible("temporary");
  await page.ask('/pace 0 /say "secret"');
  await page.page.getByText("Temporary", { exact: true }).waitFor();
  assertEquals(await titles(page), []);
  await page.reload();
  assertEquals(await page.textOf(page.answers.first()), "secret");
  assertEquals(await titles(page), []);
});

browserTest("a chat is exported as Markdown and JSON, and imported with its branches", async (test) => {
  const page = await test.open(await test.start());
  const answer = await page.ask('/pace 0 /say "kept well"');
  await answer.hover();
  await answer.getByRole("button", { name: "Answer again" }).click();
  await page.page.getByText("2/2").waitFor();
  await page.writing.waitFor({ state: "detached" });
  const markdown = await download(page, "Export as Markdown");
  assert(markdown.name.endsWith(".md"), markdown.name);
  assertStringIncludes(markdown.text, "kept well");
  const json = await download(page, "Export as JSON");
  assert(json.name.endsWith(".json"), json.name);

  const before = page.path;
  await page.button("More ways to begin").click();
  const chosen = page.page.waitForEvent("filechooser");
  await page.page.getByRole("menuitem", { name: "Import a chat" }).click();
  await (await chosen).setFiles(file(json.name, json.text));
  await page.page.waitForURL((url) => url.pathname.startsWith("/chat/") && url.pathname !== before);
  await page.ready();
  assertEquals(await page.textOf(page.answers.first()), "kept well");
  await page.page.getByText("2/2").waitFor();
});

browserTest("more chats are loaded as the end of their list comes into view", async (test) => {
  const site = await test.start();
  for (let i = 0; i < 120; i++) await importChat(site, `Chat ${i}`, [{ text: "hello" }]);
  const page = await test.open(site);
  const links = page.sidebar.getByRole("navigation").getByRole("link");
  assert(await links.count() < 120, "all chats were in the page from the beginning");
  await page.sidebar.getByRole("link", { name: "Chat 119" }).waitFor();
  while (await links.count() < 120) await links.last().scrollIntoViewIfNeeded();
  assertEquals(await links.last().innerText(), "Chat 0");
});

browserTest("what is written in one tab is seen in the other while it is written", async (test) => {
  const page = await test.open(await test.start());
  await page.ask('/pace 0 /say "first"');
  const other = await page.secondTab();
  await page.send("/pace 1 /stall after 9 /long 300");
  await other.writing.locator(".prose").waitFor();
  await other.button("Stop").click();
  for (const tab of [page, other]) await tab.page.getByText("Stopped").waitFor();
  assertEquals(await page.textOf(page.answers.last()), await other.textOf(other.answers.last()));
});

browserTest("what is no exported chat is refused in words", async (test) => {
  const page = await test.open(await test.start());
  await page.button("More ways to begin").click();
  const chosen = page.page.waitForEvent("filechooser");
  await page.page.getByRole("menuitem", { name: "Import a chat" }).click();
  await (await chosen).setFiles(file("notes.json", "no JSON at all"));
  await page.page.getByRole("alert").filter({ hasText: "not a chat exported by Freshet" }).waitFor();
  await page.assertAccessible("an error in a toast");
});

browserTest("what was typed survives a reload, each chat its own", async (test) => {
  const page = await test.open(await test.start());
  await page.composer.fill("half a thought");
  await page.reload();
  await page.composerHolds("half a thought");
  await page.composer.fill("");
  await page.ask('/pace 0 /say "alpha"');
  await page.composer.fill("for this chat only");
  await page.sidebar.getByRole("link", { name: "New chat" }).click();
  await page.composerHolds("");
  await page.sidebar.getByRole("link", { name: /alpha/ }).click();
  await page.page.waitForURL("**/chat/*");
  await page.ready();
  await page.composerHolds("for this chat only");
});

browserTest("the browser's back and forward lead through the chats", async (test) => {
  const page = await test.open(await test.start());
  await page.ask('/pace 0 /say "alpha"');
  const chat = page.path;
  await page.sidebar.getByRole("link", { name: "New chat" }).click();
  assertEquals(page.path, "/");
  await page.page.goBack();
  await page.answers.getByText("alpha").waitFor();
  assertEquals(page.path, chat);
  await page.page.goForward();
  await page.page.getByRole("heading", { name: "What shall we work on?" }).waitFor();
});

async function titles(page: AppPage): Promise<string[]> {
  return await page.sidebar.getByRole("navigation").getByRole("link").allTextContents();
}

async function openMenu(page: AppPage, title: string): Promise<void> {
  const item = page.sidebar.getByRole("listitem").filter({ hasText: title });
  await item.hover();
  await item.getByRole("button", { name: /What to do with/ }).click();
}

async function download(page: AppPage, label: string): Promise<{ name: string; text: string }> {
  await page.page.getByRole("main").getByRole("button", { name: /What to do with/ }).click();
  const waiting = page.page.waitForEvent("download");
  await page.page.getByRole("menuitem", { name: label }).click();
  const file = await waiting;
  return { name: file.suggestedFilename(), text: await Deno.readTextFile(await file.path()) };
}

function file(name: string, text: string) {
  return { name, mimeType: "application/json", buffer: Buffer.from(text) };
}
