import type { Page } from "playwright-core";

declare global {
  /** What a countdown of the page has shown, each number once in a row. */
  var countdownShown: number[];
}

/** What a countdown has shown since it was first watched: a page under load may be looked at too late for a second. */
export class WatchedCountdown {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Notes the numbers that stand before " s" in alerts of the page, until it is left. */
  static async of(page: Page): Promise<WatchedCountdown> {
    await page.evaluate(() => {
      globalThis.countdownShown = [];
      const look = () => {
        for (const alert of document.querySelectorAll("[role=alert]")) {
          // The last one: what the server said before may name a time too.
          const seconds = Number([...alert.textContent.matchAll(/\bin (\d+) s/g)].at(-1)?.[1]);
          if (seconds && globalThis.countdownShown.at(-1) !== seconds) {
            globalThis.countdownShown.push(seconds);
          }
        }
      };
      new MutationObserver(look).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
      look();
    });
    return new WatchedCountdown(page);
  }

  /** Until it has gone down. */
  async goneDown(): Promise<void> {
    await this.#page.waitForFunction(() =>
      globalThis.countdownShown.some((seconds, i, all) => seconds < (all[i - 1] ?? 0))
    );
  }

  /** Until it has begun anew, with a longer wait than the one before. */
  async begunAnew(): Promise<void> {
    await this.#page.waitForFunction(() =>
      globalThis.countdownShown.some((seconds, i, all) => seconds > (all[0] ?? 0) && i > 0)
    );
  }
}
