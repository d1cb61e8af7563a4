import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { browserTest } from "./browser.ts";
import { WatchedCountdown } from "./countdown.ts";
import { startWithOllama } from "./ollama.ts";
import { importChat } from "./sample_chats.ts";

browserTest("an answer again, an edit, and the versions of both", async (test) => {
  const site = await test.start();
  const page = await test.open(site);
  const first = await page.ask('/pace 0 /say "first answer"');
  await first.hover();
  await first.getByRole("button", { name: "Answer again" }).click();
  await page.page.getByText("2/2").waitFor();
  await page.writing.waitFor({ state: "detached" });
  await page.answers.getByRole("button", { name: "Previous version" }).click();
  await page.page.getByText("1/2").waitFor();

  await page.questions.hover();
  await page.questions.getByRole("button", { name: "Edit" }).click();
  const field = page.page.getByRole("textbox", { name: "Edit" });
  assertEquals(await field.inputValue(), '/pace 0 /say "first answer"');
  await field.fill('/pace 0 /say "second answer"');
  await field.press("Control+Enter");
  await page.answers.getByText("second answer").waitFor();
  await page.writing.waitFor({ state: "detached" });
  const versions = page.questions.getByRole("group", { name: "Versions of this message" });
  assertMatch(await versions.innerText(), /2\/2/);
  assertEquals(await page.answers.count(), 1);
  await versions.getByRole("button", { name: "Previous version" }).click();
  await page.answers.getByText("first answer").waitFor();
  const answers = page.answers.getByRole("group", { name: "Versions of this message" });
  assertMatch(await answers.innerText(), /1\/2/);
  await page.reload();
  assertEquals(await page.textOf(page.answers.first()), "first answer");
  await page.questions.getByRole("button", { name: "Next version" }).click();
  await page.answers.getByText("second answer").waitFor();
});

browserTest("Escape leaves an edit as it was", async (test) => {
  const page = await test.open(await test.start());
  await page.ask('/pace 0 /say "an answer"');
  await page.page.keyboard.press("Control+Shift+E");
  const field = page.page.getByRole("textbox", { name: "Edit" });
  await field.fill("something else");
  await field.press("Escape");
  await field.waitFor({ state: "detached" });
  assertEquals(await page.textOf(page.questions.first()), '/pace 0 /say "an answer"');
  assertEquals(await page.answers.count(), 1);
});

browserTest("a message is copied as Markdown, its code as code", async (test) => {
  const page = await test.open(await test.start());
  const markdown = "Some **bold** text\\n\\n```js\\nlet a = 1;\\n\\nlet b = 2;\\n```";
  const answer = await page.ask(`/pace 0 /say "${markdown}"`);
  await answer.locator("code .hljs-keyword").first().waitFor();
  assertEquals(page.page.workers().length, 1);
  await answer.getByRole("button", { name: "Copy", exact: true }).first().click();
  await answer.getByText("Copied", { exact: true }).first().waitFor();
  assertEquals(await page.clipboard(), "let a = 1;\n\nlet b = 2;");
  await answer.hover();
  await answer.getByRole("button", { name: "Copy", exact: true }).last().click();
  await answer.getByRole("button", { name: "Copied" }).nth(1).waitFor();
  assertEquals(await page.clipboard(), markdown.replaceAll("\\n", "\n"));
});

browserTest("a message is deleted with what followed, and comes back", async (test) => {
  const page = await test.open(await test.start());
  await page.ask('/pace 0 /say "one"');
  await page.ask('/pace 0 /say "two"');
  await page.answers.first().hover();
  await page.answers.first().getByRole("button", { name: "Delete" }).click();
  await page.page.getByRole("status").filter({ hasText: "were deleted" }).waitFor();
  assertEquals([await page.questions.count(), await page.answers.count()], [1, 0]);
  await page.button("Undo").click();
  await page.answers.getByText("two", { exact: true }).waitFor();
  assertEquals([await page.questions.count(), await page.answers.count()], [2, 2]);
});

browserTest("thoughts, steps of tools and figures belong to an answer", async (test) => {
  const page = await test.open(await test.start());
  await page.panel.getByRole("switch", { name: /Calculator/ }).check();
  const answer = await page.ask("/pace 0 what is 12*7? /think carefully");
  await answer.getByText("Calculator", { exact: true }).click();
  await answer.getByText('"expression": "12*7"').waitFor();
  assertStringIncludes(await page.textOf(answer), "84");
  assertMatch(await answer.getByRole("list", { name: "About this answer" }).innerText(), /Sketch/);
  await page.page.getByText(/^(≈ )?\d+ tokens$/).last().waitFor();
  await page.page.getByTitle("Tokens and context").click();
  await page.page.getByText("Context window").waitFor();
  await page.assertAccessible("meter and steps");
});

browserTest("an answer that was interrupted says so and is continued", async (test) => {
  const site = await test.start();
  const chat = await importChat(site, "Interrupted", [
    { text: '/pace 0 /say "one two three four"' },
    { text: "one two", status: "interrupted" },
  ]);
  const page = await test.open(site, { path: `/chat/${chat.id}` });
  const notice = page.answers.getByText("This answer was interrupted; what was written is kept");
  await notice.waitFor();
  await page.assertAccessible("an interrupted answer");
  await notice.locator("..").getByRole("button", { name: "Continue" }).click();
  await page.answers.getByText("one two three four").waitFor();
  await notice.waitFor({ state: "detached" });
  assertEquals(await page.answers.count(), 1);
});

browserTest("a failed answer says why and is tried again", async (test) => {
  const page = await test.open(await test.start());
  await page.send("/pace 0 /error context_length after 3");
  const alert = page.answers.getByRole("alert");
  await alert.waitFor();
  await page.assertAccessible("a failed answer");
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.page.getByText("2/2").waitFor();
});

browserTest("a rate limit of the model server counts down", async (test) => {
  const { site } = await startWithOllama(test, {
    // What is over sooner is waited for in the queue.
    script: { failure: { kind: "rate_limit", retryAfter: 60 } },
  });
  const page = await test.open(site);
  await page.page.clock.install();
  await page.send("Hello");
  const alert = page.answers.getByRole("alert");
  const waiting = alert.getByRole("button", { name: /Try again in \d+ s/ });
  await waiting.waitFor();
  const countdown = await WatchedCountdown.of(page.page);
  assertEquals(await waiting.isDisabled(), true);
  await page.assertAccessible("a rate limit");
  await page.page.clock.fastForward(55_000);
  const again = alert.getByRole("button", { name: "Try again", exact: true });
  await again.waitFor();
  assertEquals(await again.isEnabled(), true);
  await countdown.goneDown();
});
