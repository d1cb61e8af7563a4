import { type Browser, chromium } from "playwright-core";
import { assertEquals } from "@std/assert";
import type { AppConfig, ServiceOverrides } from "../../lib/app/mod.ts";
import { type Address, AppPage, type PageOptions } from "./app_page.ts";
import {
  CHROMIUM_ARGUMENTS,
  findChromium,
  hintAtChromium,
  HOW_TO_GET_CHROMIUM,
  isBrowserRequired,
} from "./chromium.ts";
import { screenshotPath } from "./screenshots.ts";
import { Site } from "./site.ts";

const executablePath = findChromium();
let browser: Browser | undefined;

if (executablePath) {
  Deno.test.beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  });
  Deno.test.afterAll(async () => {
    await browser?.close();
  });
} else if (!isBrowserRequired()) {
  hintAtChromium();
}

/** What a browser test is given. All of it is closed at the test's end. */
export interface BrowserTest {
  /** Starts an app of its own. */
  start(config?: Partial<AppConfig>, overrides?: ServiceOverrides): Promise<Site>;
  /** Opens a page of an app in a browser profile of its own. */
  open(site: Address, options?: PageOptions): Promise<AppPage>;
  /** Closes something with the rest. */
  use<T extends AsyncDisposable>(resource: T): T;
}

/** A test in Chromium, which all tests of a file share. It fails too where a page had a problem that nobody expected. */
export function browserTest(name: string, run: (test: BrowserTest) => Promise<void>): void {
  Deno.test({
    name,
    ignore: executablePath === undefined && !isBrowserRequired(),
    fn: async () => {
      if (!browser) throw new Error(HOW_TO_GET_CHROMIUM);
      await perform(name, browser, run).catch(tellAll);
    },
  });
}

async function perform(
  name: string,
  browser: Browser,
  run: (test: BrowserTest) => Promise<void>,
): Promise<void> {
  await using resources = new AsyncDisposableStack();
  const pages: AppPage[] = [];
  try {
    await run({
      start: async (config, overrides) => resources.use(await Site.start(config, overrides)),
      use: (resource) => resources.use(resource),
      open: async (site, options) => {
        const page = resources.use(await AppPage.open(browser, site, options));
        pages.push(page);
        await page.goto(options?.path ?? "/");
        return page;
      },
    });
    assertEquals(pages.flatMap(({ problems }) => problems.unexpected), []);
  } catch (error) {
    for (const [i, page] of pages.entries()) await page.keep(screenshotPath(`failed ${name} ${i}`));
    const problems = pages.flatMap(({ problems }) => problems.unexpected);
    throw problems.length > 0 ? new Error(problems.join("\n"), { cause: error }) : error;
  }
}

/** Deno prints of a `SuppressedError` that there is one, not what it holds. */
function tellAll(error: unknown): never {
  if (!(error instanceof SuppressedError)) throw error;
  throw new AggregateError([error.suppressed, error.error], "The test failed, and so did what came after it");
}
