import { createHttp1, type Http1 } from "../../../lib/http1/mod.ts";
import { cpuUsage } from "node:process";
import { ChildProcess } from "../processes/child_process.ts";
import { FLOOD, PACED, SHORT, type UpstreamModel } from "../processes/upstream_models.ts";
import { median } from "../report/statistics.ts";
import { formatNumber, formatTable } from "../report/table.ts";
import type { BenchOptions, Section } from "../section.ts";

/** Reads one answer of the upstream to its end; `onBytes` is told how many came, and says whether to go on. */
type Reader = (
  url: URL,
  body: string,
  signal: AbortSignal,
  onBytes: (count: number) => void,
) => Promise<void>;

/** What is compared, the first one being the measure. */
const CLIENTS = [
  "fetch",
  "fetch, BYOB",
  "http1.fetch",
  "http1.fetch, BYOB",
  "http1 next()",
  "http1 read()",
] as const;
type ClientName = typeof CLIENTS[number];

interface Scenario {
  title: string;
  model: UpstreamModel;
  isStream: boolean;
  connections: number;
  counts: "requests" | "chunks";
}

const SCENARIOS: readonly Scenario[] = [
  {
    title: "whole answers, 32 connections",
    model: SHORT,
    isStream: false,
    connections: 32,
    counts: "requests",
  },
  {
    title: `streams of ${SHORT.pieces} chunks, 32 connections`,
    model: SHORT,
    isStream: true,
    connections: 32,
    counts: "requests",
  },
  {
    title: "chunks as fast as they go, 32 streams",
    model: FLOOD,
    isStream: true,
    connections: 32,
    counts: "chunks",
  },
  {
    title: "chunks every 20 ms, 100 streams",
    model: PACED,
    isStream: true,
    connections: 100,
    counts: "chunks",
  },
];

/** One measurement, taken in a process of its own. */
interface Sample {
  perSecond: number;
  cpuMicroseconds: number;
  rssMegabytes: number;
}

const BUFFER_BYTES = 16 * 1024;
const HEADERS = { "content-type": "application/json" };

/** `lib/http1` beside the `fetch` of Deno. */
export const http1: Section = {
  name: "http1",
  title: "an own HTTP/1.1 client against the fetch of Deno, each in a process of its own, interleaved",
  async run({ quick, print }: BenchOptions) {
    await using upstream = ChildProcess.start(script("../processes/upstream_process.ts"));
    const address = await upstream.nextAddress();
    for (const [index, { title, counts }] of SCENARIOS.entries()) {
      const samples = CLIENTS.map((): Sample[] => []);
      for (let round = 0; round < (quick ? 1 : 3); round++) {
        for (const [i, client] of CLIENTS.entries()) {
          const run = [address, client, `${index}`, quick ? "500" : "2000"];
          await using child = ChildProcess.start(script("http1.ts", ...run));
          samples[i]?.push(JSON.parse(await child.nextLine()));
        }
      }
      const values = (key: keyof Sample) => samples.map((of) => median(of.map((sample) => sample[key])));
      const unit = counts.slice(0, -1);
      print(formatTable([title, ...CLIENTS], [
        [`${counts}/s`, ...values("perSecond").map(formatNumber)],
        [`CPU, µs/${unit}`, ...values("cpuMicroseconds").map(formatNumber)],
        ["memory, MB", ...values("rssMegabytes").map(formatNumber)],
      ]));
      print("\n");
    }
  },
};

if (import.meta.main) {
  const [address = "", client = "", index = "", ms = ""] = Deno.args;
  const scenario = SCENARIOS[Number(index)];
  if (!scenario) throw new Error(`There is no scenario ${index}`);
  const sample = await measure(`${address}/v1/chat/completions`, client as ClientName, scenario, Number(ms));
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(sample)}\n`));
}

async function measure(url: string, name: ClientName, scenario: Scenario, ms: number): Promise<Sample> {
  const client = createHttp1();
  const reader = readers(client)[name];
  // A third of the time goes to warming up.
  await load(reader, url, scenario, ms / 3);
  const cpu = cpuUsage();
  const startedAt = performance.now();
  const { requests, bytes } = await load(reader, url, scenario, ms);
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = cpuUsage(cpu);
  const count = scenario.counts === "requests" ? requests : bytes / await chunkBytes(url, scenario.model);
  client.close();
  return {
    perSecond: count / seconds,
    cpuMicroseconds: (user + system) / count,
    rssMegabytes: Deno.memoryUsage().rss / 1e6,
  };
}

async function load(
  reader: Reader,
  url: string,
  { model, isStream, connections, counts }: Scenario,
  ms: number,
): Promise<{ requests: number; bytes: number }> {
  const total = { requests: 0, bytes: 0 };
  const body = JSON.stringify({ model: model.id, messages: [], stream: isStream });
  const controller = new AbortController();
  const end = performance.now() + ms;
  const timer = setTimeout(() => counts === "chunks" && controller.abort(), ms);
  const work = async () => {
    while (performance.now() < end) {
      await reader(new URL(url), body, controller.signal, (count) => total.bytes += count);
      total.requests++;
    }
  };
  const ended = (error: unknown) => {
    if (!controller.signal.aborted) throw error;
  };
  await Promise.all(Array.from({ length: connections }, () => work().catch(ended)));
  clearTimeout(timer);
  return total;
}

/** Bytes of an event with a piece of text: how many came is told by their sum, which costs all contenders the same. */
async function chunkBytes(url: string, { id }: UpstreamModel): Promise<number> {
  const body = JSON.stringify({ model: id, messages: [], stream: true });
  const response = await fetch(url, { method: "POST", body, headers: HEADERS });
  let text = "";
  for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.split("\n\n").length > 3) break;
  }
  return (text.split("\n\n")[1] ?? "").length + 2;
}

function readers(client: Http1): Record<ClientName, Reader> {
  const byFetch =
    (send: typeof client.fetch, isByob: boolean): Reader => async (url, body, signal, onBytes) => {
      const response = await send(url, { method: "POST", body, headers: HEADERS, signal });
      if (!response.body) throw new Error("There is no body");
      if (isByob) await readByob(response.body, onBytes);
      else await readDefault(response.body, onBytes);
    };
  const byRequest = (isInto: boolean): Reader => async (url, body, signal, onBytes) => {
    const bytes = new TextEncoder().encode(body);
    const headers = Object.entries(HEADERS);
    const response = await client.request(url, { method: "POST", headers, body: bytes, signal });
    const buffer = new Uint8Array(BUFFER_BYTES);
    const next = isInto ? () => response.read(buffer) : async () => (await response.next())?.length ?? null;
    for (let count = await next(); count !== null; count = await next()) onBytes(count);
  };
  return {
    "fetch": byFetch(fetch, false),
    "fetch, BYOB": byFetch(fetch, true),
    "http1.fetch": byFetch(client.fetch, false),
    "http1.fetch, BYOB": byFetch(client.fetch, true),
    "http1 next()": byRequest(false),
    "http1 read()": byRequest(true),
  };
}

async function readDefault(
  body: ReadableStream<Uint8Array>,
  onBytes: (count: number) => void,
): Promise<void> {
  const reader = body.getReader();
  for (let { value } = await reader.read(); value; { value } = await reader.read()) onBytes(value.length);
}

async function readByob(body: ReadableStream<Uint8Array>, onBytes: (count: number) => void): Promise<void> {
  const reader = body.getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(BUFFER_BYTES);
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(buffer));
    if (done) return;
    onBytes(value.length);
    buffer = value.buffer;
  }
}

function script(name: string, ...args: string[]): string[] {
  const path = new URL(name, import.meta.url).pathname;
  return ["run", "--allow-net=127.0.0.1", "--allow-env", "--allow-sys", path, ...args];
}
