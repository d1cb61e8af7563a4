import type { Chat, StartedRun } from "../../../lib/shared/mod.ts";
import { Load } from "../load/load.ts";
import { stamp } from "../load/tasks.ts";
import { ChildProcess } from "../processes/child_process.ts";
import { countCommits } from "../processes/commits.ts";
import { build, FreshetProcess } from "../processes/freshet.ts";
import { STAMPED } from "../processes/upstream_models.ts";
import { median, percentile } from "../report/statistics.ts";
import { formatMegabytes, formatNumber, formatTable, withUnit } from "../report/table.ts";
import type { BenchOptions, Section } from "../section.ts";

const COUNTS = [1, 10, 100];
const QUICK_COUNTS = [1, 100];
const SUBSCRIBERS = [1, 200];
const FLOOD = "/pace 0 /long 20000";

/** What came of one number of runs. */
interface Row {
  count: number;
  charactersPerSecond: number;
  /** The runs of the flood that was measured last, to count their commits by. */
  runIds: string[];
  characters: number;
  delays: number[];
}

/** Answers in progress: how fast they are written down and passed on, and how late. */
export const runs: Section = {
  name: "runs",
  title: "answers in progress, every delta on disk before it is sent on",
  async run(options) {
    await build();
    await using upstream = ChildProcess.start(upstreamScript());
    await using freshet = await FreshetProcess.start();
    await using load = new Load();
    const baseUrl = `${await upstream.nextAddress()}/v1`;
    await freshet.json("POST", "/api/nodes", { name: "Upstream", kind: "openai", baseUrl });
    // Else every first answer is followed by a call for the chat's title.
    await freshet.json("PATCH", "/api/settings", { autoTitles: false });
    const rows: Row[] = [];
    for (const count of options.quick ? QUICK_COUNTS : COUNTS) {
      rows.push(await measure(count, freshet, load, options));
    }
    const fanOut = await measureFanOut(freshet, load);
    await freshet.stop();
    await report(rows, freshet.folder, options);
    options.print(`\n${fanOut}`);
  },
};

async function measure(
  count: number,
  freshet: FreshetProcess,
  load: Load,
  { quick }: BenchOptions,
): Promise<Row> {
  const rates: number[] = [];
  let runIds: string[] = [];
  let characters = 0;
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    const chatIds = await makeChats(freshet, count, "sketch");
    const startedAt = stamp();
    runIds = await startRuns(freshet, chatIds, FLOOD);
    const followed = await load.run({
      type: "follow",
      address: freshet.address,
      runIds,
      isStamped: false,
    });
    characters = followed.characters;
    rates.push(characters / ((followed.endedAt - startedAt) / 1000));
  }
  const delays = await measureDelays(freshet, load, count);
  return { count, charactersPerSecond: median(rates), runIds, characters, delays };
}

/** From the model server to one subscriber of each run, through Freshet and its disk. */
async function measureDelays(freshet: FreshetProcess, load: Load, count: number): Promise<number[]> {
  const runIds = await startRuns(freshet, await makeChats(freshet, count, STAMPED.id), "Go");
  const { delays } = await load.run({ type: "follow", address: freshet.address, runIds, isStamped: true });
  return delays;
}

async function measureFanOut(freshet: FreshetProcess, load: Load): Promise<string> {
  const rows: string[][] = [];
  for (const count of SUBSCRIBERS) {
    const before = freshet.usage();
    const [runId = ""] = await startRuns(freshet, await makeChats(freshet, 1, STAMPED.id), "Go");
    let rss = 0;
    const sampling = setInterval(() => rss = Math.max(rss, freshet.usage().rssBytes), 100);
    const runIds = Array.from({ length: count }, () => runId);
    const task = { type: "follow", address: freshet.address, runIds, isStamped: true } as const;
    const { delays } = await load.run(task).finally(() => clearInterval(sampling));
    const { cpuSeconds } = freshet.usage();
    rows.push([
      formatNumber(count),
      withUnit(percentile(delays, 0.5), "ms"),
      withUnit(percentile(delays, 0.99), "ms"),
      withUnit(cpuSeconds - before.cpuSeconds, "s"),
      formatMegabytes(rss),
      formatMegabytes(rss - before.rssBytes),
    ]);
  }
  return formatTable(
    ["subscribers of one run", "delay p50", "p99", "CPU", "memory", "of it new"],
    rows,
  );
}

async function report(rows: Row[], folder: string, { print }: BenchOptions): Promise<void> {
  const commits = await countCommits(folder, rows.map(({ runIds }) => runIds));
  const cells = rows.map((row, i) => [
    formatNumber(row.count),
    formatNumber(row.charactersPerSecond),
    formatNumber(commits[i] ?? NaN),
    formatNumber(row.characters / (commits[i] ?? NaN)),
    withUnit(percentile(row.delays, 0.5), "ms"),
    withUnit(percentile(row.delays, 0.99), "ms"),
  ]);
  const heading = ["runs", "flood: characters/s", "commits", "characters/commit"];
  const pace = `every ${STAMPED.paceMs} ms: delay p50`;
  print(formatTable([...heading, pace, "p99"], cells));
}

async function makeChats(freshet: FreshetProcess, count: number, model: string): Promise<string[]> {
  const chats = await Promise.all(
    Array.from(
      { length: count },
      () => freshet.json<Chat>("POST", "/api/chat/sessions", { settings: { model } }),
    ),
  );
  return chats.map(({ id }) => id);
}

async function startRuns(freshet: FreshetProcess, chatIds: string[], text: string): Promise<string[]> {
  const started = await Promise.all(
    chatIds.map((id) => freshet.json<StartedRun>("POST", `/api/chat/sessions/${id}/messages`, { text })),
  );
  return started.map(({ run }) => run.id);
}

function upstreamScript(): string[] {
  return [
    "run",
    "--allow-net=127.0.0.1",
    new URL("../processes/upstream_process.ts", import.meta.url).pathname,
  ];
}
