import { build, FreshetProcess } from "../processes/freshet.ts";
import { median } from "../report/statistics.ts";
import { formatMegabytes, formatTable, withUnit } from "../report/table.ts";
import type { Section } from "../section.ts";

const OPEN_WEBUI = "500–650 MB (user reports)";

/** Cold start and idle memory. */
export const start: Section = {
  name: "start",
  title: "from the start of a built Freshet with an empty data folder to its first page; memory when idle",
  async run({ quick, print }) {
    await build();
    const times: { listening: number; page: number; rssBytes: number }[] = [];
    for (let round = 0; round < (quick ? 2 : 5); round++) {
      await using started = await startOnce();
      times.push(started);
    }
    const idleSeconds = quick ? 2 : 60;
    await using idle = await startOnce();
    await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000));
    const rows = [
      ["until it listens", withUnit(median(times.map(({ listening }) => listening)), "ms")],
      ["until the first 200 on /", withUnit(median(times.map(({ page }) => page)), "ms")],
      ["memory after the first page", formatMegabytes(median(times.map(({ rssBytes }) => rssBytes)))],
      [`memory after ${idleSeconds} s without a request`, formatMegabytes(idle.memory())],
      ["memory of Open WebUI, cold", OPEN_WEBUI],
    ];
    print(formatTable([`medians of ${times.length}`, ""], rows));
  },
};

async function startOnce() {
  const startedAt = performance.now();
  const freshet = await FreshetProcess.start();
  const listening = performance.now() - startedAt;
  const response = await fetch(freshet.address);
  await response.text();
  if (response.status !== 200) throw new Error(`The first page was answered ${response.status}`);
  return {
    listening,
    page: performance.now() - startedAt,
    rssBytes: freshet.usage().rssBytes,
    memory: () => freshet.usage().rssBytes,
    [Symbol.asyncDispose]: () => freshet[Symbol.asyncDispose](),
  };
}
