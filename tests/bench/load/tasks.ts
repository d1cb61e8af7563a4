/** A server under load, and what is asked of it. */
export interface Target {
  /** `http://127.0.0.1:PORT` */
  address: string;
  path: string;
  /** A JSON body makes it a POST. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Asks one target over many connections for some time. */
export interface ThroughputTask {
  type: "throughput";
  target: Target;
  connections: number;
  ms: number;
  /** Events in a whole answer; 0 for answers that are no streams. */
  events: number;
  /** True to cut the answers that are under way at the end; else they are waited for. */
  cuts: boolean;
}

/** What a `ThroughputTask` has seen. */
export interface Throughput {
  seconds: number;
  /** Whole answers. */
  requests: number;
  events: number;
  /** Answers with another status or number of events than expected. */
  wrong: number;
  /** ms of the whole answers. */
  times: Spread;
}

/** The middle of many values, and what all but one in a hundred stay below. */
export interface Spread {
  p50: number;
  p99: number;
}

/** Asks the targets in turn, one request at a time. */
export interface LatencyTask {
  type: "latency";
  targets: Target[];
  rounds: number;
  /** What is timed: up to the first byte of the body, or up to its last. */
  until: "first" | "last";
}

/** ms of each request, by target. */
export interface Latency {
  times: number[][];
}

/** Asks for many streams of the `LONG_PACED` model at once and waits for the end of each. */
export interface StreamsTask {
  type: "streams";
  target: Target;
  count: number;
  /** Pieces of text in each, by `numberedPiece`. */
  pieces: number;
  /** ms after which those that have not ended are given up. */
  limitMs: number;
}

/** What a `StreamsTask` has seen. */
export interface Streams {
  /** From the first request to the last end. */
  seconds: number;
  /** Pieces of text. */
  chunks: number;
  /** Streams that ended with `[DONE]` and all pieces in their order. */
  whole: number;
  /** Streams without any event: refused, or closed before. */
  dropped: number;
  /** Streams that began and have not come to `[DONE]`. */
  cut: number;
  /** Streams that came to `[DONE]` with other pieces than expected. */
  wrong: number;
  /** Seconds of the load's own CPU for these. */
  loadCpuSeconds: number;
  /** ms from a request to the first piece. */
  firstMs: Spread;
  /** ms from one piece to the next. */
  gapMs: Spread;
  /** ms from a request to the end of its whole stream. */
  streamMs: Spread;
}

/** Follows runs over server-sent events until they end, one connection each. */
export interface FollowTask {
  type: "follow";
  address: string;
  /** A run that stands here several times is followed as often. */
  runIds: string[];
  /** True where the texts are times (see `stamp`), to be compared with the time of their arrival. */
  isStamped: boolean;
}

/** What a `FollowTask` has seen. */
export interface Followed {
  /** Events of text. */
  events: number;
  characters: number;
  /** ms from the model server to the subscriber, of each stamp. */
  delays: number[];
  /** The time by `stamp` at which the last run ended. */
  endedAt: number;
}

/** Follows one run, whose texts are times (see `stamp`), over many connections until it ends. */
export interface SubscribeTask {
  type: "subscribe";
  address: string;
  runId: string;
  count: number;
  over: "server-sent events" | "WebSockets";
}

/** What a `SubscribeTask` has seen. */
export interface Subscribed {
  /** ms from the model server to the subscriber, of each stamp that was sent when all had been there for a second. */
  delays: number[];
  /** ms until all were there. */
  connectMs: number;
  /** Characters of the subscriber that got least, and of the one that got most. */
  characters: [number, number];
}

/** What the load process can be asked for, with what it answers. */
export type Task = ThroughputTask | LatencyTask | StreamsTask | FollowTask | SubscribeTask;
export type Result<T extends Task> = T extends ThroughputTask ? Throughput
  : T extends LatencyTask ? Latency
  : T extends StreamsTask ? Streams
  : T extends SubscribeTask ? Subscribed
  : Followed;

/** ms since 1970 with fractions, comparable between processes of one machine. */
export function stamp(): number {
  return performance.timeOrigin + performance.now();
}
