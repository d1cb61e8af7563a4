import { cpuUsage } from "node:process";
import { SseParser } from "../../../lib/shared/mod.ts";
import { numberedPiece } from "../processes/upstream_models.ts";
import { spread } from "../report/statistics.ts";
import { Connection, CutAnswer, type Socket } from "./connection.ts";
import { Recording } from "./recording.ts";
import type { Streams, StreamsTask } from "./tasks.ts";
import { encodeTarget } from "./throughput.ts";

/** Connections that are opened at a time, so that no server's queue of them is full. */
const AT_ONCE = 50;
const DONE = "[DONE]";

/** Carries out a `StreamsTask`. */
export async function measureStreams({ target, count, pieces, limitMs }: StreamsTask): Promise<Streams> {
  const sockets = await openAll(new URL(target.address), count);
  const request = encodeTarget(target);
  const startedAt = performance.now();
  const cpu = cpuUsage();
  const close = () => {
    for (const socket of sockets.splice(0)) socket.close();
  };
  const limit = setTimeout(close, limitMs);
  const recordings = await Promise.all(sockets.map((socket) => Recording.of(socket, request)));
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = cpuUsage(cpu);
  clearTimeout(limit);
  close();
  return { seconds, loadCpuSeconds: (user + system) / 1e6, ...await summarize(recordings, pieces) };
}

/** What a recorded stream was. */
export interface Outcome {
  result: "whole" | "dropped" | "cut" | "wrong";
  /** When each piece of text came, by `performance.now`. */
  times: number[];
}

/** Reads a recorded stream and compares its text with what the upstream sent. */
export async function judge(recording: Recording, pieces: number): Promise<Outcome> {
  const { status, events } = await eventsOf(recording);
  const texts = events.filter(({ data }) => data !== DONE).map(({ data, at }) => ({ text: textOf(data), at }))
    .filter(({ text }) => text !== "");
  const times = texts.map(({ at }) => at);
  if (events.length === 0) return { result: "dropped", times };
  if (status !== 200 || events.at(-1)?.data !== DONE) return { result: "cut", times };
  const isWhole = texts.length === pieces && texts.every(({ text }, i) => text === numberedPiece(i));
  return { result: isWhole ? "whole" : "wrong", times };
}

/** The events of a recorded stream with the times of their arrival; the status is 0 for an answer without an end. */
async function eventsOf(recording: Recording) {
  let at = 0;
  const parser = new SseParser();
  const events: { data: string; at: number }[] = [];
  const connection = new Connection(recording.replay((time) => at = time));
  const status = await connection.request(new Uint8Array(), (bytes) => {
    for (const { data = "" } of parser.push(bytes)) events.push({ data, at });
  }).catch((error) => {
    if (error instanceof CutAnswer) return 0;
    throw error;
  });
  return { status, events };
}

async function summarize(
  recordings: Recording[],
  pieces: number,
): Promise<Omit<Streams, "seconds" | "loadCpuSeconds">> {
  const results = { whole: 0, dropped: 0, cut: 0, wrong: 0 };
  const first: number[] = [];
  const gaps: number[] = [];
  const whole: number[] = [];
  let chunks = 0;
  for (const recording of recordings) {
    const { result, times } = await judge(recording, pieces);
    results[result]++;
    chunks += times.length;
    for (const [i, at] of times.entries()) {
      if (i === 0) first.push(at - recording.startedAt);
      else gaps.push(at - (times[i - 1] ?? NaN));
    }
    if (result === "whole") whole.push(recording.endedAt - recording.startedAt);
  }
  return { ...results, chunks, firstMs: spread(first), gapMs: spread(gaps), streamMs: spread(whole) };
}

async function openAll({ hostname, port }: URL, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const size = Math.min(AT_ONCE, count - sockets.length);
    sockets.push(
      ...await Promise.all(Array.from({ length: size }, async () => {
        const socket = await Deno.connect({ hostname, port: Number(port) });
        socket.setNoDelay(true);
        return socket;
      })),
    );
  }
  return sockets;
}

/** The text that an event carries; empty for those that carry none. */
function textOf(data: string): string {
  const { choices }: { choices?: { delta?: { content?: string } }[] } = JSON.parse(data);
  return choices?.[0]?.delta?.content ?? "";
}
