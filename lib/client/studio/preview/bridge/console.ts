import { CONSOLE_LEVELS } from "../messages.ts";
import type { PanelPort } from "./port.ts";
import { printAll } from "./print.ts";

/** Sends what the page writes on its console; it stays in the browser's own too. */
export function watchConsole(port: PanelPort, page: Console): void {
  for (const level of CONSOLE_LEVELS) {
    const write = page[level].bind(page);
    page[level] = (...values: unknown[]) => {
      write(...values);
      port.send({ type: "console", level, text: printAll(values) });
    };
  }
  const check = page.assert.bind(page);
  page.assert = (condition?: boolean, ...values: unknown[]) => {
    check(condition, ...values);
    if (!condition) {
      port.send({ type: "console", level: "error", text: `Assertion failed: ${printAll(values)}` });
    }
  };
}
