import { assert, assertEquals } from "@std/assert";
import type { ChatFolder, ChatList } from "../../lib/shared/mod.ts";
import type { AppPage } from "./app_page.ts";
import { browserTest } from "./browser.ts";
import { importChat } from "./sample_chats.ts";
import type { Site } from "./site.ts";

async function siteWith(site: Site, titles: string[]): Promise<Site> {
  for (const title of titles) await importChat(site, title, [{ text: title }, { text: "Yes." }]);
  return site;
}

function folder(page: AppPage, name: string) {
  return page.sidebar.getByRole("group", { name: `Chats in “${name}”` });
}

async function choose(page: AppPage, menu: RegExp, item: string): Promise<void> {
  await page.sidebar.getByRole("button", { name: menu }).click();
  await page.page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Until all chats are in folders: the page shows it before the server has it. */
async function emptied(site: Site): Promise<void> {
  for (;;) {
    const { chats } = await site.app.json<ChatList>("GET", "/api/chat/sessions?folder=none");
    if (chats.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

browserTest("chats go into folders by mouse and menu, and other tabs follow", async (test) => {
  const site = await siteWith(await test.start(), ["Rivers", "Bread"]);
  const page = await test.open(site, { still: true });
  const other = await page.secondTab();
  const { sidebar } = page;
  await page.button("More ways to begin").click();
  await page.page.getByRole("menuitem", { name: "New folder" }).click();
  const dialog = page.page.getByRole("dialog", { name: "New folder" });
  await page.page.getByRole("textbox", { name: "Name" }).fill("Nature");
  await dialog.getByRole("radio", { name: "Teal" }).check();
  await page.assertAccessible("folder dialog");
  await page.screenshot("folder dialog");
  await page.page.keyboard.press("Enter");
  await folder(page, "Nature").getByText("No chats here yet").waitFor();
  await sidebar.getByRole("link", { name: "Rivers" }).dragTo(
    sidebar.getByRole("button", { name: "Nature", exact: true }),
  );
  await folder(page, "Nature").getByRole("link", { name: "Rivers" }).waitFor();
  await folder(other, "Nature").getByRole("link", { name: "Rivers" }).waitFor();
  await choose(page, /What to do with “Bread”/, "Move to folder");
  await page.assertAccessible("move dialog");
  await page.page.getByRole("dialog").getByRole("button", { name: "Nature" }).click();
  await folder(other, "Nature").getByRole("link", { name: "Bread" }).waitFor();
  await sidebar.getByRole("button", { name: "Nature", exact: true }).click();
  await folder(page, "Nature").waitFor({ state: "detached" });
  await page.reload();
  assertEquals(await sidebar.getByRole("link", { name: "Rivers" }).count(), 0);
  await sidebar.getByRole("button", { name: "Nature", exact: true }).click();
  await folder(page, "Nature").getByRole("link", { name: "Rivers" }).waitFor();
  await choose(page, /folder “Nature”/, "New chat in this folder");
  await page.ask('/pace 0 /say "a heron"');
  await folder(other, "Nature").getByRole("link", { name: "heron" }).waitFor();
  await page.screenshot("folders 1440");
  await page.assertAccessible("folders");
  await choose(page, /folder “Nature”/, "Delete folder");
  await page.page.getByText("The folder “Nature” was deleted").waitFor();
  await sidebar.getByRole("region", { name: "Today" }).getByRole("link", { name: "Rivers" }).waitFor();
  await page.button("Undo").last().click();
  await folder(other, "Nature").getByRole("link", { name: "Rivers" }).waitFor();
  // What the server renders is what stands there once the code is loaded.
  const plain = await test.open(site, { scripts: false });
  await folder(plain, "Nature").getByRole("link", { name: "Bread" }).waitFor();
});

browserTest(
  "a chat is dropped among the chats of an open folder, of the inner one where that is",
  async (test) => {
    const site = await siteWith(await test.start(), ["Rivers"]);
    const outer = await site.app.json<ChatFolder>("POST", "/api/chat/folders", { name: "Outer" }, 201);
    await site.app.json<ChatFolder>("POST", "/api/chat/folders", { name: "Inner", parentId: outer.id }, 201);
    const page = await test.open(site, { still: true });
    const nothing = folder(page, "Inner").getByText("No chats here yet");
    // Over the outer one into the inner one; asked again until the code of folders is loaded.
    for (const name of ["Outer", "Inner"]) {
      await page.page.waitForFunction((name) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData("text/uri-list", location.href);
        const heads = [...document.querySelectorAll(".folder__head")];
        heads.find(({ textContent }) => textContent === name)?.firstElementChild?.dispatchEvent(
          new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer }),
        );
        const over = heads.filter((head) => head.classList.contains("folder__head--over"));
        return over.map(({ textContent }) => textContent).join() === name;
      }, name);
    }
    await page.sidebar.getByRole("link", { name: "Rivers" }).dragTo(nothing);
    await folder(page, "Inner").getByRole("link", { name: "Rivers" }).waitFor();
    const last = folder(page, "Outer").locator("> .folder__empty");
    await folder(page, "Inner").getByRole("link", { name: "Rivers" }).dragTo(last);
    await nothing.waitFor();
    assertEquals(await folder(page, "Outer").getByRole("link", { name: "Rivers" }).count(), 1);
    assertEquals(await page.sidebar.locator(".folder__head--over").count(), 0);
  },
);

browserTest("folders are ordered, nested and left by keys alone", async (test) => {
  const site = await siteWith(await test.start(), ["Rivers"]);
  for (const name of ["First", "Second"]) {
    await site.app.json<ChatFolder>("POST", "/api/chat/folders", { name }, 201);
  }
  const page = await test.open(site, { still: true });
  const { keyboard } = page.page;
  const names = () => page.sidebar.locator(".folder__toggle").allTextContents();
  await page.sidebar.getByRole("button", { name: "Second", exact: true }).focus();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await page.page.getByRole("menuitem", { name: "Move up" }).press("Enter");
  await page.page.waitForFunction(() => document.querySelector(".folder__toggle")?.textContent === "Second");
  assertEquals(await names(), ["Second", "First"]);
  // A menu gives the focus back when it closes.
  await page.page.getByRole("menu").waitFor({ state: "hidden" });
  await page.sidebar.getByRole("button", { name: /What to do with “Rivers”/ }).press("Enter");
  await page.page.getByRole("menuitem", { name: "Move to folder" }).press("Enter");
  await page.page.getByRole("dialog").getByRole("button", { name: "First" }).press("Enter");
  await folder(page, "First").getByRole("link", { name: "Rivers" }).waitFor();
  await emptied(site);
  await page.button("Undo").press("Enter");
  await page.sidebar.getByRole("region", { name: "Today" }).getByRole("link", { name: "Rivers" }).waitFor();
});

browserTest(
  "tags are typed with suggestions, filter the list and the search, and go everywhere at once",
  async (test) => {
    const site = await siteWith(await test.start(), ["Rivers", "Bread"]);
    const page = await test.open(site, { still: true });
    await choose(page, /What to do with “Rivers”/, "Edit tags");
    const field = page.page.getByRole("textbox", { name: "Add a tag" });
    for (const name of ["water", "slow"]) {
      await field.fill(name);
      await field.press("Enter");
      await page.button(`Take off “${name}”`).waitFor();
    }
    await page.assertAccessible("tags dialog");
    await page.button("Done").click();
    await choose(page, /What to do with “Bread”/, "Edit tags");
    await field.fill("SLO");
    await page.page.getByRole("dialog").getByRole("button", { name: "slow", exact: true }).click();
    await page.button("Take off “slow”").waitFor();
    await page.screenshot("tags dialog");
    await page.button("Done").click();
    const links = page.sidebar.locator(".chat-item__link");
    await page.sidebar.getByRole("button", { name: "water", exact: true }).click();
    await page.page.waitForFunction(() => document.querySelectorAll(".chat-item__link").length === 1);
    assert((await links.first().textContent())?.startsWith("Rivers"));
    const search = page.sidebar.getByRole("searchbox", { name: "Search chats" });
    await search.fill("yes");
    await page.sidebar.getByText("1 found").or(page.sidebar.getByText("1 hit")).or(
      page.sidebar.locator(".hit"),
    ).first()
      .waitFor();
    assertEquals(await page.sidebar.locator(".hit").count(), 1);
    await search.press("Escape");
    await page.sidebar.getByRole("button", { name: "slow", exact: true }).click();
    await page.page.waitForFunction(() => document.querySelectorAll(".chat-item__link").length === 2);
    await page.screenshot("tags 1440");
    await page.button("All tags").click();
    const name = page.page.getByRole("textbox", { name: "Name of the tag “slow”" });
    await name.fill("patient");
    await name.press("Enter");
    await page.button("Delete the tag “water” everywhere").click();
    await page.button("Delete everywhere?").click();
    await page.button("Delete the tag “water” everywhere").waitFor({ state: "detached" });
    await page.assertAccessible("all tags");
    await page.button("Done").click();
    await page.sidebar.getByRole("button", { name: "patient", exact: true, pressed: true }).waitFor();
    for (const width of [390, 820]) {
      await page.page.setViewportSize({ width, height: 844 });
      await page.reload();
      if (width === 390) await page.button("Show or hide the chats").click();
      await page.sidebar.getByText("Bread").waitFor();
      await page.assertAccessible(`tags at ${width} px`);
      await page.screenshot(`tags ${width}`);
    }
  },
);

browserTest("two tabs that edit the tags of a chat at once keep what both did", async (test) => {
  const site = await siteWith(await test.start(), ["Rivers"]);
  const page = await test.open(site, { still: true });
  const other = await page.secondTab();
  await choose(page, /What to do with “Rivers”/, "Edit tags");
  await choose(other, /What to do with “Rivers”/, "Edit tags");
  const editor = (tab: AppPage) => tab.page.getByRole("dialog").getByRole("list", { name: "Tags" });
  await page.page.getByRole("dialog").getByRole("textbox").fill("water");
  await page.page.keyboard.press("Enter");
  await editor(other).getByText("water").waitFor();
  await other.page.getByRole("dialog").getByRole("textbox").fill("land");
  await other.page.keyboard.press("Enter");
  await editor(page).getByText("land").waitFor();
  await page.button("Take off “water”").click();
  await editor(other).getByText("water").waitFor({ state: "detached" });
  await editor(other).getByText("land").waitFor();
  const { chats } = await site.app.json<ChatList>("GET", "/api/chat/sessions");
  assertEquals(chats.map(({ tagIds }) => tagIds?.length), [1]);
});

browserTest("a chat goes into a folder by touch, on a phone and a tablet", async (test) => {
  const site = await siteWith(await test.start(), ["Rivers"]);
  for (const name of ["Nature", "A name that is far too long for the sidebar of a phone"]) {
    await site.app.json<ChatFolder>("POST", "/api/chat/folders", { name, color: "green" }, 201);
  }
  for (const [width, name] of [[390, "Nature"], [820, "In no folder"]] as const) {
    const page = await test.open(site, { width, still: true });
    if (width === 390) await page.button("Show or hide the chats").tap();
    await page.sidebar.getByRole("button", { name: /What to do with “Rivers”/ }).tap();
    await page.page.getByRole("menuitem", { name: "Move to folder" }).tap();
    const dialog = page.page.getByRole("dialog");
    await dialog.getByRole("button", { name, exact: true }).waitFor();
    await page.screenshot(`move dialog ${width}`);
    await page.assertAccessible(`move dialog at ${width} px`);
    await dialog.getByRole("button", { name, exact: true }).tap();
    const place = width === 390
      ? folder(page, "Nature")
      : page.sidebar.getByRole("region", { name: "Today" });
    await place.getByRole("link", { name: "Rivers" }).waitFor();
    assertEquals(await page.sidebar.getByRole("link", { name: "Rivers" }).count(), 1);
    await page.screenshot(`folders ${width}`);
    await page.assertAccessible(`folders at ${width} px`);
  }
});
