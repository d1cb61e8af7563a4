import { chromium, type Page } from "playwright-core";
import type { Version } from "../../../lib/shared/mod.ts";
import { openStore } from "../../../lib/store/mod.ts";
import { CHROMIUM_ARGUMENTS, findChromium, HOW_TO_GET_CHROMIUM } from "../../browser/chromium.ts";
import { storeHistory } from "../../studio/edited_project.ts";
import type { Edit } from "../../studio/edit_history.ts";
import { FreshetProcess } from "../processes/freshet.ts";
import { percentile } from "../report/statistics.ts";
import { formatTable, withUnit } from "../report/table.ts";
import type { BenchOptions } from "../section.ts";
import { projectHistory } from "./studio_history.ts";

const VERSIONS = 100;
/** A file whose first line names its version, so that what is on screen can be told. */
const MARKED = "src/marked.ts";
/** Coprime to the number of versions: each is come to once, and none after its neighbour. */
const STRIDE = 37;

/** From choosing a version in a project's page to its code on the screen. */
export async function measureScreen({ quick, print }: BenchOptions): Promise<void> {
  const executablePath = findChromium();
  if (!executablePath) return print(`\n${HOW_TO_GET_CHROMIUM}\n`);
  let versions: Version[] = [];
  await using freshet = await FreshetProcess.start(async (folder) => {
    const store = await openStore({ folder });
    try {
      versions = await storeHistory(store, markedHistory());
    } finally {
      store.close();
    }
  });
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${freshet.address}/projects/${versions[0]?.projectId}`);
    await page.getByRole("treeitem", { name: "marked.ts" }).click();
    await page.locator(".view-lines").getByText(marker(VERSIONS)).waitFor();
    const numbers = Array.from({ length: VERSIONS }, (_, i) => 1 + (i * STRIDE) % VERSIONS)
      .slice(0, quick ? 10 : VERSIONS);
    const ways = [
      { name: "that the page has not read yet", times: await open(page, numbers) },
      { name: "that the page has", times: await open(page, numbers) },
    ];
    const heading = [`opening any of ${VERSIONS} versions on screen`, "p50", "p99", "asked"];
    print(`\n${
      formatTable(
        heading,
        ways.map(({ name, times }) => [
          name,
          withUnit(percentile(times, 0.5), "ms"),
          withUnit(percentile(times, 0.99), "ms"),
          "50 ms",
        ]),
      )
    }`);
  } finally {
    await browser.close();
  }
}

async function open(page: Page, numbers: readonly number[]): Promise<number[]> {
  const times: number[] = [];
  for (const number of numbers) {
    await page.locator("button.picker--version").click();
    const option = page.getByRole("option", { name: new RegExp(`^v${number} `) });
    // As a hand does it, the pointer is there before the click.
    await option.hover();
    times.push(await option.evaluate(untilShown, marker(number)));
  }
  return times;
}

/** ms from the click to the frame after the one in which the text stands in the editor; runs in the page. */
async function untilShown(option: Element, text: string): Promise<number> {
  const startedAt = performance.now();
  (option as Element & { click(): void }).click();
  const { document, requestAnimationFrame } = globalThis as unknown as {
    document: { querySelector(selector: string): { textContent: string } | null };
    requestAnimationFrame(run: () => void): void;
  };
  const frame = () => new Promise<void>((resolve) => requestAnimationFrame(resolve));
  for (;;) {
    const shown = document.querySelector(".view-lines")?.textContent.replaceAll("\u00a0", " ");
    await frame();
    if (shown?.includes(text)) return performance.now() - startedAt;
    if (performance.now() - startedAt > 10_000) throw new Error(`${text} was not shown`);
  }
}

function markedHistory(): Edit[] {
  return projectHistory(VERSIONS).map((edit, i) => ({
    ...edit,
    written: [...edit.written, { path: MARKED, content: `// ${marker(i + 1)}\n` }],
  }));
}

function marker(number: number): string {
  return `This is version ${number} of them`;
}
