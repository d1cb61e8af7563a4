import { assert, assertEquals } from "@std/assert";
import type { AppPage } from "../browser/app_page.ts";
import { browserTest } from "../browser/browser.ts";
import { Gate } from "../browser/gate.ts";
import { startWithOllama } from "../browser/ollama.ts";
import { importMessages } from "../browser/sample_chats.ts";

/** One of many equal parts of a long answer, in pieces as a model streams them; its last word names it. */
function part(n: number): string[] {
  const text = [
    `## Part ${n}`,
    "A paragraph with **bold** words, `code`, and a [link](https://example.org). ".repeat(12),
    ...Array.from({ length: 20 }, (_, i) => `- item ${i} of a list with some words in it`),
    "",
    "```ts",
    ...Array.from({ length: 30 }, (_, i) => `const value${i} = compute(${i}, "some text") + ${i};`),
    "```",
    "",
    "| a | b |",
    "| - | - |",
    ...Array.from({ length: 10 }, (_, i) => `| cell ${i} | another cell |`),
    "",
    `The end of part${n}.`,
    "",
    "",
  ].join("\n");
  return text.match(/[^]{1,50}/g) ?? [];
}

browserTest(
  "in a 100 KB answer a frame changes what is being written, and not the rest",
  async (test) => {
    const parts = Array.from({ length: 30 }, (_, i) => part(i));
    const deltas = parts.flat();
    assert(deltas.join("").length > 100_000, `only ${deltas.join("").length} characters`);
    const gate = new Gate();
    const { site } = await startWithOllama(test, { delay: gate.delay, script: { deltas } });
    const page = await test.open(site);
    await page.send("Write a lot");
    for (let n = 0; n < 26; n++) gate.let(parts[n]?.length);
    await page.writing.getByText("The end of part25.").waitFor({ state: "attached" });
    const later = await mostChangedInAFrame(page, async () => {
      for (const n of [26, 27, 28]) await letPart(page, gate, parts[n] ?? [], n);
    });
    const atTheEnd = await mostChangedInAFrame(page, async () => {
      await letPart(page, gate, parts[29] ?? [], 29);
      await page.writing.waitFor({ state: "detached" });
    });
    const tenth = await page.answers.locator("*").count() / 10;
    assert(later > 0 && Math.max(later, atTheEnd) < tenth, `${later} and ${atTheEnd} of ${tenth * 10}`);
    const shown = await page.textOf(page.answers.first());
    await page.reload();
    assertEquals(shown, await page.textOf(page.answers.first()));
  },
);

browserTest("a chat of 10,000 messages opens at its end and keeps few of them in the page", async (test) => {
  const site = await test.start();
  const chat = await importMessages(site, 10_000);
  const page = await test.open(site, { path: "/settings" });
  const asked: string[] = [];
  page.page.on("request", (request) => asked.push(request.url()));
  await page.goto(`/chat/${chat.id}`);
  await page.answers.getByText("message 9999", { exact: true }).waitFor();
  await page.page.getByText("Connected", { exact: true }).waitFor();
  assertEquals(asked.filter((url) => url.includes("before=")), []);
  assert(await numberOfMessages(page) <= 60, `${await numberOfMessages(page)} messages`);

  let first = await firstShown(page);
  for (let i = 0; i < 25; i++) {
    const before = await scrollUp(page, 1200);
    const now = await firstShown(page);
    assert(now <= first, `scrolling up went from ${first} to ${now}`);
    assert(Math.abs(before.moved - before.wanted) <= 2, `a jump: ${JSON.stringify(before)}`);
    assert(await numberOfMessages(page) <= 150, `${await numberOfMessages(page)} messages`);
    first = now;
  }
  assert(first < 9900, `only ${first} was reached`);
  assert(asked.some((url) => url.includes("before=")));
  await assertUnbroken(page);
  await page.button("To the newest").click();
  await page.answers.getByText("message 9999", { exact: true }).waitFor();
  await page.send('/pace 0 /say "and one more"');
  await page.answers.getByText("and one more", { exact: true }).waitFor();
  assert(await numberOfMessages(page) <= 150, `${await numberOfMessages(page)} messages`);
});

browserTest("a search hit far up in a long chat is gone to", async (test) => {
  const site = await test.start();
  const chat = await importMessages(site, 3_000);
  const page = await test.open(site);
  await page.sidebar.getByRole("searchbox").fill("message 1234");
  const hit = page.sidebar.getByRole("link").filter({ hasText: "message 1234" }).last();
  await hit.click();
  await page.page.waitForURL((url) => url.pathname === `/chat/${chat.id}`);
  const message = page.thread.getByText("message 1234", { exact: true });
  await message.waitFor();
  await page.page.waitForFunction(() => {
    const sought = document.querySelector(".message--sought")?.getBoundingClientRect();
    return sought !== undefined && sought.top >= 0 && sought.bottom <= innerHeight;
  });
  assert(await numberOfMessages(page) <= 150);
});

/** Lets a part through in small steps, each shown before the next, so that frames are comparable. */
async function letPart(page: AppPage, gate: Gate, deltas: string[], n: number): Promise<void> {
  for (let i = 0; i < deltas.length; i += 8) {
    gate.let(Math.min(8, deltas.length - i));
    await page.page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.thread.getByText(`The end of part${n}.`).waitFor({ state: "attached" });
}

/** How many nodes were added, removed or rewritten at most between two frames while something happened. */
async function mostChangedInAFrame(page: AppPage, happens: () => Promise<void>): Promise<number> {
  await page.thread.evaluate((thread) => {
    const size = (nodes: NodeList) =>
      Array.from(nodes).reduce(
        (sum, node) => sum + 1 + (node instanceof Element ? node.querySelectorAll("*").length : 0),
        0,
      );
    let most = 0;
    const observer = new MutationObserver((records) => {
      const changed = records.reduce(
        (sum, { type, addedNodes, removedNodes }) =>
          sum + (type === "characterData" ? 1 : size(addedNodes) + size(removedNodes)),
        0,
      );
      most = Math.max(most, changed);
    });
    observer.observe(thread, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { stopMeasuring: () => (observer.disconnect(), most) });
  });
  await happens();
  return await page.page.evaluate(() =>
    (globalThis as unknown as { stopMeasuring(): number }).stopMeasuring()
  );
}

async function numberOfMessages(page: AppPage): Promise<number> {
  return await page.thread.getByRole("article").count();
}

/** The number of the first message in view. */
async function firstShown(page: AppPage): Promise<number> {
  return await page.thread.evaluate((thread) => {
    const edge = thread.getBoundingClientRect().top;
    const articles = Array.from(thread.querySelectorAll("article"));
    const first = articles.find((article) => article.getBoundingClientRect().bottom > edge);
    return Number(/message (\d+)/.exec(first?.textContent ?? "")?.[1]);
  });
}

/**
 * Scrolls up by `wanted` px as a wheel does, waits until what is loaded and measured has settled, and tells how far the
 * message that was on top then has moved down.
 */
async function scrollUp(page: AppPage, wanted: number): Promise<{ wanted: number; moved: number }> {
  return await page.thread.evaluate(async (thread, wanted) => {
    const edge = thread.getBoundingClientRect().top;
    const top = Array.from(thread.querySelectorAll("article"))
      .find((article) => article.getBoundingClientRect().bottom > edge);
    const place = () => document.getElementById(top?.id ?? "")?.getBoundingClientRect().top ?? NaN;
    const before = place();
    thread.dispatchEvent(new WheelEvent("wheel", { deltaY: -wanted, bubbles: true }));
    const room = Math.min(wanted, thread.scrollTop);
    thread.scrollTop -= room;
    const isLoading = () => document.querySelector(".messages__earlier") !== null && thread.scrollTop < 1500;
    let still = 0;
    let state = "";
    for (let frames = 0; still < 12 || isLoading(); frames++) {
      if (frames > 900) throw new Error(`The thread does not come to rest: ${state}`);
      await new Promise(requestAnimationFrame);
      const now = `${thread.scrollHeight} ${thread.scrollTop}`;
      still = now === state ? still + 1 : 0;
      state = now;
    }
    return { wanted: room, moved: place() - before };
  }, wanted);
}

/** The messages in the page follow one another without a gap. */
async function assertUnbroken(page: AppPage): Promise<void> {
  const numbers = await page.thread.evaluate((thread) =>
    Array.from(
      thread.querySelectorAll("article"),
      (article) => Number(/message (\d+)/.exec(article.textContent ?? "")?.[1]),
    )
  );
  const first = numbers[0] ?? 0;
  assertEquals(numbers, numbers.map((_, i) => first + i));
}
