import { assertEquals } from "@std/assert";
import { AT_MACHINE } from "../../lib/access/mod.ts";
import type { Benchmark, NodeInfo } from "../../lib/shared/mod.ts";
import { fakeOllama, type FakePrompt, words } from "../fakes/mod.ts";
import type { AppPage } from "./app_page.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import type { Site } from "./site.ts";

/** A model that adds right below ten, and says something else to all others. */
function adder({ messages, model }: FakePrompt) {
  const [a = 0, b = 0] = [...(messages.at(-1)?.text ?? "").matchAll(/\d+/g)].map(Number);
  const slip = b > 9 && model.startsWith("small") ? 1 : 0;
  return { deltas: words(`The sum of the two is ${a + b + slip}.`), firstTokenMs: 3, paceMs: 1 };
}

async function startWithModels(test: BrowserTest): Promise<Site> {
  const site = await test.start();
  const models = ["large:70b", "small:1b"].map((name) => ({
    name,
    capabilities: ["completion"],
    loaded: true,
  }));
  const server = test.use(await fakeOllama({ models, script: adder }));
  const spec = { name: "Workstation", kind: "ollama", baseUrl: server.url };
  await site.app.json<NodeInfo>("POST", "/api/nodes", spec, 201);
  const { nodes, authenticator } = site.app.services;
  await nodes.catalog.refresh(await authenticator.authenticate(new Headers(), AT_MACHINE));
  return site;
}

async function importSums({ page }: AppPage): Promise<void> {
  await page.getByRole("link", { name: "Prompt sets" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Small sums");
  const rows = Array.from({ length: 12 }, (_, i) => `What is 5 + ${i}?,number,${5 + i}`);
  await page.getByRole("textbox", { name: "Prompts as CSV or JSON" }).fill(
    ["prompt,grader,answer", ...rows].join("\n"),
  );
  await page.getByRole("button", { name: "Keep the set" }).click();
  await page.getByText("What is 5 + 11?").waitFor();
}

browserTest("models are measured, looked at and compared", async (test) => {
  const site = await startWithModels(test);
  const page = await test.open(site, { path: "/models", still: true });
  await page.page.getByRole("link", { name: "Benchmarks" }).click();
  await page.page.getByRole("heading", { name: "No benchmark yet" }).waitFor();
  await importSums(page);
  await page.assertAtAllWidths("benchmarks prompt sets");
  await page.page.getByRole("link", { name: "New benchmark" }).click();
  await page.page.getByRole("combobox", { name: "Prompt set" }).selectOption({
    label: "Small sums (12 prompts, 12 with a known answer)",
  });
  for (const model of ["large:70b", "small:1b"]) {
    await page.page.getByRole("checkbox", { name: model }).check();
  }
  await page.page.getByRole("spinbutton", { name: "Calls at the same time" }).fill("2");
  await page.page.getByText("24 calls, about").waitFor();
  await page.assertAtAllWidths("benchmarks form");
  await page.button("Begin").click();
  await page.page.getByText("Complete", { exact: true }).waitFor();
  const results = page.page.getByRole("region", { name: "Results by model" }).getByRole("row");
  // The figures come a moment after the end is told.
  await results.nth(2).waitFor();
  assertEquals(await results.count(), 3);
  await results.filter({ hasText: "small:1b" }).getByText("83.3%").first().waitFor();
  await page.page.reload();
  await page.page.getByRole("combobox", { name: "Show" }).selectOption({ label: "Wrong" });
  await page.button("Apply").click();
  await page.page.getByText("Expected: 15").waitFor();
  assertEquals(await page.page.getByRole("list", { name: "Calls" }).getByRole("listitem").count(), 2);
  await page.assertAtAllWidths("benchmarks details");
  await page.page.getByRole("link", { name: "Compare with another" }).click();
  await page.button("Compare").click();
  await page.page.getByText("Difference").first().waitFor();
  await page.assertAtAllWidths("benchmarks compare");
  await page.page.getByRole("link", { name: "Overview" }).click();
  await page.page.getByRole("region", { name: "Leaderboard" }).getByRole("link", { name: "large:70b" })
    .waitFor();
  await page.page.getByRole("link", { name: "First token" }).click();
  await page.page.waitForURL(/sort=firstToken/);
  await page.assertAtAllWidths("benchmarks overview");
});

browserTest("progress is live on an open page, and Stop stops", async (test) => {
  const site = await startWithModels(test);
  const page = await test.open(site, { path: "/models/benchmarks", still: true });
  const create = { setId: "long-context", targets: [{ model: "sketch" }] };
  const { id } = await site.app.json<Benchmark>("POST", "/api/benchmarks", create, 202);
  const link = page.page.getByRole("list", { name: "History" }).getByRole("link");
  await link.waitFor();
  await link.click();
  await page.page.waitForURL(`**/${id}`);
  await page.page.getByText(/^[1-9]\d* of 21 calls$/).waitFor();
  await page.button("Stop").click();
  await page.page.getByText("Stopped", { exact: true }).waitFor();
  await page.button("Continue").waitFor();
  await page.page.getByText("Delete", { exact: true }).click();
  await page.button("Delete for good").click();
  await page.page.getByRole("heading", { name: "No benchmark yet" }).waitFor();
});
