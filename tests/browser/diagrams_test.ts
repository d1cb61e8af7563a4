import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { browserTest } from "./browser.ts";
import { importChat } from "./sample_chats.ts";

const GOOD = "```mermaid\nflowchart LR\n  A[Start] -->|yes| B{Choice}\n  B --> C((End))\n```\n";
const HOSTILE =
  '```mermaid\n%%{init: {"securityLevel": "loose", "themeCSS": "* { fill: red }", "htmlLabels": true}}%%\n' +
  'flowchart TD\n  A["<img src=x onerror=alert(1)><script>alert(2)</script>text"] --> B\n' +
  '  click A href "javascript:alert(3)"\n  style B fill:#f9f\n```\n';
const MORE =
  '```mermaid\nsequenceDiagram\n  Ada->>Bob: Hello\n  Bob-->>Ada: Hi\n```\n\n```mermaid\npie title Pets\n  "Dogs" : 3\n  "Cats" : 2\n```\n';
const BAD = "```mermaid\nflowchart LR\n  A --> --> B\n```\n";

browserTest(
  "diagrams are drawn within the page's policy, and nothing of it is loaded where there are none",
  async (test) => {
    const site = await test.start();
    const chat = await importChat(site, "Diagrams", [{ text: "Draw" }, {
      text: `${GOOD}\n${MORE}\n${BAD}`,
    }]);
    const page = await test.open(site, { path: "/", still: true });
    const asked: string[] = [];
    page.page.on("request", (request) => asked.push(request.url()));
    await page.ask('/pace 0 /say "only `code`"');
    assertEquals(asked.filter((url) => url.includes("diagram")), []);
    await page.goto(`/chat/${chat.id}`);
    await page.page.locator(".diagram").nth(2).waitFor();
    const [first] = await page.page.locator(".diagram svg").all();
    assertStringIncludes(await first?.textContent() ?? "", "Choice");
    const problem = page.page.getByRole("note");
    assertStringIncludes(await problem.textContent() ?? "", "Parse error on line 2");
    assert(await page.page.getByText("flowchart LR A --> --> B").isVisible());
    const fill = () =>
      page.page.evaluate(() => {
        const box = document.querySelector(".diagram")?.shadowRoot?.querySelector(".node rect");
        return box ? getComputedStyle(box).fill : "";
      });
    const dark = await fill();
    for (const width of [390, 820, 1440]) {
      await page.page.setViewportSize({ width, height: 900 });
      await page.page.locator(".diagram").first().scrollIntoViewIfNeeded();
      await page.assertAccessible(`diagrams at ${width} px`);
      await page.screenshot(`diagrams ${width}`);
      assertEquals(await page.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    }
    await page.page.evaluate(() => document.documentElement.setAttribute("data-theme", "light"));
    await page.page.waitForFunction((dark) => {
      const box = document.querySelector(".diagram")?.shadowRoot?.querySelector(".node rect");
      return box !== null && box !== undefined && getComputedStyle(box).fill !== dark;
    }, dark);
    await page.screenshot("diagrams light");
    await page.button("Show source").first().click();
    assert(await page.page.getByText("A[Start] -->|yes| B{Choice}").isVisible());
    await page.button("Show diagram").click();
    const download = page.page.waitForEvent("download");
    await page.button("Save as SVG").first().click();
    const svg = await Deno.readTextFile(await (await download).path());
    assert(svg.startsWith("<svg") && svg.includes("<style"));
  },
);

browserTest("a diagram that is being written is code until it is whole", async (test) => {
  const page = await test.open(await test.start(), { path: "/", still: true });
  await page.ask('/pace 0 /say "```mermaid\\nflowchart LR\\n A --> B\\n```"');
  await page.answers.locator(".diagram").or(page.answers.locator(".diagram-problem")).first().waitFor();
});

browserTest("what a diagram brings along neither runs nor leads anywhere", async (test) => {
  const site = await test.start();
  const { id } = await importChat(site, "Diagrams", [{ text: "Draw" }, { text: `${HOSTILE}\n${GOOD}` }]);
  const page = await test.open(site, { path: "/", still: true });
  // Where the sanitiser parses what it then takes out.
  page.problems.expect(/Executing inline event handler violates/);
  await page.goto(`/chat/${id}`);
  await page.page.locator(".diagram").nth(1).waitFor();
  const found = await page.page.evaluate(() =>
    [...document.querySelectorAll(".diagram")].map((host) => {
      const root = host.shadowRoot;
      return {
        foreign: root?.querySelectorAll("script, img, foreignObject, style, a[href]").length,
        handlers: [...root?.querySelectorAll("*") ?? []].flatMap((each) => [...each.attributes])
          .filter(({ name, value }) => name.startsWith("on") || /javascript:|example\.org/.test(value))
          .length,
        width: root?.querySelector("svg")?.getBoundingClientRect().width ?? 0,
      };
    })
  );
  for (const { foreign, handlers, width } of found) {
    assertEquals([foreign, handlers], [0, 0]);
    assert(width > 40, `a diagram ${width} px wide`);
  }
  const [hostile] = await page.page.locator(".diagram svg").all();
  assertStringIncludes(await hostile?.textContent() ?? "", "text");
  const isRed = await page.page.evaluate(() => {
    const text = document.querySelector(".diagram")?.shadowRoot?.querySelector("text, tspan");
    return text ? getComputedStyle(text).fill === "rgb(255, 0, 0)" : true;
  });
  assertEquals(isRed, false);
  // On the pink that the source gives to a part, the light text of a dark page could not be read.
  const label = await page.page.evaluate(() => {
    const part = document.querySelector(".diagram")?.shadowRoot?.querySelector(".node:has([style*='fill'])");
    const text = part?.querySelector("tspan, text");
    return text ? getComputedStyle(text).fill : "";
  });
  assertEquals(label, "rgb(17, 17, 17)");
});

browserTest("a shared file has its diagrams as pictures, asks nobody and runs nothing", async (test) => {
  const site = await test.start();
  const evil = "<img src=x onerror=alert(1)> [a](javascript:alert(1))\n\n<script>alert(2)</script>\n\n" +
    "<figure class='code-block' data-language='mermaid'><figcaption></figcaption><pre><code>pie\n</code></pre></figure>";
  const { id } = await importChat(site, "Diagrams", [{ text: "Draw" }, {
    text: `${HOSTILE}\n${GOOD}\n${GOOD.replace("Start", '"no\b XML"')}\n${BAD}\n$x < y^2$\n\n${evil}`,
  }]);
  const page = await test.open(site, { path: `/chat/${id}`, still: true });
  page.problems.expect(/Executing inline event handler violates/);
  await page.sidebar.getByRole("button", { name: "What to do with “Diagrams”" }).click();
  const download = page.page.waitForEvent("download");
  await page.page.getByRole("menuitem", { name: "Share as HTML" }).click();
  await page.page.getByText("The diagrams are being drawn").waitFor();
  const file = await download;
  assertEquals(file.suggestedFilename(), "Diagrams.html");
  const folder = await Deno.makeTempDir();
  try {
    await file.saveAs(`${folder}/Diagrams.html`);
    const asked: string[] = [];
    const reader = await page.page.context().newPage();
    reader.on("request", (request) => asked.push(request.url().slice(0, 20)));
    reader.on("dialog", (dialog) => asked.push(`dialog ${dialog.message()}`));
    await reader.goto(`file://${folder}/Diagrams.html`);
    const pictures = await reader.evaluate(async () => {
      const images = [...document.querySelectorAll<HTMLImageElement>(".drawing img")];
      await Promise.all(images.map((image) => image.decode()));
      return images.map(({ naturalWidth }) => naturalWidth > 40);
    });
    assertEquals(pictures, [true, true, true]);
    assertEquals(asked.filter((url) => !/^(?:file:|data:image)/.test(url)), []);
    assertEquals(await reader.evaluate(() => document.querySelectorAll("script, [onerror], svg").length), 0);
    assert(await reader.getByText("A --> --> B").isVisible());
    assertEquals(await reader.locator("math").count(), 1);
    await reader.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
