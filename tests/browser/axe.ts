import type { Page } from "playwright-core";
import type { AxeResults, RunOptions } from "axe-core";
import axe from "axe-core/axe.min.js";
import { assertEquals } from "@std/assert";

/** Fails where axe finds a violation in the page as it is now. Without `rules`, all of its rules are asked. */
export async function assertAccessible(page: Page, state: string, rules?: string[]): Promise<void> {
  await settled(page);
  await load(page);
  const options: RunOptions = {
    resultTypes: ["violations"],
    // Style sheets of other origins, of which there are none.
    preload: false,
    ...(rules ? { runOnly: { type: "rule", values: rules } } : {}),
  };
  const { violations } = await page.evaluate(
    (options) => (globalThis as unknown as { axe: Axe }).axe.run(document, options),
    options,
  );
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${state}: ${id} (${help}): ${html}\n${failureSummary}`)
  );
  assertEquals(found, []);
}

interface Axe {
  run(context: Document, options: RunOptions): Promise<AxeResults>;
}

/** The debugger's evaluation is not held to the page's content security policy, a script element would be. */
async function load(page: Page): Promise<void> {
  if (await page.evaluate(() => "axe" in globalThis)) return;
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe.source });
  await session.detach();
}

/** Colours are judged when nothing fades any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) =>
      animation.effect?.getComputedTiming().iterations === Infinity || animation.playState !== "running"
    )
  );
}
