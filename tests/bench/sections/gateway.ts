import type { Load } from "../load/load.ts";
import type { Throughput } from "../load/tasks.ts";
import { eventsOf, FLOOD, PACED, SHORT, type UpstreamModel } from "../processes/upstream_models.ts";
import { median, percentile } from "../report/statistics.ts";
import { formatMegabytes, formatNumber, formatTable, withUnit } from "../report/table.ts";
import type { BenchOptions, Section } from "../section.ts";
import { refuseWrongAnswers } from "./gateway_answers.ts";
import { type Contender, Contenders, targetOf } from "./gateway_contenders.ts";

/** What all contenders are asked for. */
interface Scenario {
  title: string;
  model: UpstreamModel;
  isStream: boolean;
  connections: number;
  /** Whether events count, or whole answers. */
  counts: "requests" | "events";
  /** True to cut the answers that are under way at the end. */
  cuts: boolean;
}

const SCENARIOS: readonly Scenario[] = [
  {
    title: `streams of ${SHORT.pieces} chunks, 32 connections`,
    model: SHORT,
    isStream: true,
    connections: 32,
    counts: "requests",
    cuts: false,
  },
  {
    title: "whole answers, 32 connections",
    model: SHORT,
    isStream: false,
    connections: 32,
    counts: "requests",
    cuts: false,
  },
  {
    title: "chunks as fast as they go, 100 streams",
    model: FLOOD,
    isStream: true,
    connections: 100,
    counts: "events",
    cuts: true,
  },
  {
    title: `chunks every ${PACED.paceMs} ms, 100 streams`,
    model: PACED,
    isStream: true,
    connections: 100,
    counts: "events",
    cuts: true,
  },
];

/** How long a contender that was started anew is warmed up. */
const WARM_UP_MS = 1_000;

/** One measurement of a scenario. */
interface Sample {
  perSecond: number;
  /** µs of the contender's CPU for each request or event. */
  cpuMicroseconds: number;
  rssBytes: number;
  /** ms of a whole answer. */
  p50: number;
  p99: number;
}

/** `/v1` of Freshet beside a bare pass-through, the upstream itself and another gateway. */
export const gateway: Section = {
  name: "gateway",
  title: "/v1 against a bare Hono pass-through, the upstream itself and Portkey's gateway, interleaved",
  async run(options) {
    await using contenders = await Contenders.start("upstream_process.ts", options.print);
    const { all, load } = contenders;
    for (const contender of all) await refuseWrongAnswers(contender);
    for (const scenario of SCENARIOS) await compare(scenario, all, load, options);
    await compareFirstChunk(all, load, options);
  },
};

async function compare(
  scenario: Scenario,
  contenders: Contender[],
  load: Load,
  { quick, print }: BenchOptions,
): Promise<void> {
  const [rounds, ms] = quick ? [1, 400] : [3, 1_500];
  const samples = contenders.map((): Sample[] => []);
  for (const contender of contenders) await measure(scenario, contender, load, ms / 3);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      samples[i]?.push(await measure(scenario, contender, load, ms));
    }
  }
  const values = (key: keyof Sample) => samples.map((of) => median(of.map((sample) => sample[key])));
  const unit = scenario.counts === "requests" ? "request" : "chunk";
  const formatMs = (value: number) => withUnit(value, "ms");
  const heading = [scenario.title, ...contenders.map(({ name }) => name), "Freshet / pass-through"];
  print(formatTable(heading, [
    row(`${unit}s/s`, values("perSecond"), formatNumber),
    ...(scenario.cuts ? [] : [
      row("p50 of a whole answer", values("p50"), formatMs),
      row("p99", values("p99"), formatMs),
    ]),
    row(`its CPU, µs/${unit}`, values("cpuMicroseconds"), formatNumber),
    row("its memory", samples.map((of) => Math.max(...of.map(({ rssBytes }) => rssBytes))), formatMegabytes),
  ]));
  print("\n");
}

async function measure(
  scenario: Scenario,
  contender: Contender,
  load: Load,
  ms: number,
): Promise<Sample> {
  const { model, isStream, connections, cuts } = scenario;
  const before = contender.usage();
  const result = await load.run({
    type: "throughput",
    target: targetOf(contender, model, isStream),
    connections,
    ms,
    events: isStream ? eventsOf(model) : 0,
    cuts,
  });
  const { cpuSeconds, rssBytes } = contender.usage();
  refuseWrong(result, contender, scenario);
  if (cuts) await clear(contender, load);
  const count = result[scenario.counts];
  return {
    perSecond: count / result.seconds,
    cpuMicroseconds: (cpuSeconds - before.cpuSeconds) * 1e6 / count,
    rssBytes,
    ...result.times,
  };
}

/** Leaves the contender as warm as it was. */
async function clear(contender: Contender, load: Load): Promise<void> {
  if (!contender.clear) return;
  await contender.clear();
  await load.run({
    type: "throughput",
    target: targetOf(contender, SHORT, true),
    connections: 32,
    ms: WARM_UP_MS,
    events: eventsOf(SHORT),
    cuts: false,
  });
}

function refuseWrong({ wrong, requests }: Throughput, { name }: Contender, { title }: Scenario): void {
  if (wrong > 0) throw new Error(`${wrong} of ${requests} answers of ${name} were wrong (${title})`);
}

async function compareFirstChunk(
  contenders: Contender[],
  load: Load,
  { quick, print }: BenchOptions,
): Promise<void> {
  const targets = contenders.map((contender) => targetOf(contender, SHORT, true));
  await load.run({ type: "latency", targets, rounds: 50, until: "first" });
  const { times } = await load.run({ type: "latency", targets, rounds: quick ? 100 : 500, until: "first" });
  const limit = times[0] ?? [];
  const rows = [0.5, 0.99].map((share) => {
    const added = times.map((of) => percentile(of, share) - percentile(limit, share));
    const cells = times.map((of, i) => {
      const time = withUnit(percentile(of, share), "ms");
      return i === 0 ? time : `${time} (${formatAdded(added[i] ?? NaN)})`;
    });
    return [`p${share * 100}`, ...cells];
  });
  print(
    formatTable(["first chunk, one request at a time", ...contenders.map(({ name }) => name)], rows),
  );
}

function formatAdded(ms: number): string {
  return `${ms < 0 ? "−" : "+"}${formatNumber(Math.abs(ms))}`;
}

function row(name: string, values: number[], format: (value: number) => string): string[] {
  const [, passThrough = NaN, freshet = NaN] = values;
  return [name, ...values.map(format), formatNumber(freshet / passThrough)];
}
