import { assertEquals } from "@std/assert";
import { AT_MACHINE } from "../../lib/access/mod.ts";
import type { NodeInfo } from "../../lib/shared/mod.ts";
import { fakeOllama } from "../fakes/mod.ts";
import { browserTest } from "./browser.ts";

const MODEL = "llama3.2:latest";

browserTest(
  "a model is configured, its versions compared and rolled back, and what it was pinned",
  async (test) => {
    const site = await test.start();
    const parameters = { stop: ["<|eot_id|>"], temperature: 0.6 };
    const system = "You are kind.\nYou are brief.";
    const models = [{ name: MODEL, capabilities: ["completion", "tools"], parameters, system }];
    const ollama = test.use(await fakeOllama({ models }));
    const spec = { name: "Workstation", kind: "ollama", baseUrl: ollama.url };
    await site.app.json<NodeInfo>("POST", "/api/nodes", spec, 201);
    const { nodes, authenticator } = site.app.services;
    await nodes.catalog.refresh(await authenticator.authenticate(new Headers(), AT_MACHINE));
    const page = await test.open(site, { path: `/models?model=${MODEL}`, still: true });
    await page.screenshot("models details with views desktop");
    const views = page.page.getByRole("navigation", { name: "About this model" });
    for (const height of [900, 500]) {
      await page.page.setViewportSize({ width: 820, height });
      const cut = await views.evaluate((nav) => nav.scrollHeight - nav.clientHeight);
      assertEquals(cut, 0, `the views are cut at a height of ${height}`);
    }
    await page.page.setViewportSize({ width: 1440, height: 900 });
    await page.page.getByRole("dialog").getByRole("link", { name: "Configuration" }).click();
    const { page: at } = page;
    await at.getByRole("heading", { name: `Configure ${MODEL}` }).waitFor();
    const temperature = at.getByRole("textbox", { name: "Temperature" });
    assertEquals(await temperature.getAttribute("placeholder"), "As the base has it: 0.6");
    await temperature.fill("hot");
    await page.button("Save and create").click();
    await at.getByText("Write a number from 0 to 5").waitFor();
    assertEquals(await temperature.evaluate((field) => field === document.activeElement), true);
    await page.assertAccessible("a configuration with a problem");
    await temperature.fill("0.2");
    await at.getByRole("textbox", { name: "System prompt" }).fill("You are kind.\nYou are thorough.");
    await at.getByRole("textbox", { name: "Note for this version" }).fill("Longer answers");
    for (const width of [1440, 390]) {
      await at.setViewportSize({ width, height: 1000 });
      await page.screenshot(`model configuration ${width}`);
    }
    await page.button("Save and create").click();
    await at.getByText("Version 2 is saved and being created").waitFor();
    await at.getByRole("link", { name: "Versions" }).click();
    const version = (number: number) => at.getByRole("listitem", { name: `Version ${number}`, exact: true });
    await version(2).getByText("on Workstation").waitFor();
    await version(2).getByText("Changed: System prompt, Temperature", { exact: true }).waitFor();
    await version(2).getByRole("button", { name: "Compare" }).click();
    await at.getByRole("heading", { name: "Version 1 and version 2" }).waitFor();
    await page.assertAccessible("versions");
    for (const width of [390, 1440]) {
      await at.setViewportSize({ width, height: 1000 });
      await page.screenshot(`model versions ${width}`);
    }
    await version(1).getByRole("button", { name: "Roll back to this" }).click();
    await version(3).getByText("on Workstation").waitFor();
    await at.getByRole("link", { name: "Changes and pins" }).click();
    await page.button("Pin what it is now").click();
    await at.getByText("This one is pinned").waitFor();
    await page.assertAccessible("digests and pins");
    for (const width of [390, 1440]) {
      await at.setViewportSize({ width, height: 1000 });
      await page.screenshot(`model digests ${width}`);
    }
    await page.button("Unpin").click();
    await at.getByRole("dialog").getByRole("button", { name: "Unpin" }).click();
    await at.getByText("Nothing is pinned.").waitFor();
  },
);
