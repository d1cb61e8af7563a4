import type { Chat, StartedRun } from "../../../lib/shared/mod.ts";
import { Load } from "../load/load.ts";
import type { SubscribeTask } from "../load/tasks.ts";
import { ChildProcess } from "../processes/child_process.ts";
import { build, FreshetProcess } from "../processes/freshet.ts";
import { STAMPED_LONG } from "../processes/upstream_models.ts";
import { percentile } from "../report/statistics.ts";
import { formatMegabytes, formatNumber, formatTable, withUnit } from "../report/table.ts";
import type { Section } from "../section.ts";

const COUNT = 1_000;
const QUICK_COUNT = 100;
const SAMPLE_MS = 100;
const WAYS = ["server-sent events", "WebSockets"] as const;

/** Many who watch one answer. */
export const subscribers: Section = {
  name: "subscribers",
  title: `one answer, a token every ${STAMPED_LONG.paceMs} ms, followed by many`,
  async run({ quick, print }) {
    await build();
    await using upstream = ChildProcess.start(upstreamScript());
    const baseUrl = `${await upstream.nextAddress()}/v1`;
    const rows: string[][] = [];
    for (const over of WAYS) {
      for (const count of [1, quick ? QUICK_COUNT : COUNT]) rows.push(await measure(baseUrl, over, count));
    }
    const heading = [
      "subscribers",
      "all there after",
      "delay p50",
      "p99",
      "CPU",
      "its clients'",
      "memory",
      "of it new",
      "each",
    ];
    print(formatTable(heading, rows));
    print(
      "\n  Delays are from the model server to the subscriber, once all are there; every token is on disk first.\n",
    );
  },
};

/** On a process of its own, so that no memory is that of what was measured before. */
async function measure(baseUrl: string, over: SubscribeTask["over"], count: number): Promise<string[]> {
  await using freshet = await FreshetProcess.start();
  await using load = new Load();
  await freshet.json("POST", "/api/nodes", { name: "Upstream", kind: "openai", baseUrl });
  await freshet.json("PATCH", "/api/settings", { autoTitles: false });
  const settings = { model: STAMPED_LONG.id };
  const chat = await freshet.json<Chat>("POST", "/api/chat/sessions", { settings });
  const path = `/api/chat/sessions/${chat.id}/messages`;
  const { run } = await freshet.json<StartedRun>("POST", path, { text: "Go" });
  const before = freshet.usage();
  let rss = before.rssBytes;
  const sampling = setInterval(() => rss = Math.max(rss, freshet.usage().rssBytes), SAMPLE_MS);
  const task: SubscribeTask = { type: "subscribe", address: freshet.address, runId: run.id, count, over };
  const { delays, connectMs, characters: [least, most] } = await load.run(task)
    .finally(() => clearInterval(sampling));
  if (least !== most) throw new Error(`One subscriber got ${least} characters, another one ${most}`);
  return [
    `${formatNumber(count)} over ${over}`,
    withUnit(connectMs, "ms"),
    withUnit(percentile(delays, 0.5), "ms"),
    withUnit(percentile(delays, 0.99), "ms"),
    withUnit(freshet.usage().cpuSeconds - before.cpuSeconds, "s"),
    withUnit(load.usage().cpuSeconds, "s"),
    formatMegabytes(rss),
    formatMegabytes(rss - before.rssBytes),
    formatMegabytes((rss - before.rssBytes) / count),
  ];
}

function upstreamScript(): string[] {
  const path = new URL("../processes/upstream_process.ts", import.meta.url).pathname;
  return ["run", "--allow-net=127.0.0.1", path];
}
