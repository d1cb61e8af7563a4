import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Buffer } from "node:buffer";
import type { AppPage } from "./app_page.ts";
import { browserTest } from "./browser.ts";
import { lastChat, startWithOllama } from "./ollama.ts";

const MODELS = [
  { name: "llava:7b", capabilities: ["completion", "vision"], loaded: true },
  { name: "llama3.2:latest", capabilities: ["completion"] },
];
/** One red pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";

browserTest("files are chosen: text and PDF reach the model as text, an image as an image", async (test) => {
  const { site, ollama } = await startWithOllama(test, { models: MODELS });
  const page = await test.open(site);
  await page.page.getByText(/llava:7b will answer/).waitFor();
  const pdf = await pdfOf(page, "The ferry leaves at nine.");
  const chosen = page.page.waitForEvent("filechooser");
  await page.button("Add files").click();
  await (await chosen).setFiles([
    { name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from("The password is swordfish.") },
    { name: "plan.pdf", mimeType: "application/pdf", buffer: pdf },
    { name: "red.png", mimeType: "image/png", buffer: Buffer.from(PNG, "base64") },
  ]);
  const chips = page.page.getByRole("list", { name: "Files for this message" });
  await chips.getByText(/≈ \d+ tokens/).nth(1).waitFor();
  await chips.locator("img").waitFor();
  await page.assertAccessible("files chosen");
  await page.screenshot("files chosen");
  await page.ask("What is in there?");
  assertEquals(await chips.count(), 0);
  const { content, images } = lastChat(ollama).messages.at(-1) ?? { content: "" };
  assertStringIncludes(content, "The password is swordfish.");
  assertStringIncludes(content, "The ferry leaves at nine.");
  assertStringIncludes(content, "What is in there?");
  assertEquals(images, [PNG]);
  assertEquals((await page.questions.getByRole("listitem").allInnerTexts()).length, 3);
  await page.assertAccessible("files sent");
  await page.reload();
  assertEquals(await page.questions.getByRole("img", { name: "red.png" }).count(), 1);
});

browserTest("files are dropped anywhere on the page", async (test) => {
  const { site, ollama } = await startWithOllama(test, { models: MODELS });
  const page = await test.open(site);
  await drag(page, "dragenter");
  await page.page.getByText("Drop files to add them").waitFor();
  await page.assertAccessible("dragging files");
  await drag(page, "drop");
  await page.page.getByText("Drop files to add them").waitFor({ state: "detached" });
  await page.page.getByText("dropped.txt").waitFor();
  await page.ask("Read it");
  assertStringIncludes(lastChat(ollama).messages.at(-1)?.content ?? "", "what was dropped");
});

browserTest(
  "an image is pasted; a model without eyes is told only its name, after a warning",
  async (test) => {
    const { site, ollama } = await startWithOllama(test, { models: MODELS.slice(1) });
    const page = await test.open(site);
    await page.page.getByText(/llama3.2:latest will answer/).waitFor();
    await page.composer.evaluate((field, png) => {
      const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], "pasted.png", { type: "image/png" }));
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, PNG);
    await page.page.getByText("This model does not see images").waitFor();
    await page.assertAccessible("a warning");
    await page.ask("What is it?");
    const message = lastChat(ollama).messages.at(-1);
    assertEquals(message?.images, undefined);
    assertStringIncludes(message?.content ?? "", "pasted.png");
  },
);

browserTest("what is no text, PDF or image is refused in words, and can be taken back", async (test) => {
  const page = await test.open(await test.start());
  page.problems.expect(/41\d/);
  const chosen = page.page.waitForEvent("filechooser");
  await page.button("Add files").click();
  const bytes = Buffer.from(Array.from({ length: 400 }, (_, i) => i * 37 % 256));
  await (await chosen).setFiles([{ name: "thing.bin", mimeType: "application/octet-stream", buffer: bytes }]);
  const alert = page.page.getByRole("listitem").filter({ hasText: "thing.bin" }).getByRole("alert");
  await alert.waitFor();
  assertMatch(await alert.innerText(), /text|PDF|image/i);
  await page.assertAccessible("a refused file");
  await page.button("Remove thing.bin").click();
  await page.page.getByText("thing.bin").waitFor({ state: "detached" });
  const answer = await page.ask('/pace 0 /say "fine"');
  assert((await page.textOf(answer)).includes("fine"));
});

/** A PDF as a browser prints it. */
async function pdfOf(page: AppPage, text: string): Promise<Buffer> {
  const printed = await page.context.newPage();
  await printed.setContent(`<p>${text}</p>`);
  const pdf = await printed.pdf();
  await printed.close();
  return pdf;
}

async function drag(page: AppPage, type: "dragenter" | "drop"): Promise<void> {
  await page.thread.evaluate((thread, type) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["what was dropped"], "dropped.txt", { type: "text/plain" }));
    thread.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, type);
}
