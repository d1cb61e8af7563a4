import { assert, assertEquals } from "@std/assert";
import { browserTest } from "./browser.ts";
import { lastChat, startWithOllama } from "./ollama.ts";

const MODELS = [
  { name: "llama3.2:latest", capabilities: ["completion", "tools"], loaded: true },
  { name: "deepseek-r1:8b", capabilities: ["completion", "thinking"] },
];

browserTest("every answer setting reaches the model server", async (test) => {
  const { site, ollama } = await startWithOllama(test, { models: MODELS });
  const page = await test.open(site);
  await page.page.getByText(/llama3.2:latest will answer/).waitFor();
  const { panel } = page;
  await panel.getByRole("textbox", { name: "System prompt" }).fill("Answer like a pirate");
  await panel.getByRole("slider", { name: "Temperature" }).fill("1.25");
  await panel.getByRole("slider", { name: "Top P" }).fill("0.5");
  await panel.getByRole("textbox", { name: "Longest answer" }).fill("300");
  await panel.getByRole("textbox", { name: "Seed" }).fill("42");
  await panel.getByRole("textbox", { name: "Stop at" }).fill("END\n###");
  await panel.getByRole("switch", { name: /Calculator/ }).check();
  await page.ask("hello");
  const { messages, options, tools } = lastChat(ollama);
  assertEquals(messages[0], { role: "system", content: "Answer like a pirate" });
  const { num_ctx, ...rest } = options ?? {};
  assertEquals(rest, { temperature: 1.25, top_p: 0.5, num_predict: 300, seed: 42, stop: ["END", "###"] });
  assert(typeof num_ctx === "number" && num_ctx >= 4096, `num_ctx ${num_ctx}`);
  assertEquals(tools?.map((tool) => tool.function.name), ["calculator"]);

  await page.reload();
  assertEquals(await panel.getByRole("slider", { name: "Temperature" }).inputValue(), "1.25");
  await panel.getByRole("button", { name: "Back to the default: Temperature" }).click();
  await page.ask("hello again");
  assertEquals(lastChat(ollama).options?.temperature, 0.7);
  assertEquals(lastChat(ollama).options?.seed, 42);
  await panel.getByRole("button", { name: "Reset", exact: true }).click();
  await page.holds(panel.getByRole("textbox", { name: "Seed" }), "");
  await page.ask("and again");
  const after = lastChat(ollama);
  assertEquals([after.options?.seed, after.tools, after.messages[0]?.role], [undefined, undefined, "user"]);
});

browserTest("a change is saved with the chat and seen in another tab", async (test) => {
  const page = await test.open(await test.start());
  await page.ask("/pace 0 hello");
  const other = await page.secondTab();
  await page.panel.getByRole("slider", { name: "Temperature" }).fill("0.2");
  await other.page.waitForFunction(() =>
    document.querySelector<HTMLInputElement>("#run-settings input[type=range]")?.value === "0.2"
  );
});

browserTest("another model is chosen by searching, and may think", async (test) => {
  const { site, ollama } = await startWithOllama(test, { models: MODELS });
  const page = await test.open(site);
  await page.page.getByText(/llama3.2:latest will answer/).waitFor();
  await page.page.getByRole("main").getByRole("button", { name: /Choose another/ }).click();
  const search = page.page.getByRole("combobox", { name: "Search models" });
  await search.fill("deep");
  await page.page.getByRole("option", { name: /deepseek/ }).waitFor();
  await page.page.getByRole("option", { name: /llama/ }).waitFor({ state: "detached" });
  await search.press("Enter");
  await page.page.getByText(/deepseek-r1:8b will answer/).waitFor();
  await page.panel.getByRole("radio", { name: "Off" }).check({ force: true });
  await page.ask("hello");
  assertEquals([lastChat(ollama).model, lastChat(ollama).think], ["deepseek-r1:8b", false]);
  await page.page.keyboard.press("Control+k");
  await page.page.getByRole("combobox", { name: "What do you want to do?" }).waitFor();
  await page.page.keyboard.type("llama3.2 model");
  await page.page.keyboard.press("Enter");
  await page.ask("hello");
  assertEquals(lastChat(ollama).model, "llama3.2:latest");
});

browserTest("a tool that a model calls is run, and its result goes back", async (test) => {
  const { callsTool } = await import("../fakes/mod.ts");
  const { site, ollama } = await startWithOllama(test, {
    models: MODELS,
    script: callsTool("calculator", { expression: "6*7" }),
  });
  const page = await test.open(site);
  await page.page.getByText(/llama3.2:latest will answer/).waitFor();
  await page.panel.getByRole("switch", { name: /Calculator/ }).check();
  const answer = await page.ask("What is six times seven?");
  assert((await page.textOf(answer)).includes("42"));
  assertEquals(lastChat(ollama).messages.at(-1)?.role, "tool");
});

browserTest("what is no number is marked and not taken", async (test) => {
  const { site, ollama } = await startWithOllama(test, { models: MODELS });
  const page = await test.open(site);
  await page.page.getByText(/llama3.2:latest will answer/).waitFor();
  const seed = page.panel.getByRole("textbox", { name: "Seed" });
  await seed.fill("seven");
  await page.panel.getByRole("alert").filter({ hasText: "A whole number from 0" }).waitFor();
  assertEquals(await seed.getAttribute("aria-invalid"), "true");
  await page.assertAccessible("an invalid number");
  await page.ask("hello");
  assertEquals(lastChat(ollama).options?.seed, undefined);
  await seed.fill("7");
  await page.panel.getByRole("alert").waitFor({ state: "detached" });
});

browserTest("where no model server answers it says so, and models appear when one does", async (test) => {
  const { fakeOllama } = await import("../fakes/mod.ts");
  const site = await test.start();
  const page = await test.open(site);
  await page.page.getByText("No model server is connected").waitFor();
  const ollama = test.use(await fakeOllama({ models: MODELS }));
  await site.app.json("POST", "/api/nodes", { name: "Workstation", kind: "ollama", baseUrl: ollama.url });
  await page.page.getByText("llama3.2:latest will answer, on Workstation").waitFor();
  assertEquals(await page.page.getByText("No model server is connected").count(), 0);
});
