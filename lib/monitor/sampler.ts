import { SYSTEM_PARTS, type SystemPart, type SystemSample, type SystemState } from "../shared/mod.ts";
import type { Clock } from "../host/mod.ts";
import { rounded } from "./history/average.ts";
import { MissingError } from "./host/missing_error.ts";
import type { CoreTimes, NetworkCounter, SystemHost } from "./host/system_host.ts";

/** How often (ms) a part is asked while somebody looks, and otherwise; Infinity for not at all. */
const EVERY: Readonly<Record<SystemPart, { watched: number; idle: number }>> = {
  cpu: { watched: 0, idle: 0 },
  memory: { watched: 0, idle: 0 },
  gpu: { watched: 4_000, idle: 30_000 },
  network: { watched: 4_000, idle: 30_000 },
  disks: { watched: 30_000, idle: 300_000 },
  processes: { watched: 10_000, idle: Infinity },
};
/** What is not there now will hardly be there soon. */
const MISSING_AGAIN = { watched: 60_000, idle: 600_000 };
/** A part takes at most this share of the time, whatever it costs on a machine. */
const SHARE = { watched: 0.05, idle: 0.005 };
/** Timers come a little early or late. */
const LEEWAY_MS = 200;

interface PartState {
  askedAt: number;
  tookMs: number;
  isMissing: boolean;
  asking: boolean;
}

/** Asks a machine how it is, each part no more often than it is worth. */
export class Sampler {
  readonly #host: SystemHost;
  readonly #clock: Clock;
  readonly #measure: () => number;
  readonly #parts = new Map<SystemPart, PartState>();
  #state: SystemState;
  #cpuPercent: number | null = null;
  #cores: CoreTimes[] = [];
  #counters: { at: number; list: NetworkCounter[] } | undefined;

  /** `measure` tells ms that pass, for what an answer has cost. */
  constructor(host: SystemHost, clock: Clock, measure: () => number = () => performance.now()) {
    this.#host = host;
    this.#clock = clock;
    this.#measure = measure;
    this.#state = {
      at: clock.now(),
      host: host.identity(),
      cpu: null,
      memory: null,
      gpu: null,
      disks: null,
      network: null,
      processes: null,
      missing: [],
    };
  }

  get state(): SystemState {
    return this.#state;
  }

  /** Asks the parts whose turn it is and returns the figures as they are now. Never rejects: what fails is a part of the state. */
  async sample(isWatched: boolean): Promise<SystemSample> {
    const due = SYSTEM_PARTS.filter((part) => this.#isDue(part, isWatched));
    await Promise.all(due.map((part) => this.#ask(part)));
    this.#state = { ...this.#state, at: this.#clock.now() };
    return this.figures();
  }

  /** The figures of what was last seen. */
  figures(): SystemSample {
    const { at, memory, disks, gpu, network } = this.#state;
    const sum = (of: "received" | "sent") =>
      network && rounded(network.reduce((all, one) => all + one[of], 0));
    return {
      at,
      cpu: this.#cpuPercent,
      memory: memory && percent(memory.used, memory.total),
      disk: largest(disks?.map(({ used, total }) => percent(used, total))),
      gpu: largest(gpu?.map(({ busy }) => busy)),
      gpuMemory: largest(
        gpu?.map(({ memoryUsed, memoryTotal }) => {
          // A GPU without memory of its own takes the machine's.
          const total = memoryTotal ?? memory?.total ?? null;
          return memoryUsed === null || total === null ? null : percent(memoryUsed, total);
        }),
      ),
      received: sum("received"),
      sent: sum("sent"),
    };
  }

  #isDue(part: SystemPart, isWatched: boolean): boolean {
    const known = this.#parts.get(part);
    const mode = isWatched ? "watched" : "idle";
    const every = EVERY[part][mode];
    if (known?.asking || every === Infinity) return false;
    if (!known) return true;
    const wait = known.isMissing ? MISSING_AGAIN[mode] : Math.max(every, known.tookMs / SHARE[mode]);
    return this.#clock.now() - known.askedAt >= wait - LEEWAY_MS;
  }

  async #ask(part: SystemPart): Promise<void> {
    const known: PartState = { askedAt: this.#clock.now(), tookMs: 0, isMissing: false, asking: true };
    this.#parts.set(part, known);
    const start = this.#measure();
    // Parts are asked at once, and each changes the state when it is answered.
    const others = () => this.#state.missing.filter((one) => one.part !== part);
    try {
      const changes = await this.#read(part);
      this.#state = { ...this.#state, ...changes, missing: others() };
    } catch (error) {
      const { why, needs, detail } = MissingError.of(error);
      known.isMissing = true;
      if (part === "cpu") this.#cpuPercent = null;
      this.#state = {
        ...this.#state,
        [part]: null,
        missing: [...others(), { part, why, needs, ...(detail ? { detail } : {}) }],
      };
    } finally {
      known.asking = false;
      known.tookMs = this.#measure() - start;
    }
  }

  async #read(part: SystemPart): Promise<Partial<SystemState>> {
    switch (part) {
      case "cpu":
        return await this.#readCpu();
      case "network":
        return await this.#readNetwork();
      case "memory":
        return { memory: await this.#host.memory() };
      case "gpu":
        return { gpu: await this.#host.gpu() };
      case "disks":
        return { disks: await this.#host.disks() };
      case "processes":
        return { processes: await this.#host.processes() };
    }
  }

  /** A core's load is what it did since it was last asked. */
  async #readCpu(): Promise<Partial<SystemState>> {
    const { model, cores, load } = await this.#host.cpu();
    const before = this.#cores;
    this.#cores = cores;
    if (before.length !== cores.length) return { cpu: null };
    const spent = cores.map(({ busy, total }, i) => {
      return { busy: busy - (before[i]?.busy ?? 0), total: total - (before[i]?.total ?? 0) };
    });
    const all = spent.reduce(
      (sum, { busy, total }) => ({ busy: sum.busy + busy, total: sum.total + total }),
      {
        busy: 0,
        total: 0,
      },
    );
    // Asked twice within one tick of the system's counters.
    if (all.total <= 0) return {};
    this.#cpuPercent = percent(all.busy, all.total);
    return {
      cpu: { model, cores: spent.map(({ busy, total }) => total > 0 ? percent(busy, total) : 0), load },
    };
  }

  /** Counters that go back are those of an interface, or a machine, that began anew. */
  async #readNetwork(): Promise<Partial<SystemState>> {
    const list = await this.#host.network();
    const at = this.#clock.now();
    const before = this.#counters;
    this.#counters = { at, list };
    const seconds = before ? (at - before.at) / 1000 : 0;
    if (!before || seconds <= 0) return {};
    const network = list.map(({ name, received, sent }) => {
      const old = before.list.find((one) => one.name === name);
      const rate = (now: number, then: number | undefined) =>
        then === undefined || now < then ? 0 : rounded((now - then) / seconds);
      return { name, received: rate(received, old?.received), sent: rate(sent, old?.sent) };
    });
    return { network };
  }
}

function percent(part: number, whole: number): number {
  return whole > 0 ? rounded(Math.min(100, Math.max(0, part / whole * 100))) : 0;
}

function largest(values: readonly (number | null)[] | undefined): number | null {
  const known = (values ?? []).filter((value) => value !== null);
  return known.length > 0 ? Math.max(...known) : null;
}
