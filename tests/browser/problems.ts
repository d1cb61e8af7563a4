import type { Page } from "playwright-core";

/**
 * What goes wrong in a page without anybody asking: errors and warnings on the console (breaches of the content security
 * policy and failed requests among them), and exceptions that nobody caught.
 */
export class Problems {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(page: Page) {
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        this.#found.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => this.#found.push(`exception: ${error.stack ?? error.message}`));
    page.on("crash", () => this.#found.push("the page crashed"));
  }

  /** From here on this is part of the test. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** What went wrong and was not expected. */
  get unexpected(): string[] {
    return this.#found.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
  }
}
