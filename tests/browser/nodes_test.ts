import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Locator } from "playwright-core";
import type { NodeInfo, NodeStatus } from "../../lib/shared/mod.ts";
import { fakeOllama, type FakeServer, words } from "../fakes/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import { Gate } from "./gate.ts";
import type { Site } from "./site.ts";

const STORY = Array.from(
  { length: 12 },
  (_, i) => `Sentence ${i + 1} of this answer tells of rivers and their banks.`,
)
  .join(" ");
const NAMES = ["alpha", "beta", "gamma"];

interface Server {
  name: string;
  fake: FakeServer;
  gate: Gate;
}

/** An app with three servers that tell the same story, each at the pace of its gate. */
async function startWithNodes(test: BrowserTest): Promise<{ site: Site; servers: Server[] }> {
  const site = await test.start();
  const servers: Server[] = [];
  for (const name of NAMES) {
    const gate = new Gate();
    const fake = test.use(await fakeOllama({ script: { deltas: words(STORY) }, delay: gate.delay }));
    await site.app.json<NodeInfo>("POST", "/api/nodes", { name, kind: "ollama", baseUrl: fake.url }, 201);
    servers.push({ name, fake, gate });
  }
  return { site, servers };
}

/** Waits until one of the servers was asked for an answer, and returns it. */
async function answering(servers: readonly Server[], except?: Server): Promise<Server> {
  for (let i = 0; i < 500; i++) {
    const asked = servers.find((server) =>
      server !== except && server.fake.requests.some(({ path }) => path === "/api/chat")
    );
    if (asked) return asked;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("No server was asked");
}

const grid = (page: AppPage) => page.page.getByRole("group", { name: "Your nodes" });
const card = (page: AppPage, name: string) => grid(page).getByRole("article", { name });
const handle = (page: AppPage, name: string) => page.button(`Move ${name}`);
const panel = (page: AppPage) => page.page.getByRole("dialog");

async function openNodes(test: BrowserTest, site: Site, width = 1440): Promise<AppPage> {
  const page = await test.open(site, { path: "/nodes", width });
  await page.page.getByText("Live", { exact: true }).waitFor();
  return page;
}

/** The names of one's own nodes as the page shows them: those of one tier stand together. */
async function shown(page: AppPage): Promise<string[]> {
  const headings = await grid(page).getByRole("heading").allInnerTexts();
  const tiers: string[][] = [];
  for (const text of headings) {
    if (NAMES.includes(text)) tiers.at(-1)?.push(text);
    else tiers.push([]);
  }
  return tiers.map((names) => names.join(" ")).filter(Boolean);
}

async function saved(site: Site): Promise<string[]> {
  const nodes = await site.app.json<NodeStatus[]>("GET", "/api/nodes");
  const tiers = Map.groupBy(nodes.filter(({ name }) => NAMES.includes(name)), ({ priority }) => priority);
  return [...tiers.values()].map((nodes) => nodes.map(({ name }) => name).join(" "));
}

/** Waits until the page and the server have these tiers. */
async function until(page: AppPage, site: Site, wanted: string[]): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (`${await shown(page)}` === `${wanted}` && `${await saved(site)}` === `${wanted}`) return;
    await page.page.waitForTimeout(50);
  }
  assertEquals({ page: await shown(page), server: await saved(site) }, { page: wanted, server: wanted });
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not to be seen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

browserTest("an answer goes on when its node dies, says so, and the nodes tell why", async (test) => {
  const { site, servers } = await startWithNodes(test);
  const page = await test.open(site, { still: true });
  await page.send("Tell me of rivers.");
  const first = await answering(servers);
  first.gate.let(30);
  await page.writing.getByText("Sentence 2").waitFor();
  const status = page.page.getByText(`Node: ${first.name}`);
  await status.waitFor();
  await first.fake.close();
  const second = await answering(servers, first);
  second.gate.let();
  const answer = page.answers.first();
  await answer.and(page.finished).waitFor();
  assertEquals((await page.textOf(answer)).trim(), STORY);
  const mark = answer.getByText(`Continued on ${second.name}`);
  await mark.waitFor();
  await page.page.getByText(`Node: ${second.name}`).waitFor();
  await answer.locator("summary").filter({ hasText: second.name }).click();
  assertMatch(await answer.locator(".node-badge__reason").innerText(), /\w/);
  await page.assertAccessible("an answer that went on");
  await page.screenshot("nodes continued answer");
  await page.reload();
  await mark.waitFor();

  await page.goto("/nodes");
  await card(page, second.name).getByRole("link").click();
  await panel(page).getByText("Went on with another node's answer").waitFor();
  await panel(page).getByText("Complete", { exact: true }).waitFor();
  await card(page, first.name).getByRole("link").click();
  await panel(page).getByRole("heading", { name: first.name }).waitFor();
  await panel(page).locator(".decision").getByText("Failed", { exact: true }).waitFor();
  await page.button("Test").click();
  await page.page.getByRole("alert").getByText(`${first.name} does not work`).waitFor();
  await card(page, first.name).getByText("Offline").waitFor();
  const log = panel(page).getByRole("list", { name: "Log" });
  await log.getByRole("listitem").filter({ hasText: "Call failed" }).first().waitFor();
  await log.getByRole("listitem").filter({ hasText: /Test\s*Failed/ }).first().waitFor();
  await page.screenshot("nodes details");
});

browserTest("nodes are put in tiers with the mouse, with keys and with a finger", async (test) => {
  const { site } = await startWithNodes(test);
  const page = await openNodes(test, site);
  const together = NAMES.join(" ");
  assertEquals(await shown(page), [together]);
  await grid(page).getByText("3 nodes share the calls").waitFor();
  const { mouse, keyboard } = page.page;
  const drag = async (name: string, target: Locator) => {
    const from = await middleOf(card(page, name));
    const to = await middleOf(target);
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x + 20, from.y + 5, { steps: 3 });
    await mouse.move(to.x, to.y, { steps: 8 });
    await page.page.locator(".node-card--ghost").waitFor();
  };
  await drag("alpha", page.page.getByRole("heading", { name: "Last of all" }));
  await page.page.locator(".node-tier--target").filter({ hasText: "Last of all" }).waitFor();
  await page.screenshot("nodes dragged");
  await mouse.up();
  await until(page, site, ["beta gamma", "alpha"]);
  assertEquals(await panel(page).count(), 0, "the end of a drag is no click");
  await page.reload();
  assertEquals(await shown(page), ["beta gamma", "alpha"]);
  await drag("beta", card(page, "alpha"));
  await page.page.locator(".node-grid__item--target").filter({ hasText: "alpha" }).waitFor();
  await mouse.up();
  await until(page, site, ["gamma", "alpha beta"]);

  await handle(page, "alpha").focus();
  await keyboard.press("Space");
  await page.page.getByText("alpha lifted: choice 2 of 2, shared by 2 nodes").waitFor();
  await keyboard.press("ArrowLeft");
  await page.page.getByText("alpha: choice 2 of 3, on its own").waitFor();
  await keyboard.press("ArrowUp");
  await page.page.getByText("alpha: choice 1 of 2, shared by 2 nodes").waitFor();
  assertEquals(await shown(page), ["alpha gamma", "beta"]);
  await keyboard.press("Escape");
  await page.page.getByText("alpha is back: choice 2 of 2").waitFor();
  assertEquals(await shown(page), ["gamma", "alpha beta"]);
  await keyboard.press("Space");
  await keyboard.press("Home");
  assertEquals(await shown(page), ["alpha", "gamma", "beta"]);
  await keyboard.press("Space");
  await until(page, site, ["alpha", "gamma", "beta"]);
  assert(await handle(page, "alpha").evaluate((element) => element === document.activeElement));

  const phone = await openNodes(test, site, 390);
  const session = await phone.context.newCDPSession(phone.page);
  const touch = (type: string, at?: { x: number; y: number }) =>
    session.send("Input.dispatchTouchEvent", {
      type: type as "touchStart",
      touchPoints: at ? [{ x: at.x, y: at.y }] : [],
    });
  await handle(phone, "gamma").scrollIntoViewIfNeeded();
  const start = await middleOf(handle(phone, "gamma"));
  const end = await middleOf(card(phone, "alpha"));
  await touch("touchStart", start);
  for (let i = 1; i <= 6; i++) {
    await touch("touchMove", { x: start.x, y: start.y + (end.y - start.y) * i / 6 });
    await phone.page.waitForTimeout(20);
  }
  await touch("touchEnd");
  await until(phone, site, ["alpha gamma", "beta"]);
  await until(page, site, ["alpha gamma", "beta"]);
});

browserTest(
  "of fifty nodes those in view are drawn, once a second, and all of them when scrolled to",
  async (test) => {
    const site = await test.start({
      nodes: Array.from({ length: 50 }, (_, i) => {
        return { name: `node-${i}`, kind: "ollama", baseUrl: `http://127.0.0.${i + 1}:9` };
      }),
    });
    const page = await openNodes(test, site);
    const items = grid(page).locator("article");
    assertEquals(await items.count(), 51);
    const inView = await items.evaluateAll((all) =>
      all.filter((item) => item.getBoundingClientRect().top < innerHeight).length
    );
    const drawn = await page.page.evaluate(async (seconds) => {
      const context = CanvasRenderingContext2D.prototype;
      const clear = context.clearRect;
      const drawn = new Map<HTMLCanvasElement, number>();
      context.clearRect = function (...rectangle) {
        drawn.set(this.canvas, (drawn.get(this.canvas) ?? 0) + 1);
        clear.apply(this, rectangle);
      };
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
      context.clearRect = clear;
      return [...drawn.values()];
    }, 3);
    assert(
      drawn.length > 0 && drawn.length <= inView + 2,
      `${drawn.length} of ${inView} pictures were drawn`,
    );
    // Beside the seconds, all nodes may be fetched again.
    assert(Math.max(...drawn) <= 8, `a picture was drawn ${Math.max(...drawn)} times in 3 seconds`);
    const last = items.last().locator("canvas");
    await last.scrollIntoViewIfNeeded();
    await page.page.waitForFunction(() => {
      const canvas = [...document.querySelectorAll<HTMLCanvasElement>(".node-card canvas")].at(-1);
      // Nobody has drawn on one of the size that canvases begin with.
      return canvas !== undefined && canvas.height !== 150;
    });
  },
);

for (const [width, kind] of [[1440, "desktop"], [820, "tablet"], [390, "phone"]] as const) {
  browserTest(`the nodes are accessible on a ${kind}, drained and named by alias`, async (test) => {
    const { site } = await startWithNodes(test);
    const page = await openNodes(test, site, width);
    await page.assertAccessible(`nodes on a ${kind}`);
    await page.screenshot(`nodes ${kind}`);
    await card(page, "beta").getByRole("link").click();
    await panel(page).getByRole("heading", { name: "beta" }).waitFor();
    await page.assertAccessible(`a node's details on a ${kind}`);
    await page.button("Drain").click();
    await panel(page).getByText("Draining", { exact: true }).waitFor();
    await page.button("Take calls again").waitFor();
    await page.screenshot(`nodes details ${kind}`);
    if (kind === "desktop") await page.page.getByRole("link", { name: "Close the details" }).click();
    else await page.page.keyboard.press("Escape");
    await panel(page).waitFor({ state: "detached" });
    await card(page, "beta").getByText("Draining").waitFor();
    const aliases = page.page.locator("details").filter({
      has: page.page.getByRole("heading", { name: "Aliases" }),
    });
    if (kind === "phone") await aliases.locator("summary").click();
    await page.page.getByRole("textbox", { name: "Name" }).fill("fast");
    await page.page.getByRole("combobox", { name: "Add a model" }).selectOption("llama3.2:latest");
    await page.button("Save the alias").click();
    await aliases.getByRole("listitem").filter({ hasText: "fast" }).first().waitFor();
    await page.assertAccessible(`an alias on a ${kind}`);
  });
}
