import { assert, assertEquals } from "@std/assert";
import type { Chat, MessagePage } from "../../lib/shared/mod.ts";
import { words } from "../fakes/mod.ts";
import type { AppPage } from "./app_page.ts";
import { browserTest } from "./browser.ts";
import { WatchedCountdown } from "./countdown.ts";
import { Gate } from "./gate.ts";
import { Network } from "./network.ts";
import { startWithOllama } from "./ollama.ts";
import type { Site } from "./site.ts";

/** Everything that a broken stream could tear: characters of two code units, fences, tables, white space. */
const ANSWER = [
  "# Übersicht 🐟\n\nDas ist **fett**, *kursiv* und `code` – mit „Zeichen“ und 👩‍💻.\n",
  "```ts\nconst list = [1, 2, 3];\n\nfor (const item of list) {\n  console.log(item);\n}\n```\n",
  "| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |\n",
  "1. eins\n2. zwei\n   - drei 🌍\n",
  ...Array.from({ length: 12 }, (_, i) => `Absatz ${i} mit einigen Wörtern und einem Satz, der endet.\n`),
].join("\n");

browserTest("reload, network loss and a second tab in mid-stream end with the same text", async (test) => {
  const gate = new Gate();
  const deltas = words(ANSWER);
  const { site } = await startWithOllama(test, { delay: gate.delay, script: { deltas } });
  const watching = await test.open(site);
  await watching.send("Go on");
  gate.let(deltas.length / 4);
  await watching.writing.getByText("console.log").waitFor();
  const path = watching.path;

  const network = test.use(new Network(site));
  const offline = await test.open(network, { path });
  const reloaded = await test.open(site, { path });
  const second = await watching.secondTab();
  for (const page of [offline, reloaded, second]) await page.writing.getByText("console.log").waitFor();
  offline.problems.expect(/ERR_/);
  await network.lose();
  await offline.page.getByText("Connection lost.").waitFor();
  gate.let(deltas.length / 4);
  await watching.writing.getByText("Absatz 0").waitFor();
  assertEquals(await offline.writing.getByText("Absatz 0").count(), 0);
  await reloaded.reload();
  await reloaded.writing.getByText("Absatz 0").waitFor();
  network.comeBack();
  await offline.writing.getByText("Absatz 0").waitFor();
  gate.let();

  const after = await test.open(site, { path });
  const pages = { watching, offline, reloaded, second, after };
  for (const page of Object.values(pages)) {
    await finished(page);
    await page.answers.getByText("Absatz 11 ").waitFor();
  }
  const stored = await storedAnswer(site);
  assertEquals(stored, ANSWER);
  const expected = await after.textOf(after.answers.first());
  assert(expected.includes("👩‍💻"));
  for (const [name, page] of Object.entries(pages)) {
    assertEquals(await page.textOf(page.answers.first()), expected, name);
    await page.page.bringToFront();
    await page.answers.getByRole("button", { name: "Copy", exact: true }).last().click();
    assertEquals(await page.clipboard(), ANSWER, name);
  }
});

browserTest("the server goes away in mid-stream: a banner counts down, and nothing is lost", async (test) => {
  const gate = new Gate();
  const deltas = words(ANSWER);
  const { site } = await startWithOllama(test, { delay: gate.delay, script: { deltas } });
  const page = await test.open(site);
  await page.send("Go on");
  gate.let(20);
  await page.writing.getByText("kursiv").waitFor();
  page.problems.expect(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/);
  const countdown = await WatchedCountdown.of(page.page);
  await site.goAway();
  const banner = page.page.getByRole("alert").filter({ hasText: "Connection lost." });
  await banner.getByText(/Next try in \d+ s/).waitFor();
  await page.page.getByText("Not connected").waitFor();
  await page.assertAccessible("connection lost");
  await countdown.goneDown();
  await countdown.begunAnew();
  gate.let();
  site.comeBack();
  await banner.getByRole("button", { name: "Try now" }).click();
  await banner.waitFor({ state: "detached" });
  await page.page.getByText("Connected", { exact: true }).waitFor();
  await finished(page);
  assertEquals(await storedAnswer(site), ANSWER);
  const shown = await page.textOf(page.answers.first());
  await page.reload();
  assertEquals(shown, await page.textOf(page.answers.first()));
});

browserTest("a lost connection comes back by itself", async (test) => {
  const site = await test.start();
  const page = await test.open(site);
  await page.page.getByText("Connected", { exact: true }).waitFor();
  page.problems.expect(/ERR_/);
  await site.goAway();
  await page.page.getByText("Connection lost.").waitFor();
  site.comeBack();
  await page.page.getByText("Connection lost.").waitFor({ state: "detached" });
  await page.page.getByText("Connected", { exact: true }).waitFor();
});

browserTest("stop keeps what was written, and the answer goes on in the same message", async (test) => {
  const site = await test.start();
  const page = await test.open(site);
  await page.send("/pace 1 /stall after 30 /long 2000");
  const begun = page.writing.locator(".prose");
  await page.page.waitForFunction(
    () => (document.querySelector("[aria-busy=true] .prose")?.textContent?.length ?? 0) > 40,
  );
  const text = (await begun.innerText()).trim();
  await page.button("Stop").click();
  await page.page.getByText("Stopped").waitFor();
  assert((await page.textOf(page.answers.first())).startsWith(text));
  await page.page.getByText("Stopped").locator("..").getByRole("button", { name: "Continue" }).click();
  await page.writing.waitFor();
  await page.composer.press("Escape");
  await page.writing.waitFor({ state: "detached" });
  assertEquals(await page.answers.count(), 1);
  assert((await page.textOf(page.answers.first())).startsWith(text));
});

browserTest("Esc closes what is open first, then stops the answer", async (test) => {
  const page = await test.open(await test.start());
  await page.send("/pace 1 /stall after 5 /long 500");
  await page.writing.locator(".prose").waitFor();
  const { keyboard } = page.page;
  await keyboard.press("Control+k");
  await page.page.getByRole("dialog", { name: "Command palette" }).waitFor();
  await keyboard.press("Escape");
  await page.page.getByRole("dialog", { name: "Command palette" }).waitFor({ state: "detached" });
  await page.page.getByRole("main").getByRole("button", { name: /What to do with/ }).click();
  await page.page.getByRole("menuitem", { name: "Pin" }).waitFor();
  await keyboard.press("Escape");
  await page.page.getByRole("menuitem", { name: "Pin" }).waitFor({ state: "detached" });
  assertEquals(await page.writing.count(), 1);
  await keyboard.press("Escape");
  await page.page.getByText("Stopped").waitFor();
});

browserTest("scrolling up during an answer is respected until one comes back to the end", async (test) => {
  const gate = new Gate();
  const deltas = Array.from({ length: 400 }, (_, i) => `Line ${i} of the answer.\n\n`);
  const { site } = await startWithOllama(test, { delay: gate.delay, script: { deltas } });
  const page = await test.open(site);
  await page.send("Go on");
  gate.let(100);
  await page.writing.getByText("Line 98").waitFor();
  await page.page.waitForFunction(isAtEnd);
  await page.thread.hover();
  await page.page.mouse.wheel(0, -900);
  await page.button("Follow the answer").waitFor();
  const place = await settledPlace(page);
  gate.let(100);
  await page.writing.getByText("Line 198").waitFor({ state: "attached" });
  assertEquals(await settledPlace(page), place);
  await page.button("Follow the answer").click();
  await page.page.waitForFunction(isAtEnd);
  gate.let();
  await finished(page);
  await page.page.waitForFunction(isAtEnd);
});

/** Until the answer is whole on the page. */
async function finished(page: AppPage): Promise<void> {
  await page.answers.last().and(page.finished).waitFor();
}

async function storedAnswer(site: Site): Promise<string | undefined> {
  const { chats } = await site.app.json<{ chats: Chat[] }>("GET", "/api/chat/sessions");
  const path = `/api/chat/sessions/${chats[0]?.id}/messages`;
  return (await site.app.json<MessagePage>("GET", path)).messages.at(-1)?.text;
}

function isAtEnd(): boolean {
  const thread = document.getElementById("thread");
  return thread !== null && thread.scrollHeight - thread.scrollTop - thread.clientHeight < 4;
}

/** Where the thread stands (px) once it has stood there for some frames. */
async function settledPlace(page: AppPage): Promise<number> {
  return await page.thread.evaluate(async (thread) => {
    let still = 0;
    let top = thread.scrollTop;
    while (still < 8) {
      await new Promise(requestAnimationFrame);
      still = thread.scrollTop === top ? still + 1 : 0;
      top = thread.scrollTop;
    }
    return top;
  });
}
