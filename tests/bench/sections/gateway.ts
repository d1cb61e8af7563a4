import { Load } from "../load/load.ts";
import type { Target, Throughput } from "../load/tasks.ts";
import { ChildProcess, type ProcessUsage } from "../processes/child_process.ts";
import { build, FreshetProcess } from "../processes/freshet.ts";
import { eventsOf, FLOOD, PACED, SHORT, type UpstreamModel } from "../processes/upstream_models.ts";
import { median, percentile } from "../report/statistics.ts";
import { formatMegabytes, formatNumber, formatTable, withUnit } from "../report/table.ts";
import type { BenchOptions, Section } from "../section.ts";

/** A server that is compared. */
interface Contender {
  name: string;
  address: string;
  headers: Record<string, string>;
  usage: () => ProcessUsage;
}

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

/** One measurement of a scenario. */
interface Sample {
  perSecond: number;
  /** µs of the contender's CPU for each request or event. */
  cpuMicroseconds: number;
  rssBytes: number;
}

/** `/v1` of Freshet beside a bare pass-through and the upstream itself. */
export const gateway: Section = {
  name: "gateway",
  title: "/v1 against a bare Hono pass-through and against the upstream itself, interleaved",
  async run(options) {
    await build();
    await using upstream = ChildProcess.start(script("upstream_process.ts"));
    const upstreamAddress = await upstream.nextAddress();
    await using passThrough = ChildProcess.start(script("pass_through_process.ts", upstreamAddress));
    await using freshet = await FreshetProcess.start();
    await using load = new Load();
    const contenders: Contender[] = [
      { name: "upstream", address: upstreamAddress, headers: {}, usage: () => upstream.usage() },
      {
        name: "pass-through",
        address: await passThrough.nextAddress(),
        headers: {},
        usage: () => passThrough.usage(),
      },
      {
        name: "Freshet",
        address: freshet.address,
        headers: await connect(freshet, upstreamAddress),
        usage: () => freshet.usage(),
      },
    ];
    for (const scenario of SCENARIOS) await compare(scenario, contenders, load, options);
    await compareFirstChunk(contenders, load, options);
  },
};

/** Gives Freshet the upstream as a node, and makes an API key; returns the headers that carry it. */
async function connect(freshet: FreshetProcess, upstream: string): Promise<Record<string, string>> {
  const node = { name: "Upstream", kind: "openai", baseUrl: `${upstream}/v1` };
  await freshet.json("POST", "/api/nodes", node);
  const { secret } = await freshet.json<{ secret: string }>("POST", "/api/keys", {
    name: "bench",
    scopes: ["chat"],
  });
  return { authorization: `Bearer ${secret}` };
}

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
  const all = samples.map((of) => ({
    perSecond: median(of.map(({ perSecond }) => perSecond)),
    cpuMicroseconds: median(of.map(({ cpuMicroseconds }) => cpuMicroseconds)),
    rssBytes: Math.max(...of.map(({ rssBytes }) => rssBytes)),
  }));
  const unit = scenario.counts === "requests" ? "request" : "chunk";
  print(formatTable([scenario.title, ...contenders.map(({ name }) => name), "Freshet / pass-through"], [
    row(`${unit}s/s`, all.map(({ perSecond }) => perSecond), formatNumber),
    row(`its CPU, µs/${unit}`, all.map(({ cpuMicroseconds }) => cpuMicroseconds), formatNumber),
    row("its memory", all.map(({ rssBytes }) => rssBytes), formatMegabytes),
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
    target: target(contender, model, isStream),
    connections,
    ms,
    events: isStream ? eventsOf(model) : 0,
    cuts,
  });
  const { cpuSeconds, rssBytes } = contender.usage();
  refuseWrong(result, contender, scenario);
  const count = result[scenario.counts];
  return {
    perSecond: count / result.seconds,
    cpuMicroseconds: (cpuSeconds - before.cpuSeconds) * 1e6 / count,
    rssBytes,
  };
}

function refuseWrong({ wrong, requests }: Throughput, { name }: Contender, { title }: Scenario): void {
  if (wrong > 0) throw new Error(`${wrong} of ${requests} answers of ${name} were wrong (${title})`);
}

async function compareFirstChunk(
  contenders: Contender[],
  load: Load,
  { quick, print }: BenchOptions,
): Promise<void> {
  const targets = contenders.map((contender) => target(contender, SHORT, true));
  await load.run({ type: "latency", targets, rounds: 50, until: "first" });
  const { times } = await load.run({ type: "latency", targets, rounds: quick ? 100 : 500, until: "first" });
  const limit = times[0] ?? [];
  const rows = [0.5, 0.99].map((share) => {
    const added = times.map((of) => percentile(of, share) - percentile(limit, share));
    const cells = times.map((of, i) => {
      const time = withUnit(percentile(of, share), "ms");
      return i === 0 ? time : `${time} (+${formatNumber(added[i] ?? NaN)})`;
    });
    return [`p${share * 100}`, ...cells];
  });
  print(
    formatTable(["first chunk, one request at a time", ...contenders.map(({ name }) => name)], rows),
  );
}

function target({ address, headers }: Contender, model: UpstreamModel, isStream: boolean): Target {
  const messages = [{ role: "system", content: "You are a helpful assistant." }, {
    role: "user",
    content: "How do I measure the speed of a gateway?",
  }];
  const body = { model: model.id, messages, ...(isStream ? { stream: true } : {}) };
  return { address, headers, path: "/v1/chat/completions", body };
}

function row(name: string, values: number[], format: (value: number) => string): string[] {
  const [, passThrough = NaN, freshet = NaN] = values;
  return [name, ...values.map(format), formatNumber(freshet / passThrough)];
}

function script(name: string, ...args: string[]): string[] {
  const path = new URL(`../processes/${name}`, import.meta.url).pathname;
  return ["run", "--allow-net=127.0.0.1", "--allow-env", path, ...args];
}
