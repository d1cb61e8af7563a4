import { assertEquals } from "@std/assert";
import type { FrameLocator, Locator } from "playwright-core";
import type { ProjectPage, Version, VersionFiles } from "../../lib/shared/mod.ts";
import type { AppPage } from "./app_page.ts";
import type { Site } from "./site.ts";

/** The built-in model writes as fast as it can after this. */
const AT_ONCE = "/pace 0 ";
/** A version is checked by real tools, while the tests share the machine. */
const BUILD_PATIENCE_MS = 60_000;

/** The page of a project as a person meets it: by roles and names. */
export class StudioPage {
  readonly app: AppPage;
  readonly #site: Site;

  private constructor(app: AppPage, site: Site) {
    this.app = app;
    this.#site = site;
  }

  /** Asks for a project at `/ask`, where the page is, and comes to its page. */
  static async ask(
    app: AppPage,
    site: Site,
    prompt: string,
    kind: "UI" | "API" | "Both",
  ): Promise<StudioPage> {
    await app.page.getByRole("textbox", { name: "What it should be" }).fill(AT_ONCE + prompt);
    await app.page.getByRole("group", { name: "Kind" }).getByText(kind, { exact: true }).click();
    await app.button("Build").click();
    await app.page.waitForURL("**/projects/*");
    return StudioPage.of(app, site);
  }

  /** The project's page that is open. */
  static of(app: AppPage, site: Site): StudioPage {
    return new StudioPage(app, site);
  }

  get prompt(): Locator {
    return this.app.page.getByRole("textbox", { name: "What to change or add" });
  }

  /** Also where it is not shown. */
  get chat(): Locator {
    return this.app.page.locator("#studio-chat");
  }

  /** The part of the page beside the chat. */
  get work(): Locator {
    return this.app.page.getByRole("tabpanel");
  }

  get versionPicker(): Locator {
    return this.app.page.locator("button[aria-haspopup=listbox]").filter({ hasText: /^Version/ });
  }

  get openPath(): Locator {
    return this.app.page.locator(".file-bar__path");
  }

  get preview(): FrameLocator {
    return this.app.page.frameLocator("iframe.preview__frame");
  }

  /** A version's card in the chat, by its number. */
  card(number: number): Locator {
    return this.chat.locator(".version-card").filter({
      has: this.app.page.locator(".badge").getByText(`v${number}`, { exact: true }),
    });
  }

  /** Asks for the next version, without waiting for it. */
  async send(text: string): Promise<void> {
    await this.prompt.fill(AT_ONCE + text);
    await this.app.button("Send").click();
  }

  /** Until a version is made: its card stands in the chat, and it is the one that is shown. */
  async made(number: number): Promise<Version> {
    await this.card(number).waitFor({ state: "attached", timeout: BUILD_PATIENCE_MS });
    await this.shows(number);
    await this.app.page.locator(".tracker").waitFor({ state: "detached" });
    return await this.version(number);
  }

  /** Until this version is the one that is shown. */
  async shows(number: number): Promise<void> {
    await this.versionPicker.getByText(`v${number}`, { exact: true }).waitFor();
  }

  async choose(number: number): Promise<void> {
    await this.versionPicker.click();
    await this.app.page.getByRole("option", { name: new RegExp(`^v${number}\\b`) }).click();
    await this.shows(number);
  }

  /** Fails where something but the parts that scroll has been scrolled, so that the bar is out of sight. */
  async assertInPlace(): Promise<void> {
    const moved = await this.app.page.locator(".studio").evaluate((studio) => {
      const around: Element[] = [];
      for (let each: Element | null = studio; each; each = each.parentElement) around.push(each);
      return around.filter(({ scrollTop, scrollLeft }) => scrollTop !== 0 || scrollLeft !== 0)
        .map(({ className, scrollTop }) => `${className} by ${scrollTop} px`);
    });
    assertEquals(moved, []);
  }

  async openTab(name: "Chat" | "Code" | "Preview" | "Run" | "Diff"): Promise<void> {
    const tab = this.app.page.getByRole("tab", { name });
    await tab.click();
    await tab.and(this.app.page.locator("[aria-selected=true]")).waitFor();
  }

  /** Does something from the menu of a version. */
  async act(number: number, item: string): Promise<void> {
    await this.app.button(`What can be done with v${number}`).click();
    await this.app.page.getByRole("menuitem", { name: item }).click();
  }

  async toast(text: string | RegExp): Promise<void> {
    await this.app.page.getByRole("region", { name: "Notifications" }).getByText(text).waitFor();
  }

  /** The text of the file that is open, in the editor or before it has loaded. */
  async openText(): Promise<string> {
    await this.app.page.locator(".code-view--ready .view-lines").waitFor();
    return await this.app.page.evaluate(() => {
      const lines = [...document.querySelectorAll<HTMLElement>(".view-line")];
      const top = (line: HTMLElement) => Number.parseFloat(line.style.top);
      return lines.sort((a, b) => top(a) - top(b)).map(({ textContent }) => textContent).join("\n")
        .replaceAll("\u00a0", " ");
    });
  }

  /** The project's page as the server has it. */
  async stored(): Promise<ProjectPage> {
    return await this.#site.app.json<ProjectPage>("GET", `/api${this.app.path}`);
  }

  async version(number: number): Promise<Version> {
    const found = (await this.stored()).versions.find((version) => version.number === number);
    if (!found) throw new Error(`There is no v${number}`);
    return found;
  }

  /** The files of a version as the server has them, by their paths. */
  async files(number: number): Promise<Map<string, string>> {
    const { projectId, id } = await this.version(number);
    const path = `/api/projects/${projectId}/versions/${id}/files`;
    const { files } = await this.#site.app.json<VersionFiles>("GET", path);
    return new Map(files.map(({ path, content }) => [path, content]));
  }

  /** Fails where a check of a version did not pass. */
  assertPassed({ number, status, validation }: Version): void {
    assertEquals(status, "complete", `v${number}`);
    const problems = validation?.results.filter(({ outcome }) => outcome === "failed") ?? [];
    assertEquals(problems, [], `v${number}`);
    assertEquals(validation?.outcome, "passed", `v${number}`);
  }
}
