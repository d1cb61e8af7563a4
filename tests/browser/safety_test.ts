import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { AppPage } from "./app_page.ts";
import { browserTest } from "./browser.ts";
import { startWithOllama } from "./ollama.ts";

/** Sets `hacked` where any of it is run; a request to another host would be told by the browser's console. */
const ATTACKS = [
  '<script>globalThis.hacked = "script"</script>',
  '<img src="x" onerror="globalThis.hacked = 1">',
  '<svg onload="globalThis.hacked = 2"><script>globalThis.hacked = 3</script></svg>',
  "[a link](javascript:globalThis.hacked=4)",
  "[another](data:text/html,<script>opener.hacked=5</script>)",
  '<a href="javascript:globalThis.hacked=6" style="position:fixed;inset:0">click</a>',
  '<iframe srcdoc="<script>parent.hacked = 7</script>"></iframe>',
  '<details open ontoggle="globalThis.hacked = 8">x</details>',
  "<style>body { display: none }</style>",
  '<form action="https://evil.example/"><button>send</button></form>',
  "```html\n<script>globalThis.hacked = 9</script>\n```",
  '```"><img src=x onerror="globalThis.hacked = 10">\ncode\n```',
  "`<img src=x onerror=globalThis.hacked=11>`",
  "<math><mtext><img src=x onerror=globalThis.hacked=12></mtext></math>",
  '![pixel](https://evil.example/pixel.png "title")',
  "The end of the attacks.",
].join("\n\n");

browserTest("what a model writes is shown and never run", async (test) => {
  const { site } = await startWithOllama(test, {
    models: [{ name: '<img src=x onerror="globalThis.hacked=13">:1b', loaded: true }],
    script: { deltas: [{ type: "reasoning", text: ATTACKS }, ...ATTACKS.match(/[^]{1,7}/g) ?? []] },
  });
  const page = await test.open(site);
  await page.page.getByText(/will answer, on Workstation/).waitFor();
  const foreign: string[] = [];
  page.page.on("request", (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith("data:")) {
      foreign.push(request.url());
    }
  });
  page.page.on("dialog", (dialog) => dialog.dismiss());
  await page.ask(ATTACKS);
  await assertUnharmed(page);
  await page.page.getByRole("main").getByRole("button", { name: /What to do with/ }).click();
  await page.page.keyboard.press("Escape");
  await page.reload();
  await assertUnharmed(page);
  await page.button("New chat").or(page.page.getByRole("link", { name: "New chat" })).first().click();
  await page.sidebar.getByRole("searchbox").fill("attacks");
  await page.sidebar.getByText("found").waitFor();
  assertEquals(foreign, []);
  assertEquals(await hacked(page), undefined);
});

browserTest("a chat's title and a file's name are text", async (test) => {
  const site = await test.start();
  const page = await test.open(site);
  const name = "<img src><script>.txt";
  await page.page.getByLabel("Add files").last().setInputFiles({
    name,
    mimeType: "text/plain",
    buffer: (await import("node:buffer")).Buffer.from("<script>globalThis.hacked = 2</script>"),
  });
  await page.page.getByText(name).waitFor();
  await page.ask("<script>globalThis.hacked = 3</script>");
  assertStringIncludes(await page.questions.innerText(), name);
  const title = "<img src=x onerror=globalThis.hacked=4>";
  await site.app.json("PATCH", `/api/chat/sessions/${page.path.split("/").at(-1)}`, { title });
  await page.sidebar.getByRole("link", { name: title }).waitFor();
  await page.page.getByRole("heading", { name: title }).waitFor();
  assertEquals(await hacked(page), undefined);
});

browserTest("links of an answer open apart and tell nothing of where they come from", async (test) => {
  const page = await test.open(await test.start());
  const answer = await page.ask('/pace 0 /say "See [the page](https://example.org/a)"');
  const link = answer.getByRole("link", { name: "the page" });
  assertEquals(await link.getAttribute("target"), "_blank");
  const rel = await link.getAttribute("rel") ?? "";
  assert(rel.includes("noopener"), rel);
});

browserTest("without JavaScript a message is posted and its answer read", async (test) => {
  const site = await test.start();
  const page = await test.open(site, { scripts: false });
  await page.screenshot("without scripts empty");
  await page.composer.fill('/pace 0 /say "plain **old** page"');
  await page.button("Send").click();
  await page.page.waitForURL("**/chat/*");
  while (await page.page.getByText("plain old page").count() === 0) await page.reload();
  assertEquals(await page.answers.locator("strong").innerText(), "old");
  await page.composer.fill("/pace 0 write code in ts");
  await page.button("Send").click();
  while (await page.page.getByText("console.log").count() === 0) await page.reload();
  assertEquals(await page.answers.count(), 2);
  for (const name of ["Copy", "Edit", "Answer again"]) {
    assertEquals(await page.button(name).filter({ visible: true }).count(), 0, name);
  }
  await page.screenshot("without scripts answered");
  assertEquals(await page.sidebar.getByRole("link", { name: /plain/ }).count(), 1);
});

browserTest("a page that is not there says so, and leads back", async (test) => {
  const site = await test.start();
  const page = await test.open(site);
  page.problems.expect(/404/);
  for (const path of ["/nothing-here", "/chat/01m7xs9dwq1gcachewzg7m20j8"]) {
    const response = await page.page.goto(site.url + path);
    assertEquals(response?.status(), 404);
    await page.page.getByRole("heading", { name: "This page is not here" }).waitFor();
    await page.assertAccessible("not found");
  }
  await page.page.getByRole("link", { name: "Go to your chats" }).click();
  await page.page.getByRole("heading", { name: "What shall we work on?" }).waitFor();
});

browserTest("the page speaks German to those who want it", async (test) => {
  const site = await test.start();
  await site.app.json("PATCH", "/api/settings", { language: "de" });
  const page = await test.open(site);
  await page.page.getByRole("link", { name: "Neuer Chat" }).waitFor();
  assertEquals(await page.page.evaluate(() => document.documentElement.lang), "de");
  await page.page.getByRole("textbox", { name: "Deine Nachricht" }).fill('/pace 0 /say "Hallo"');
  await page.page.keyboard.press("Enter");
  await page.page.getByRole("article", { name: "Antwort des Modells" }).getByText("Hallo").waitFor();
  await page.assertAccessible("German");
});

async function assertUnharmed(page: AppPage): Promise<void> {
  await page.answers.getByText("The end of the attacks.").last().waitFor();
  for (const link of await page.answers.getByRole("link").all()) {
    const href = await link.getAttribute("href") ?? "";
    assert(/^(https?:|mailto:|\/|#)/.test(href), href);
  }
  await page.answers.getByText("Thoughts").click();
  const inserted = page.thread.locator("script, iframe, style, form[action^=http], [onerror], [onload]");
  assertEquals(await inserted.count(), 0);
  assert(await page.composer.isVisible());
  assertEquals(await hacked(page), undefined);
}

async function hacked(page: AppPage): Promise<unknown> {
  return await page.page.evaluate(() => (globalThis as unknown as { hacked?: unknown }).hacked);
}
