import { assertEquals } from "@std/assert";
import type { ChatList, MessagePage } from "../../lib/shared/mod.ts";
import type { AppPage } from "./app_page.ts";
import { browserTest } from "./browser.ts";
import { Network } from "./network.ts";
import type { Site } from "./site.ts";

const WAITS = "Will be sent when the connection is back";
const RETRIED = "Not sent yet; it is tried again by itself";

browserTest("written offline, reloaded, shown in two tabs: sent in order, once", async (test) => {
  const site = await test.start();
  const network = test.use(new Network(site));
  const page = await test.open(network);
  await connected(page);
  page.problems.expect(/ERR_/);
  await network.lose();
  await page.send('/pace 0 /say "first answer"');
  await page.questions.getByText(WAITS).waitFor();
  await page.send('/pace 0 /say "second answer"');
  await page.questions.getByText("Will be sent after what is above").waitFor();
  await page.composerHolds("");
  await page.assertAccessible("written offline");
  await page.screenshot("outbox waiting");

  await page.context.route("**/api/**", (route) => route.abort());
  // As in pages that are not secure, which have no locks: the keys alone have to do.
  await page.context.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
  network.comeBack();
  await page.reload();
  await page.questions.getByText(WAITS).waitFor();
  assertEquals(await page.questions.count(), 2);
  const second = await page.secondTab("/");
  second.problems.expect(/ERR_/);
  await second.questions.getByText(WAITS).waitFor();

  await page.context.setOffline(true);
  await page.context.unroute("**/api/**");
  // Tells both at once: the slower one may be led to the chat by the other.
  await page.context.setOffline(false);
  for (const tab of [page, second]) {
    await tab.finished.nth(1).waitFor();
    await tab.answers.getByText("second answer", { exact: true }).waitFor();
    assertEquals([await tab.questions.count(), await tab.answers.count()], [2, 2]);
  }
  assertEquals(await stored(site), [[
    '/pace 0 /say "first answer"',
    "first answer",
    '/pace 0 /say "second answer"',
    "second answer",
  ]]);
});

browserTest(
  "lost answers make no second chat and no second message",
  async (test) => {
    const site = await test.start();
    const page = await test.open(site);
    await connected(page);
    page.problems.expect(/ERR_/);
    for (const path of ["**/api/chat/sessions", "**/api/chat/sessions/*/messages"]) {
      await page.page.route(path, async (route) => {
        await route.fetch();
        await route.abort();
      }, { times: 1 });
    }
    await page.send('/pace 0 /say "there"');
    await page.questions.getByText(RETRIED).waitFor();
    await comesOnline(page);
    // Of a message that arrived the page may hear before it tries again.
    await page.questions.getByText(RETRIED).or(page.finished).first().waitFor();
    await comesOnline(page);
    await page.finished.first().waitFor();
    assertEquals([await page.questions.count(), await page.answers.count()], [1, 1]);
    assertEquals(await stored(site), [['/pace 0 /say "there"', "there"]]);
  },
);

browserTest(
  "what is refused says so and can be edited, deleted or tried again",
  async (test) => {
    const site = await test.start();
    const page = await test.open(site);
    await page.ask('/pace 0 /say "one"');
    const refused = page.path;
    await page.page.route("**/api/**", (route) => route.abort());
    page.problems.expect(/ERR_|400/);
    await page.send("Too much");
    await page.questions.getByText(RETRIED).or(page.questions.getByText(WAITS)).waitFor();
    await page.sidebar.getByRole("link", { name: "New chat", exact: true }).click();
    await page.send('/pace 0 /say "other"');
    await page.questions.getByText(RETRIED).or(page.questions.getByText(WAITS)).waitFor();
    await page.sidebar.getByRole("heading", { name: "Not sent yet" }).waitFor();
    await page.page.unroute("**/api/**");
    await page.page.route(
      `**/api/chat/sessions/${refused.split("/").at(-1)}/messages`,
      (route) =>
        route.request().method() === "POST"
          ? route.fulfill({
            status: 400,
            json: { error: { code: "invalid_request", message: "The message is too long" } },
          })
          : route.continue(),
    );
    await comesOnline(page);
    await page.finished.getByText("other", { exact: true }).waitFor();

    await page.goto(refused);
    const alert = page.page.getByRole("alert").filter({ hasText: "The message is too long" });
    await alert.waitFor();
    const message = page.questions.filter({ hasText: "Too much" });
    await page.assertAccessible("refused by the server");
    await page.screenshot("outbox refused");
    await message.getByRole("button", { name: "Delete" }).click();
    await message.waitFor({ state: "detached" });
    await page.button("Undo").click();
    await message.getByRole("button", { name: "Try again" }).click();
    await alert.waitFor();
    await message.getByRole("button", { name: "Edit" }).click();
    await message.waitFor({ state: "detached" });
    await page.composerHolds("Too much");
    assertEquals((await stored(site)).length, 2);
  },
);

async function connected(page: AppPage): Promise<void> {
  await page.page.getByText("Connected", { exact: true }).waitFor();
}

/** As the browser tells it, so that nobody waits for a countdown to end. */
async function comesOnline({ page }: AppPage): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event("online")));
}

/** The texts of all chats. */
async function stored(site: Site): Promise<string[][]> {
  const { chats } = await site.app.json<ChatList>("GET", "/api/chat/sessions");
  return await Promise.all(chats.map(async ({ id }) => {
    const { messages } = await site.app.json<MessagePage>("GET", `/api/chat/sessions/${id}/messages`);
    return messages.map(({ text }) => text);
  }));
}
