import { Buffer } from "node:buffer";
import { assertEquals } from "@std/assert";
import { strToU8, zipSync } from "fflate";
import { CHATGPT_CONVERSATION } from "../../lib/chats/import/testdata/chatgpt.ts";
import { OPEN_WEBUI_ROW } from "../../lib/chats/import/testdata/open_webui.ts";
import type { ChatList } from "../../lib/shared/mod.ts";
import { browserTest } from "./browser.ts";

const ZIP = zipSync({
  "conversations.json": strToU8(JSON.stringify([CHATGPT_CONVERSATION, OPEN_WEBUI_ROW, { title: "Odd" }])),
});

const SHARED = {
  ...OPEN_WEBUI_ROW,
  chat: {
    messages: [
      { role: "user", content: "Which rivers are **long**?" },
      {
        role: "assistant",
        model: "llama3.2",
        content:
          "# Rivers\n\n| River | km |\n| --- | --- |\n| Volga | 3530 |\n\n> Long, says [who](https://example.com)\n\n" +
          "- `Rhine`\n- Elbe\n\n```ts\n// " + "a long comment ".repeat(12) +
          '\nconst river = "Rhine";\n```\n',
      },
    ],
  },
};

for (const width of [390, 820, 1440]) {
  browserTest(`an export is imported and told about at ${width} px`, async (test) => {
    const site = await test.start();
    const page = await test.open(site, { path: "/settings/transfer", width, still: true });
    const listening = page.page.waitForRequest((request) => request.url().endsWith("/api/events"));
    await page.reload();
    await listening;
    const field = page.page.getByLabel("Export file");
    await field.setInputFiles({ name: "export.zip", mimeType: "application/zip", buffer: Buffer.from(ZIP) });
    await page.button("Import").click();
    await page.page.getByText("2 chats with 7 messages were imported.").waitFor();
    await page.page.getByText("Odd: not in a format that is known").waitFor();
    await page.assertAccessible("an outcome");
    await page.screenshot(`transfer ${width}`);
    if (width !== 1440) return;
    await field.setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from("hello") });
    page.problems.expect(/status of 400/);
    await page.button("Import").press("Enter");
    await page.page.getByRole("alert").getByText("it is neither JSON nor a ZIP").waitFor();
    await page.assertAccessible("a refusal");
    await page.page.getByRole("link", { name: "Export all chats" }).waitFor();
    await page.goto("/");
    assertEquals(await page.sidebar.getByRole("link", { name: "Rivers of Europe" }).count(), 1);
  });
}

browserTest("a shared chat opens from a file, light and dark, at every width", async (test) => {
  const site = await test.start();
  await site.app.json("POST", "/api/chat/imports", [SHARED], 200);
  const page = await test.open(site, { path: "/", still: true });
  const { chats: [chat] } = await site.app.json<ChatList>("GET", "/api/chat/sessions");
  const response = await site.app.fetch(`/api/chat/sessions/${chat?.id}/export?format=html`);
  const path = await Deno.makeTempFile({ suffix: ".html" });
  try {
    await Deno.writeTextFile(path, await response.text());
    await page.page.goto(`file://${path}`);
    await page.page.getByText("const river").waitFor();
    for (const [width, colorScheme] of [[390, "dark"], [820, "light"], [1440, "dark"]] as const) {
      await page.page.setViewportSize({ width, height: 900 });
      await page.page.emulateMedia({ colorScheme });
      await page.assertAccessible(`shared at ${width} px`);
      await page.screenshot(`shared ${width} ${colorScheme}`);
    }
    const wide = await page.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assertEquals(wide, false);
  } finally {
    await Deno.remove(path);
  }
});
