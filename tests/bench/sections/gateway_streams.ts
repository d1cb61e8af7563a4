import type { Streams } from "../load/tasks.ts";
import type { ProcessUsage } from "../processes/child_process.ts";
import { LONG_PACED } from "../processes/upstream_models.ts";
import { median } from "../report/statistics.ts";
import { formatMegabytes, formatNumber, formatTable, withUnit } from "../report/table.ts";
import type { Section } from "../section.ts";
import { type Contender, Contenders, targetOf } from "./gateway_contenders.ts";

const STREAMS = 1_000;
/** So many streams warm a server up. */
const WARM_UP = 100;
const { pieces: PIECES, paceMs: PACE_MS } = LONG_PACED;
/** ms after which streams are given up: many times what they take. */
const LIMIT_MS = 60_000;
const SAMPLE_MS = 50;

/** One run of all streams. */
interface Sample extends Streams {
  /** Seconds of the contender's CPU; of the upstream itself, of that alone. */
  cpuSeconds: number;
  /** Seconds of the load's and the upstream's CPU, which the contender has to share the machine with. */
  restCpuSeconds: number;
  peakRssBytes: number;
}

/** A thousand streams at a model's pace, through each server in turn. */
export const gatewayStreams: Section = {
  name: "gateway-streams",
  title: `${
    formatNumber(STREAMS)
  } streams at once, ${PIECES} chunks every ${PACE_MS} ms, through each in turn`,
  async run({ quick, print }) {
    await using contenders = await Contenders.start("paced_upstream_process.ts", print);
    const { all } = contenders;
    const samples = all.map((): Sample[] => []);
    for (const contender of all) await measure(contender, contenders, WARM_UP);
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      for (const [i, contender] of all.entries()) {
        samples[i]?.push(await measure(contender, contenders, STREAMS));
      }
    }
    const row = (name: string, value: (samples: Sample[]) => number, format: (value: number) => string) => [
      name,
      ...samples.map((of) => format(value(of))),
    ];
    const middle = (of: (sample: Sample) => number) => (samples: Sample[]) => median(samples.map(of));
    const sum = (key: "whole" | "dropped" | "cut" | "wrong") => (samples: Sample[]) =>
      samples.reduce((total, sample) => total + sample[key], 0);
    const ms = (value: number) => withUnit(value, "ms");
    const seconds = (value: number) => withUnit(value, "s");
    const ideal = formatNumber(STREAMS * 1_000 / PACE_MS);
    print(formatTable(["all runs", ...all.map(({ name }) => name)], [
      row("whole streams", sum("whole"), formatNumber),
      row("dropped", sum("dropped"), formatNumber),
      row("cut, without [DONE]", sum("cut"), formatNumber),
      row("with wrong content", sum("wrong"), formatNumber),
      row(`chunks/s, of ${ideal}`, middle(({ chunks, seconds }) => chunks / seconds), formatNumber),
      row("first chunk, p50", middle(({ firstMs }) => firstMs.p50), ms),
      row("p99", middle(({ firstMs }) => firstMs.p99), ms),
      row("between two chunks, p50", middle(({ gapMs }) => gapMs.p50), ms),
      row("p99", middle(({ gapMs }) => gapMs.p99), ms),
      row(
        `whole stream, p50, of ${formatNumber(PIECES * PACE_MS)} ms`,
        middle(({ streamMs }) => streamMs.p50),
        ms,
      ),
      row("p99", middle(({ streamMs }) => streamMs.p99), ms),
      row("its CPU", middle(({ cpuSeconds }) => cpuSeconds), seconds),
      row("CPU of load and upstream", middle(({ restCpuSeconds }) => restCpuSeconds), seconds),
      row(
        "its memory, peak",
        (of) => Math.max(...of.map(({ peakRssBytes }) => peakRssBytes)),
        formatMegabytes,
      ),
    ]));
  },
};

async function measure(contender: Contender, { load, upstream }: Contenders, count: number): Promise<Sample> {
  const before = [contender, upstream].map((process) => process.usage().cpuSeconds);
  using peak = new Peak(contender);
  const streams = await load.run({
    type: "streams",
    target: targetOf(contender, LONG_PACED, true),
    count,
    pieces: PIECES,
    limitMs: LIMIT_MS,
  });
  const [own = NaN, ofUpstream = NaN] = [contender, upstream].map((process, i) =>
    process.usage().cpuSeconds - (before[i] ?? NaN)
  );
  return {
    ...streams,
    cpuSeconds: own,
    restCpuSeconds: ofUpstream + streams.loadCpuSeconds,
    peakRssBytes: peak.rssBytes,
  };
}

/** The most memory that a process holds while this exists. */
class Peak implements Disposable {
  rssBytes = 0;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor({ usage }: { usage: () => ProcessUsage }) {
    this.#timer = setInterval(() => {
      this.rssBytes = Math.max(this.rssBytes, usage().rssBytes);
    }, SAMPLE_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
