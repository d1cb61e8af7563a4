import { assertEquals, assertMatch } from "@std/assert";
import { browserTest } from "./browser.ts";
import { WatchedCountdown } from "./countdown.ts";
import { chatsOf, lastChat, startWithOllama } from "./ollama.ts";

browserTest("Enter sends, Shift+Enter breaks the line", async (test) => {
  const { site, ollama } = await startWithOllama(test);
  const page = await test.open(site);
  await page.composer.click();
  await page.page.keyboard.type("first");
  await page.page.keyboard.press("Shift+Enter");
  await page.page.keyboard.type("second");
  await page.page.keyboard.press("Enter");
  await page.finished.first().waitFor();
  assertEquals(lastChat(ollama).messages.at(-1)?.content, "first\nsecond");
  assertEquals(await page.questions.first().locator("br").count(), 1);
});

browserTest("where Ctrl+Enter sends, Enter breaks the line", async (test) => {
  const { site, ollama } = await startWithOllama(test);
  await site.app.json("PATCH", "/api/settings", { sendWith: "ctrl-enter" });
  const page = await test.open(site);
  await page.composer.click();
  await page.page.keyboard.type("first");
  await page.page.keyboard.press("Enter");
  await page.page.keyboard.type("second");
  assertEquals(chatsOf(ollama).length, 0);
  await page.page.keyboard.press("Control+Enter");
  await page.finished.first().waitFor();
  assertEquals(lastChat(ollama).messages.at(-1)?.content, "first\nsecond");
});

browserTest("on a touch screen Enter breaks the line and the button sends", async (test) => {
  const { site, ollama } = await startWithOllama(test);
  const page = await test.open(site, { width: 390 });
  await page.composer.tap();
  await page.page.keyboard.type("first");
  await page.page.keyboard.press("Enter");
  await page.page.keyboard.type("second");
  await page.composerHolds("first\nsecond");
  await page.button("Send").tap();
  await page.finished.first().waitFor();
  assertEquals(lastChat(ollama).messages.at(-1)?.content, "first\nsecond");
});

browserTest("what is typed before the page's scripts are there is kept and sent", async (test) => {
  const { site, ollama } = await startWithOllama(test);
  const page = await test.open(site);
  const scripts = Promise.withResolvers<void>();
  await page.page.route("**/*.js*", async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.page.reload({ waitUntil: "commit" });
  await page.composer.fill("early bird");
  scripts.resolve();
  await page.ready();
  await page.composerHolds("early bird");
  await page.composer.press("Enter");
  await page.finished.first().waitFor();
  assertEquals(lastChat(ollama).messages.at(-1)?.content, "early bird");
});

browserTest("nothing is sent twice by accident, and nothing empty", async (test) => {
  const { site, ollama } = await startWithOllama(test);
  const page = await test.open(site);
  await page.composer.fill("   ");
  await page.composer.press("Enter");
  assertEquals(await page.questions.count(), 0);
  await page.composer.fill("once");
  await page.composer.press("Enter");
  await page.composer.press("Enter");
  await page.button("Send").or(page.button("Stop")).dblclick();
  await page.finished.first().waitFor();
  await page.ask("twice");
  await page.ask("twice");
  const asked = chatsOf(ollama).map(({ messages }) => messages.at(-1)?.content);
  assertEquals(asked, ["once", "twice", "twice"]);
});

browserTest(
  "too many requests: a warning counts down, the text is kept, then it can be sent",
  async (test) => {
    const page = await test.open(await test.start());
    await page.page.route("**/api/chat/sessions/*/messages", (route) =>
      route.fulfill({
        status: 429,
        headers: { "retry-after": "4" },
        json: { error: { code: "rate_limited", message: "Too many messages at once" } },
      }), { times: 1 });
    page.problems.expect(/429/);
    const countdown = await WatchedCountdown.of(page.page);
    await page.send("/pace 0 hello");
    const warning = page.page.getByRole("alert").filter({ hasText: "Too many messages at once" });
    await warning.getByText(/You can send again in \d s/).waitFor();
    await page.composerHolds("/pace 0 hello");
    await page.assertAccessible("rate limited");
    await page.screenshot("composer rate limited");
    await warning.waitFor({ state: "detached" });
    await countdown.goneDown();
    await page.composer.press("Enter");
    await page.finished.first().waitFor();
    assertEquals(await page.questions.count(), 1);
  },
);

browserTest("what the server refuses is marked, and stays to be changed", async (test) => {
  const page = await test.open(await test.start());
  await page.page.route("**/api/chat/sessions/*/messages", (route) =>
    route.fulfill({
      status: 400,
      json: {
        error: { code: "invalid_request", message: "The message is too long", hint: "Attach it as a file" },
      },
    }), { times: 1 });
  page.problems.expect(/400/);
  await page.send("/pace 0 hello");
  const alert = page.page.getByRole("alert").filter({ hasText: "The message is too long" });
  await alert.waitFor();
  assertMatch(await alert.innerText(), /Attach it as a file/);
  assertEquals(await page.composer.getAttribute("aria-invalid"), "true");
  await page.composerHolds("/pace 0 hello");
  await page.assertAccessible("refused");
  await page.screenshot("composer refused");
  await page.composer.press("!");
  await alert.waitFor({ state: "detached" });
  assertEquals(await page.composer.getAttribute("aria-invalid"), "false");
});

browserTest("what is not sent for want of a connection can be taken back", async (test) => {
  const site = await test.start();
  const page = await test.open(site);
  await page.page.getByText("Connected", { exact: true }).waitFor();
  page.problems.expect(/ERR_/);
  await site.goAway();
  const text = '/pace 0 /say "there *it* is"';
  await page.send(text);
  await page.questions.getByText("Will be sent").waitFor();
  await page.questions.getByRole("button", { name: "Edit" }).click();
  await page.composerHolds(text);
  assertEquals(await page.questions.count(), 0);
  await page.button("Send").click();
  await page.questions.getByText("Will be sent").waitFor();
  site.comeBack();
  await page.answers.getByText("there it is").waitFor();
  assertEquals([await page.questions.count(), await page.answers.count()], [1, 1]);
});

browserTest("one of the starters is a beginning", async (test) => {
  const page = await test.open(await test.start());
  await page.button(/Write code/).click();
  assertMatch(await page.composer.inputValue(), /TypeScript function/);
  await page.composer.press("Enter");
  await page.finished.first().waitFor();
});
