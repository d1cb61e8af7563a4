import { assert } from "@std/assert";
import { browserTest } from "./browser.ts";
import { unchecked } from "../studio/unchecked.ts";
import { StudioPage } from "./studio_page.ts";

const PROMPT = "A reading list for books with title, author and year";

for (const width of [390, 820]) {
  browserTest(`the path of a page at ${width} px: preview, next version, and back`, async (test) => {
    const site = await test.start({}, { validate: unchecked });
    const app = await test.open(site, { path: "/ask", width, still: true });
    const studio = await StudioPage.ask(app, site, PROMPT, "UI");
    studio.assertPassed(await studio.made(1));
    await app.assertAccessible(`code, ${width} px`);
    await app.screenshot(`studio ui ${width} code`);

    await studio.openTab("Preview");
    const heading = studio.preview.getByRole("heading", { level: 1 });
    await heading.waitFor();
    const title = await heading.innerText();
    await addBook(studio);
    await app.assertAccessible(`preview, ${width} px`);
    await app.screenshot(`studio ui ${width} preview`);

    await openChat(studio, width);
    await app.assertAccessible(`chat, ${width} px`);
    await app.screenshot(`studio ui ${width} chat`);
    await studio.send("change the title to Shelf");
    studio.assertPassed(await studio.made(2));
    await studio.card(2).waitFor();
    await app.screenshot(`studio ui ${width} v2`);
    await closeChat(studio, width);
    await studio.preview.getByRole("heading", { name: "Shelf" }).waitFor();

    await studio.choose(1);
    await studio.preview.getByRole("heading", { name: title }).waitFor();
    await studio.assertInPlace();
    const overflow = await app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert(overflow <= 0, `${overflow} px too wide`);
    await app.screenshot(`studio ui ${width} back at v1`);
  });
}

/** The page in the preview does what it shows. */
async function addBook({ preview }: StudioPage): Promise<void> {
  await preview.getByRole("button", { name: "Add book" }).click();
  await preview.getByRole("textbox", { name: "Title" }).fill("Momo");
  await preview.getByRole("button", { name: "Add", exact: true }).click();
  await preview.getByText("Momo").waitFor();
}

/** On a phone the chat is a sheet over the rest, on a tablet one of the tabs. */
async function openChat(studio: StudioPage, width: number): Promise<void> {
  if (width < 768) await handleOf(studio).click();
  else await studio.openTab("Chat");
  await studio.card(1).waitFor();
}

async function closeChat(studio: StudioPage, width: number): Promise<void> {
  if (width < 768) await handleOf(studio).click();
  else await studio.openTab("Preview");
  await studio.card(1).waitFor({ state: "hidden" });
}

function handleOf(studio: StudioPage) {
  return studio.chat.getByRole("button", { name: "Chat", exact: true });
}
