import { assert, assertEquals } from "@std/assert";
import { AT_MACHINE } from "../../lib/access/mod.ts";
import type { NodeInfo } from "../../lib/shared/mod.ts";
import { fakeOllama, type FakeOllamaModel } from "../fakes/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import { Gate } from "./gate.ts";
import type { Site } from "./site.ts";

const MODELS = (): FakeOllamaModel[] => [
  { name: "llama3.2:latest", capabilities: ["completion", "tools"] },
  { name: "qwen2.5vl:7b", capabilities: ["completion", "vision"], loaded: true },
  { name: "nomic-embed-text:latest", capabilities: ["embedding"] },
];

async function startWithModels(
  test: BrowserTest,
  models = MODELS(),
): Promise<{ site: Site; gate: Gate }> {
  const site = await test.start();
  const gate = new Gate();
  const library = { "qwen3:8b": { bytes: 5_200_000_000, steps: 20 } };
  const workstation = test.use(await fakeOllama({ models, library, delay: gate.delay }));
  const laptop = test.use(await fakeOllama({ models: MODELS().slice(0, 1) }));
  for (const [name, { url }] of Object.entries({ Workstation: workstation, Laptop: laptop })) {
    await site.app.json<NodeInfo>("POST", "/api/nodes", { name, kind: "ollama", baseUrl: url }, 201);
  }
  const { nodes, authenticator } = site.app.services;
  await nodes.catalog.refresh(await authenticator.authenticate(new Headers(), AT_MACHINE));
  return { site, gate };
}

const table = (page: AppPage) => page.page.getByRole("table", { name: "Models" });
const panel = (page: AppPage) => page.page.getByRole("dialog");
const names = (page: AppPage) => table(page).getByRole("rowheader").getByRole("link").allInnerTexts();

for (const [width, kind] of [[1440, "desktop"], [820, "tablet"], [390, "phone"]] as const) {
  browserTest(`models are found, loaded and deleted on a ${kind}`, async (test) => {
    const { site } = await startWithModels(test);
    const page = await test.open(site, { path: "/models", width, still: true });
    assertEquals(await names(page), ["llama3.2:latest", "nomic-embed-text:latest", "qwen2.5vl:7b", "sketch"]);
    await page.assertAccessible(`models on a ${kind}`);
    await page.screenshot(`models ${kind}`);
    await page.page.getByRole("searchbox", { name: "Search models" }).fill("qwen");
    await page.page.getByText("1 of 4 models").waitFor();
    await page.page.getByRole("searchbox", { name: "Search models" }).fill("");
    await page.page.getByRole("combobox", { name: "Can" }).selectOption("vision");
    await page.page.waitForURL(/can=vision/);
    await page.reload();
    assertEquals(await names(page), ["qwen2.5vl:7b"]);
    await page.page.getByRole("combobox", { name: "Can" }).selectOption("");
    await table(page).getByRole("link", { name: "llama3.2:latest" }).click();
    await panel(page).getByText("Modelfile", { exact: true }).click();
    await panel(page).getByText("Modelfile generated").waitFor();
    const here = panel(page).getByRole("region", { name: "Workstation" });
    await here.getByRole("button", { name: "Load", exact: true }).click();
    await here.getByRole("button", { name: "Unload" }).waitFor();
    await page.assertAccessible(`a model's details on a ${kind}`);
    await page.screenshot(`models details ${kind}`);
    await here.getByRole("link", { name: "Delete" }).click();
    await page.page.getByRole("heading", { name: "Delete llama3.2:latest?" }).waitFor();
    await page.assertAccessible(`a question on a ${kind}`);
    await page.button("Delete").click();
    await here.waitFor({ state: "detached" });
    await panel(page).getByRole("region", { name: "Laptop" }).waitFor();
    await page.page.keyboard.press("Escape");
    if (kind === "desktop") await page.page.getByRole("link", { name: "Close the details" }).click();
    await panel(page).waitFor({ state: "detached" });
  });
}

browserTest("a download shows how far it is, through a reload, a pause and its end", async (test) => {
  const { site, gate } = await startWithModels(test);
  const page = await test.open(site, { path: "/models", width: 820, still: true });
  await page.page.getByRole("textbox", { name: "Name of the model" }).fill("qwen3:8b");
  await page.button("Download").click();
  const item = page.page.getByRole("list", { name: "Downloads" }).getByRole("listitem");
  gate.let(12);
  const bar = item.getByRole("progressbar", { name: "qwen3:8b" });
  await bar.waitFor();
  await page.reload();
  await bar.waitFor();
  await page.assertAccessible("a download");
  await page.screenshot("models download");
  await page.button("Pause qwen3:8b").click();
  await item.getByText("Paused").waitFor();
  await page.button("Go on with qwen3:8b").click();
  gate.let();
  await item.getByText("Complete").waitFor();
  await table(page).getByRole("link", { name: "qwen3:8b" }).waitFor();
  await page.button("Take qwen3:8b off the list").click();
  await item.waitFor({ state: "detached" });
  await page.page.getByRole("textbox", { name: "Name of the model" }).fill("nobody");
  await page.page.keyboard.press("Enter");
  await item.getByText("There is no model nobody:latest to download").waitFor();
  await page.assertAccessible("a download that failed");
});

browserTest("of five hundred models the rows around what is seen are there", async (test) => {
  const models = Array.from(
    { length: 500 },
    (_, i) => ({ name: `model-${String(i).padStart(3, "0")}:latest` }),
  );
  const { site } = await startWithModels(test, models);
  const page = await test.open(site, { path: "/models", still: true });
  const rows = () => table(page).locator("[data-row]").count();
  assertEquals((await names(page))[0], "llama3.2:latest");
  assert(await rows() <= 100);
  for (let i = 0; i < 4; i++) {
    await page.page.locator("main").evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await page.page.waitForTimeout(50);
  }
  await table(page).getByRole("link", { name: "sketch" }).waitFor();
  assert(await rows() <= 100);
});

for (const [width, kind] of [[1440, "desktop"], [820, "tablet"], [390, "phone"]] as const) {
  browserTest(`the selection is searched, and a model of it downloaded, on a ${kind}`, async (test) => {
    const { site, gate } = await startWithModels(test);
    const page = await test.open(site, { path: "/models", width, still: true });
    await page.page.getByRole("link", { name: "Discover" }).click();
    const list = page.page.getByRole("list", { name: "Discover" });
    const card = list.getByRole("listitem", { name: "Qwen 3", exact: true });
    await card.waitFor();
    await page.assertAccessible(`the selection on a ${kind}`);
    await page.screenshot(`models discover ${kind}`);
    await page.page.getByRole("searchbox").fill("alibaba tools");
    await page.page.getByText("4 models", { exact: true }).waitFor();
    await page.page.getByRole("checkbox", { name: "Only what fits" }).check();
    await page.page.waitForURL(/fits=1/);
    await page.reload();
    await card.getByRole("button", { name: "Download qwen3:8b", exact: true }).click();
    await card.getByText("Being downloaded").waitFor();
    gate.let();
    await card.getByText("There already").waitFor();
  });
}
