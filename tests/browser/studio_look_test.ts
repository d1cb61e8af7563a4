import { browserTest } from "./browser.ts";
import type { AppPage } from "./app_page.ts";
import { unchecked } from "../studio/unchecked.ts";
import { StudioPage } from "./studio_page.ts";

const PROMPT = "A REST API and a page for books with title (required), author and year";

browserTest("the studio is accessible in a dark and in a light theme", async (test) => {
  const site = await test.start({}, { validate: unchecked });
  const app = await test.open(site, { path: "/ask", still: true });
  const see = async (name: string) => {
    for (const theme of ["deep-dark", "light"]) {
      await app.page.evaluate((theme) => void (document.documentElement.dataset.theme = theme), theme);
      await app.assertAccessible(`${name}, ${theme}`);
      await app.screenshot(`studio ${name} ${theme}`);
    }
  };
  await see("ask");
  const studio = await StudioPage.ask(app, site, PROMPT, "Both");
  await studio.made(1);
  await studio.send("add a rating field");
  await studio.made(2);

  await studio.card(2).getByRole("button", { name: /v2/ }).first().click();
  await studio.card(2).getByRole("button", { name: /schema\/books\.ts/ }).click();
  await app.page.locator(".view-line").filter({ hasText: "rating" }).first().waitFor();
  await see("code");
  await studio.openTab("Preview");
  await studio.preview.getByRole("heading", { level: 1 }).waitFor();
  await see("preview");
  await studio.openTab("Diff");
  await app.page.locator(".diff-table .diff-row--added").first().waitFor();
  await see("diff");
  await studio.openTab("Run");
  await askRunning(app);
  await see("run");
  await app.goto("/projects");
  await app.page.getByRole("list", { name: "Your projects" }).waitFor();
  await see("projects");
});

/** Sends a request to the version, which runs since its page has asked it something. */
async function askRunning({ page }: AppPage): Promise<void> {
  const run = page.getByRole("region", { name: "Run", exact: true });
  await run.getByRole("list", { name: "Running versions" }).getByText("Running").waitFor();
  await run.getByRole("button", { name: "Fill in GET /health" }).click();
  await run.getByRole("button", { name: "Send" }).click();
  await run.getByRole("region", { name: "Answer of v2" }).getByText("200", { exact: true }).waitFor();
}
