import { Connection, encodeRequest } from "./connection.ts";
import { EventCounter } from "./event_counter.ts";
import { spread } from "../report/statistics.ts";
import type { Latency, LatencyTask, Target, Throughput, ThroughputTask } from "./tasks.ts";

/** Carries out a `ThroughputTask`. */
export async function measureThroughput(task: ThroughputTask): Promise<Throughput> {
  const { target, connections, ms, cuts } = task;
  const open = await Promise.all(
    Array.from({ length: connections }, () => Connection.open(target.address)),
  );
  const request = encodeTarget(target);
  const startedAt = performance.now();
  const deadline = startedAt + ms;
  const result = { requests: 0, events: 0, wrong: 0 };
  const times: number[] = [];
  const work = async (connection: Connection) => {
    for (let now = performance.now(); now < deadline;) {
      const counter = new EventCounter();
      const status = await connection.request(request, (bytes) => result.events += counter.push(bytes));
      const endedAt = performance.now();
      times.push(endedAt - now);
      now = endedAt;
      result.requests++;
      if (status !== 200 || counter.total !== task.events) result.wrong++;
    }
  };
  let isCut = false;
  const cut = cuts
    ? setTimeout(() => {
      isCut = true;
      for (const connection of open) connection.close();
    }, ms)
    : undefined;
  const ended = await Promise.allSettled(open.map(work));
  clearTimeout(cut);
  const seconds = (performance.now() - startedAt) / 1000;
  if (!isCut) {
    for (const connection of open) connection.close();
    for (const { status, reason } of ended as PromiseRejectedResult[]) {
      if (status === "rejected") throw reason;
    }
  }
  return { seconds, ...result, times: spread(times) };
}

/** Carries out a `LatencyTask`. */
export async function measureLatency({ targets, rounds, until }: LatencyTask): Promise<Latency> {
  const open = await Promise.all(targets.map(({ address }) => Connection.open(address)));
  const requests = targets.map(encodeTarget);
  const times: number[][] = targets.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, connection] of open.entries()) {
      const startedAt = performance.now();
      let firstAt = 0;
      const status = await connection.request(requests[i] ?? new Uint8Array(), () => {
        firstAt ||= performance.now();
      });
      const endedAt = until === "first" ? firstAt : performance.now();
      if (status !== 200) throw new Error(`${targets[i]?.address} answered ${status}`);
      times[i]?.push(endedAt - startedAt);
    }
  }
  for (const connection of open) connection.close();
  return { times };
}

/** The bytes of the request that a target is asked with. */
export function encodeTarget({ address, path, ...rest }: Target): Uint8Array {
  return encodeRequest(address, path, rest);
}
