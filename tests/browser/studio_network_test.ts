import { assert, assertEquals } from "@std/assert";
import { words } from "../fakes/mod.ts";
import { browserTest } from "./browser.ts";
import { Gate } from "./gate.ts";
import { Network } from "./network.ts";
import { startWithOllama } from "./ollama.ts";
import { StudioPage } from "./studio_page.ts";

/** Everything that a broken stream could tear: characters of two code units, several files, a fence in a text. */
const FILES = {
  "index.html": [
    "<!doctype html>",
    '<html lang="en">',
    "  <head>",
    '    <meta charset="utf-8">',
    '    <meta name="viewport" content="width=device-width, initial-scale=1">',
    "    <title>Übersicht 🐟</title>",
    '    <link rel="stylesheet" href="style.css">',
    "  </head>",
    "  <body>",
    "    <h1>Übersicht 🐟</h1>",
    '    <ul id="list"></ul>',
    '    <script type="module" src="./app.ts"></script>',
    "  </body>",
    "</html>",
    "",
  ].join("\n"),
  "app.ts": [
    'const names = ["eins", "zwei 👩‍💻", "drei"];',
    'const list = document.getElementById("list");',
    "for (const name of names) {",
    '  const item = document.createElement("li");',
    "  item.textContent = `${name} …`;",
    "  list?.append(item);",
    "}",
    ...Array.from({ length: 12 }, (_, i) => `console.info("line ${i}");`),
    "",
  ].join("\n"),
  "style.css": ["body {", "  margin: 2rem;", "  font-family: system-ui;", "}", ""].join("\n"),
};

const ANSWER = [
  ...Object.entries(FILES).map(([path, content]) => `### FILE ${path}\n\n\`\`\`\`\n${content}\`\`\`\`\n\n`),
  "TITLE: Overview\n\nIt lists three names.\n\n### END\n",
].join("");

browserTest("a network that is lost in mid-version tears nothing", async (test) => {
  const gate = new Gate();
  const deltas = words(ANSWER);
  const { site } = await startWithOllama(test, { delay: gate.delay, script: { deltas } });
  const network = test.use(new Network(site));
  const app = await test.open(network, { path: "/ask", still: true });
  const studio = await StudioPage.ask(app, site, "A page that lists names", "UI");
  let passed = 0;
  const letTo = (text: string) => {
    const count = words(ANSWER.slice(0, ANSWER.indexOf(text))).length + 1;
    gate.let(count - passed);
    passed = count;
  };
  const lines = app.page.locator(".view-line");

  // What the editor needs for a language is loaded with the first file of it.
  const coloured = (text: string) => lines.filter({ hasText: text }).locator("[class^=mtk]").nth(2).waitFor();
  letTo("<h1>");
  await coloured("lang=");
  letTo("line 4");
  await coloured("line 3");
  app.problems.expect(/ERR_/);
  await network.lose();
  await app.page.getByText("Reconnecting…").waitFor();
  await app.assertAccessible("reconnecting");
  await app.screenshot("studio reconnecting");
  letTo("line 9");
  assertEquals(await lines.filter({ hasText: "line 6" }).count(), 0);
  network.comeBack();
  await lines.filter({ hasText: "line 8" }).waitFor();
  await app.page.getByText("Reconnecting…").waitFor({ state: "detached" });
  await network.lose();
  await app.page.getByText("Reconnecting…").waitFor();
  gate.let();
  network.comeBack();

  const version = await studio.made(1);
  await app.page.getByText("Reconnecting…").waitFor({ state: "detached" });
  studio.assertPassed(version);
  const stored = await studio.files(1);
  assertEquals(Object.fromEntries(stored), FILES);
  for (const [path, content] of stored) {
    await studio.work.getByRole("treeitem", { name: path }).click();
    await studio.openPath.getByText(path, { exact: true }).waitFor();
    assertEquals(await studio.openText(), content, path);
  }
  const shown = await app.page.getByRole("treeitem").count();
  assert(shown === stored.size, `${shown} files`);
});
