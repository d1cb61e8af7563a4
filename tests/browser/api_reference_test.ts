import { assertEquals } from "@std/assert";
import { browserTest } from "./browser.ts";

for (const width of [390, 820, 1440]) {
  browserTest(`the API is browsed at ${width} px`, async (test) => {
    const page = await test.open(await test.start(), { path: "/docs/api", width, still: true });
    if (width === 820) await page.assertAccessible("the page");
    const operation = page.page.locator("details", { has: page.page.locator("#sendMessage") });
    await operation.locator("summary").first().press("Enter");
    await page.page.getByText("curl -X POST").locator("visible=true").first().waitFor();
    await page.screenshot(`api ${width}`);
    await page.page.getByRole("searchbox", { name: "Search the API" }).fill("send message");
    await page.page.keyboard.press("Enter");
    await page.page.getByText("for “send message”").waitFor();
    await page.assertAccessible("what was found");
    await page.page.goto(page.page.url().split("?")[0] + "?q=import#importChats");
    await page.page.locator("#importChats").waitFor({ state: "visible" });
    const isWide = await page.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assertEquals(isWide, false);
  });
}

browserTest("an operation is tried with the page's login, by keys alone", async (test) => {
  const site = await test.start();
  const page = await test.open(site, { path: "/docs/api", still: true });
  const { page: tab } = page;
  const open = async (query: string, id: string) => {
    await tab.goto(`${site.url}/docs/api?q=${query}`);
    const operation = tab.locator("details.operation", { has: tab.locator(`#${id}`) });
    if (await operation.getAttribute("open") === null) {
      await operation.locator("summary").first().press("Enter");
    }
    await operation.getByRole("button", { name: "Send" }).waitFor();
    return operation;
  };
  const create = await open("createChat", "createChat");
  await create.getByLabel("Body (JSON)").fill('{"title": "Rivers",}');
  await create.getByRole("button", { name: "Send" }).press("Enter");
  await create.getByRole("alert").getByText("The body is no JSON").waitFor();
  await create.getByLabel("Body (JSON)").fill('{"title": "Rivers"}');
  await create.getByRole("button", { name: "Send" }).press("Enter");
  await create.getByText("201").last().waitFor();
  const { id } = JSON.parse(await create.locator(".trial__answer").textContent() ?? "") as { id: string };
  const get = await open("getChat", "getChat");
  await get.getByRole("button", { name: "Send" }).press("Enter");
  await get.getByRole("alert").getByText("“id” is needed").waitFor();
  await get.getByRole("textbox", { name: "id" }).fill(id);
  await get.getByRole("textbox", { name: "id" }).press("Enter");
  await get.locator(".trial__answer").getByText('"title": "Rivers"').waitFor();
  await page.assertAccessible("an answer");
  await page.screenshot("api trial");
  const stream = await open("profileEvents", "profileEvents");
  await stream.getByRole("button", { name: "Send" }).press("Enter");
  await stream.getByText("text/event-stream").last().waitFor();
  await stream.getByRole("button", { name: "Stop" }).press("Enter");
  await stream.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
  await stream.getByRole("button", { name: "Send" }).press("Enter");
  await stream.getByRole("button", { name: "Stop" }).waitFor();
  await stream.locator("summary").first().press("Enter");
  await stream.locator("summary").first().press("Enter");
  await stream.getByRole("button", { name: "Send" }).waitFor();
  assertEquals(await stream.getByRole("button", { name: "Stop" }).count(), 0);
});

browserTest(
  "what deletes is asked about first, and the labels of two operations are each their own",
  async (test) => {
    const site = await test.start();
    const chat = await site.app.json<{ id: string }>("POST", "/api/chat/sessions", { title: "Rivers" }, 201);
    const page = await test.open(site, { path: "/docs/api", still: true });
    const { page: tab } = page;
    const operation = async (id: string) => {
      const found = tab.locator("details.operation", { has: tab.locator(`#${id}`) });
      await found.locator("summary").first().press("Enter");
      await found.getByRole("button", { name: "Send" }).waitFor();
      return found;
    };
    const get = await operation("getChat");
    const remove = await operation("deleteChat");
    const fields = tab.locator(".trial [id]");
    const ids = await fields.evaluateAll((elements) => elements.map(({ id }) => id));
    assertEquals(ids.length, new Set(ids).size, "an id twice");
    await remove.getByText("id", { exact: true }).last().click();
    await tab.keyboard.type(chat.id);
    assertEquals(await get.getByRole("textbox").inputValue(), "");
    await tab.keyboard.press("Enter");
    const dialog = tab.getByRole("dialog", { name: "Really delete?" });
    await dialog.getByText(`DELETE /api/chat/sessions/${chat.id}`).waitFor();
    await tab.setViewportSize({ width: 390, height: 800 });
    assertEquals(await dialog.evaluate((box) => box.scrollWidth > box.clientWidth), false);
    await page.assertAccessible("the question");
    await tab.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await site.app.json("GET", `/api/chat/sessions/${chat.id}`);
    await remove.getByRole("button", { name: "Send" }).press("Enter");
    await dialog.getByRole("button", { name: "Send" }).press("Enter");
    await remove.getByText("204").last().waitFor();
    assertEquals((await site.app.fetch(`/api/chat/sessions/${chat.id}`)).status, 404);
  },
);
