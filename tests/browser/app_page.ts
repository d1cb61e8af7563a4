import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { assertAccessible } from "./axe.ts";
import { Problems } from "./problems.ts";
import { KEEPS_SCREENSHOTS, screenshotPath } from "./screenshots.ts";

/** Where an app is reached: a site, or a network that leads to it. */
export interface Address {
  url: string;
}

/** How a page is opened. */
export interface PageOptions {
  /** px; a phone below 768, a tablet below 1024. */
  width?: number;
  path?: string;
  /** False for a browser without JavaScript. */
  scripts?: boolean;
  /** Without movement, for tests of what is still. */
  still?: boolean;
}

const WIDTHS = [390, 820, 1440];
const HEIGHTS = { phone: 844, tablet: 1180, desktop: 900 };
/** Generous: the tests share the machine. */
const PATIENCE_MS = 15_000;

/** The chat page as a person meets it: by roles and names. */
export class AppPage implements AsyncDisposable {
  readonly page: Page;
  readonly problems: Problems;
  readonly #site: Address;
  readonly #scripts: boolean;

  private constructor(page: Page, site: Address, scripts: boolean) {
    this.page = page;
    this.problems = new Problems(page);
    this.#site = site;
    this.#scripts = scripts;
  }

  /** A page that shows nothing yet. */
  static async open(browser: Browser, site: Address, options: PageOptions = {}): Promise<AppPage> {
    const { width = 1440, scripts = true, still = false } = options;
    const kind = width < 768 ? "phone" : width < 1024 ? "tablet" : "desktop";
    const context = await browser.newContext({
      viewport: { width, height: HEIGHTS[kind] },
      hasTouch: kind !== "desktop",
      isMobile: kind === "phone",
      colorScheme: "dark",
      locale: "en-US",
      javaScriptEnabled: scripts,
      reducedMotion: still ? "reduce" : "no-preference",
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.url });
    return new AppPage(await context.newPage(), site, scripts);
  }

  /** Another tab of the same browser. */
  async secondTab(path = this.path): Promise<AppPage> {
    const tab = new AppPage(await this.context.newPage(), this.#site, this.#scripts);
    await tab.goto(path);
    return tab;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  get path(): string {
    return new URL(this.page.url()).pathname;
  }

  async goto(path: string): Promise<void> {
    const response = await this.page.goto(this.#site.url + path);
    if (!response?.ok()) throw new Error(`${path} answered ${response?.status()}`);
    await this.ready();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Until the page does what it shows. */
  async ready(): Promise<void> {
    const isChat = this.path === "/" || this.path.startsWith("/chat");
    if (this.#scripts && isChat) await this.page.locator("#app[data-drawer]").waitFor();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  get composer(): Locator {
    return this.page.getByRole("textbox", { name: "Your message" });
  }

  /** Until this, and nothing else, stands in the composer. */
  async composerHolds(text: string): Promise<void> {
    await this.holds(this.composer, text);
  }

  /** Until this, and nothing else, stands in a text field. */
  async holds(field: Locator, text: string): Promise<void> {
    const id = await field.getAttribute("id");
    await this.page.waitForFunction(
      ([id, text]) => {
        const element = document.getElementById(id ?? "");
        return (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) &&
          element.value === text;
      },
      [id, text],
    );
  }

  get questions(): Locator {
    return this.page.getByRole("article", { name: "Your message" });
  }

  get answers(): Locator {
    return this.page.getByRole("article", { name: "Answer of the model" });
  }

  /** The answers that are whole. */
  get finished(): Locator {
    return this.answers.and(this.page.locator("[aria-busy=false]"));
  }

  /** The answer that is being written. */
  get writing(): Locator {
    return this.page.locator("article[aria-busy=true]");
  }

  get thread(): Locator {
    return this.page.getByRole("region", { name: "Messages" });
  }

  get panel(): Locator {
    return this.page.getByRole("complementary", { name: "Answer settings" });
  }

  get sidebar(): Locator {
    return this.page.getByRole("complementary", { name: "Chats" });
  }

  /** Sends a message as one does on this device. */
  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.button("Send").click();
  }

  /** Sends a message and waits for the end of the answer, which it returns. */
  async ask(text: string): Promise<Locator> {
    const before = await this.answers.count();
    await this.send(text);
    const answer = this.answers.nth(before);
    await answer.and(this.finished).waitFor();
    return answer;
  }

  /** A message's text as it is seen, with what is only skipped while it is far from view. */
  async textOf(message: Locator): Promise<string> {
    return await message.locator(".prose").evaluate((prose) => {
      const skipped = [prose.closest("article"), prose, ...prose.querySelectorAll("*")]
        .filter((element): element is HTMLElement =>
          element instanceof HTMLElement && getComputedStyle(element).contentVisibility === "auto"
        );
      const styles = skipped.map((element) => element.style.contentVisibility);
      for (const element of skipped) element.style.contentVisibility = "visible";
      const text = (prose as HTMLElement).innerText;
      for (const [i, element] of skipped.entries()) element.style.contentVisibility = styles[i] ?? "";
      return text;
    });
  }

  async clipboard(): Promise<string> {
    return await this.page.evaluate(() => navigator.clipboard.readText());
  }

  async assertAccessible(state: string, rules?: string[]): Promise<void> {
    await assertAccessible(this.page, state, rules);
  }

  /** Looks at the page as it is on a phone, a tablet and a desktop, where it ends. */
  async assertAtAllWidths(state: string): Promise<void> {
    for (const width of WIDTHS) {
      await this.page.setViewportSize({ width, height: 900 });
      await this.assertAccessible(`${state} at ${width} px`);
      const isTooWide = await this.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (isTooWide) throw new Error(`${state} is wider than ${width} px`);
      await this.screenshot(`${state} ${width}`);
    }
  }

  /** Keeps a screenshot with the run, unless nobody wants to look at it. */
  async screenshot(name: string): Promise<void> {
    if (KEEPS_SCREENSHOTS) await this.keep(screenshotPath(name));
  }

  async keep(path: string): Promise<void> {
    if (!this.page.isClosed()) await this.page.screenshot({ path });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
  }
}
