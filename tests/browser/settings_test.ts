import { assert, assertEquals } from "@std/assert";
import type { UiSettings } from "../../lib/shared/mod.ts";
import { fakeOllama } from "../fakes/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import type { Site } from "./site.ts";

const PAGES = [
  "appearance",
  "panels",
  "chat",
  "nodes",
  "nodes/add",
  "nodes/add?server=openai",
  "keys",
  "transfer",
  "backup",
  "privacy",
  "about",
];
/** Between them these show every kind of part. */
const COLOURFUL = ["appearance", "chat", "nodes", "keys"];
const THEMES = ["teal-lime", "llama", "light", "high-contrast"];

/** Opens a page of the settings and waits until it does what it shows: then it listens for what happens elsewhere. */
async function openSettings(test: BrowserTest, site: Site, path: string, width = 1440): Promise<AppPage> {
  const page = await test.open(site, { path: "/settings/about", width, still: true });
  await go(page, path);
  return page;
}

async function go(page: AppPage, path: string): Promise<void> {
  const listens = page.page.waitForResponse((response) => response.url().endsWith("/api/events"));
  await page.goto(`/settings/${path}`);
  await listens;
}

/** Resolves once the server has kept what a condition asks for. */
async function kept(site: Site, is: (settings: UiSettings) => boolean): Promise<void> {
  for (;;) {
    if (is(await site.app.json<UiSettings>("GET", "/api/settings"))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const theme = (page: AppPage) => page.page.evaluate(() => document.documentElement.dataset["theme"]);

browserTest("a setting shows at once, is kept, and reaches other tabs", async (test) => {
  const site = await test.start();
  const page = await openSettings(test, site, "appearance");
  const other = await page.secondTab("/");
  await page.page.getByText("Teal & Lime").click();
  assertEquals(await theme(page), "teal-lime");
  await kept(site, ({ theme }) => theme === "teal-lime");
  await other.page.locator('html[data-theme="teal-lime"]').waitFor();
  await page.page.keyboard.press("ArrowRight");
  await kept(site, ({ theme }) => theme === "llama");
  await page.page.getByRole("spinbutton", { name: "Text size" }).fill("19");
  await kept(site, ({ fontSize }) => fontSize === 19);
  await page.page.getByRole("spinbutton", { name: "Text size" }).fill("99");
  await page.page.getByText("A number from 13 to 22, please").waitFor();
  await page.assertAccessible("a wrong number");
  await page.page.getByText("Deutsch").click();
  await page.page.getByRole("heading", { name: "Aussehen" }).waitFor();
  assertEquals(await page.page.locator("html").getAttribute("lang"), "de");
});

browserTest("what the server refuses is taken back and told", async (test) => {
  const page = await openSettings(test, await test.start(), "appearance");
  page.problems.expect(/status of 507/);
  const refusal = { error: { code: "storage", message: "The disk is full", hint: "Make room" } };
  await page.page.route("**/api/settings", (route) => route.fulfill({ status: 507, json: refusal }));
  await page.page.getByText("High Contrast").click();
  await page.page.getByRole("alert").getByText("The disk is full").waitFor();
  assertEquals(await theme(page), "deep-dark");
  assert(await page.page.getByRole("radio", { name: "Deep Dark" }).isChecked());
});

browserTest("a model server is tried, added, tested and removed", async (test) => {
  const ollama = test.use(await fakeOllama());
  const page = await openSettings(test, await test.start(), "nodes/add?server=ollama");
  const address = page.page.getByRole("textbox", { name: "Address" });
  await address.fill("http://127.0.0.1:1");
  await page.button("Try it").click();
  await page.page.getByText("It does not work:").waitFor();
  await address.fill(ollama.url);
  await page.button("Try it").click();
  await page.page.getByText("It works: 1 model").waitFor();
  await page.page.getByLabel("Key, if it asks for one").fill("sk-secret");
  await page.button("Add").click();
  await page.page.getByText("Ollama was added").waitFor();
  assert(!(await page.page.content()).includes("sk-secret"));
  await page.page.getByText("Ready").first().waitFor();
  await page.button("Test Ollama").click();
  await page.page.getByText("Ollama answers: 1 model").waitFor();
  await page.button("Remove Ollama").click();
  await page.assertAccessible("the question about removing");
  await page.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.page.getByRole("heading", { name: "No node yet" }).waitFor();
  assertEquals(await page.page.evaluate(() => document.activeElement?.id), "section-title");
});

browserTest("a new key can be copied, is shown once, and can be revoked", async (test) => {
  const page = await openSettings(test, await test.start(), "keys");
  await page.page.getByRole("textbox", { name: "Name" }).fill("Editor");
  await page.button("Make the key").click();
  const secret = await page.page.locator(".made-key code").innerText();
  await page.button("Copy Editor").click();
  await page.page.locator(".made-key [role=status]", { hasText: "Copied" }).waitFor();
  assertEquals(await page.clipboard(), secret);
  await page.assertAccessible("a new key");
  await go(page, "keys");
  assert(!(await page.page.content()).includes(secret));
  await page.button("Revoke Editor").click();
  await page.page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.page.getByText("There are no keys yet.").waitFor();
});

browserTest("a key is changed in its row, which keeps the focus", async (test) => {
  const page = await openSettings(test, await test.start(), "keys");
  await page.page.getByRole("textbox", { name: "Name" }).fill("Editor");
  await page.page.getByRole("spinbutton", { name: "Requests a minute" }).fill("60");
  await page.button("Make the key").click();
  await page.page.getByText("60 requests a minute").waitFor();
  await page.button("Change Editor").click();
  await page.assertAccessible("the form of a key");
  const form = page.page.getByRole("form", { name: "Change Editor" });
  await form.getByRole("spinbutton", { name: "Requests a minute" }).fill("");
  await form.getByRole("spinbutton", { name: "Tokens a minute" }).fill("9000");
  await form.getByRole("checkbox", { name: "Continue broken answers on another node" }).check();
  await page.page.keyboard.press("Enter");
  await page.page.getByText("9,000 tokens a minute").waitFor();
  await page.page.getByText("broken answers are continued").waitFor();
  assertEquals(await page.page.getByText("60 requests a minute").count(), 0);
  assertEquals(
    await page.page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
    "Change Editor",
  );
  await page.page.keyboard.press("Enter");
  await form.getByRole("spinbutton", { name: "Tokens a minute" }).press("Escape");
  await form.waitFor({ state: "detached" });
});

browserTest("a key gets a budget, an end and a new secret in its row", async (test) => {
  const site = await test.start();
  await site.app.json("POST", "/api/keys", { name: "Editor", scopes: ["chat"] });
  const page = await openSettings(test, site, "keys", 390);
  await page.button("Change Editor").click();
  const form = page.page.getByRole("form", { name: "Change Editor" });
  await form.getByRole("spinbutton", { name: "Today: US dollars" }).fill("1.5");
  await form.getByLabel("Last day").fill("2090-11-30");
  await page.assertAccessible("the form of a budget");
  await page.page.keyboard.press("Enter");
  await page.page.getByRole("progressbar", { name: "Today: $0.00 of $1.50" }).waitFor();
  await page.page.getByText("works until Nov 30, 2090").waitFor();
  await page.button("New secret for Editor").click();
  await page.page.getByRole("dialog").getByRole("button", { name: "New secret" }).click();
  await page.page.getByRole("heading", { name: "Your new key: Editor" }).waitFor();
  await page.assertAccessible("a new secret");
});

browserTest("the list of contacts is cleared by the keyboard", async (test) => {
  const site = await test.start();
  site.app.services.contacts.note("probe", "https://api.openai.com");
  const page = await openSettings(test, site, "privacy", 390);
  await page.page.getByText("api.openai.com:443").waitFor();
  await page.page.getByRole("link", { name: "Clear the list" }).focus();
  await page.page.keyboard.press("Enter");
  await page.assertAccessible("the question about clearing");
  await page.page.getByRole("dialog").getByRole("button", { name: "Clear the list" }).focus();
  await page.page.keyboard.press("Enter");
  await page.page.getByText("The list was cleared").waitFor();
  await page.page.getByText("Nothing was contacted in this time.").waitFor();
});

// A phone has more to it than its width; a tablet and a desktop differ by theirs.
for (const widths of [[390], [820, 1440]] as const) {
  browserTest(`every page of the settings is accessible at ${widths.join(" and ")} px`, async (test) => {
    const page = await test.open(await test.start(), { path: "/settings", width: widths[0], still: true });
    await page.assertAccessible("the list of sections");
    for (const path of PAGES) {
      await page.goto(`/settings/${path}`);
      for (const width of widths) {
        if (widths.length > 1) await page.page.setViewportSize({ width, height: 1000 });
        await page.assertAccessible(`${path} at ${width} px`);
      }
    }
  });
}

browserTest("the settings can be read in every theme", async (test) => {
  const site = await test.start();
  const page = await test.open(site, { path: "/settings", still: true });
  for (const path of COLOURFUL) {
    await go(page, path);
    for (const theme of THEMES) {
      await site.app.json("PATCH", "/api/settings", { theme });
      await page.page.locator(`html[data-theme="${theme}"]`).waitFor();
      await page.assertAccessible(`${path} in ${theme}`, ["color-contrast"]);
    }
  }
});
