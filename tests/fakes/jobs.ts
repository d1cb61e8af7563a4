import { Died } from "./play.ts";
import type { Reply } from "./wire.ts";

/** Something that a server does in the background, and how that goes; it gets one step further each time it is asked about. */
export interface Job {
  /** Bytes; 1,000 unless given. */
  bytes?: number;
  /** Questions until it is done; 4 unless given. */
  steps?: number;
  /** It fails after this step, in these words; as often as is named in `times`, for ever unless given. */
  fails?: { after: number; words: string; times?: number };
  /** It gets no further than this step. */
  stopsAt?: number;
  /** The question after this step breaks off, once. */
  breaksAfter?: number;
  /** The question after this step is not answered, once. */
  hangsAfter?: number;
}

/** Where a job stands. */
export interface JobStatus {
  name: string;
  completed: number;
  total: number;
  percent: number;
  isDone: boolean;
  failure?: string;
  isCancelled: boolean;
}

interface Running {
  name: string;
  step: number;
  isCancelled: boolean;
  isFailed: boolean;
  failures: number;
}

/** The jobs of a server. What was loaded stays when they are forgotten, and a new job of the same name goes on there. */
export class Jobs {
  readonly #library: Readonly<Record<string, Job>>;
  readonly #prefix: string;
  readonly #running = new Map<string, Running>();
  readonly #loaded = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  readonly #spent = new Set<string>();
  #count = 0;

  constructor(library: Readonly<Record<string, Job>>, prefix: string) {
    this.#library = library;
    this.#prefix = prefix;
  }

  /** Begins one; undefined where the name is in no library. */
  begin(name: string): string | undefined {
    if (!this.#library[name]) return undefined;
    const id = `${this.#prefix}-${++this.#count}`;
    this.#running.set(id, {
      name,
      step: this.#loaded.get(name) ?? 0,
      isCancelled: false,
      isFailed: false,
      failures: 0,
    });
    return id;
  }

  /** As of a server that was started anew. */
  forget(): void {
    this.#running.clear();
  }

  /** False where there is no such job. */
  cancel(id: string): boolean {
    const running = this.#running.get(id);
    if (running) running.isCancelled = true;
    return running !== undefined;
  }

  totalOf(name: string): number {
    return this.#library[name]?.bytes ?? 1_000;
  }

  /** Gets a job one step further; undefined for one that is not known. */
  ask(id: string): JobStatus | Reply | undefined {
    const running = this.#running.get(id);
    if (!running) return undefined;
    const { name } = running;
    const { steps = 4, fails, stopsAt = Infinity, breaksAfter, hangsAfter } = this.#library[name] ?? {};
    if (running.step === breaksAfter && this.#once(`breaks ${name}`)) return BREAKING;
    if (running.step === hangsAfter && this.#once(`hangs ${name}`)) return HANGING;
    const failed = this.#failures.get(name) ?? 0;
    if (fails && running.step >= fails.after && !running.isFailed && failed < (fails.times ?? Infinity)) {
      running.isFailed = true;
      this.#failures.set(name, failed + 1);
    }
    if (!running.isFailed && !running.isCancelled) running.step = Math.min(running.step + 1, steps, stopsAt);
    this.#loaded.set(name, running.step);
    const total = this.totalOf(name);
    return {
      name,
      total,
      completed: Math.round(total * running.step / steps),
      percent: 100 * running.step / steps,
      isDone: running.step >= steps && !running.isFailed && !running.isCancelled,
      isCancelled: running.isCancelled,
      ...(running.isFailed && fails ? { failure: fails.words } : {}),
    };
  }

  #once(what: string): boolean {
    if (this.#spent.has(what)) return false;
    this.#spent.add(what);
    return true;
  }
}

const HANGING: Reply = {
  type: "chunks",
  contentType: "application/json",
  chunks: async function* (wait) {
    await wait(60_000);
    yield "{}";
  },
};

/** Begun before it breaks, or clients would ask once more by themselves. */
const BREAKING: Reply = {
  type: "chunks",
  contentType: "application/json",
  chunks: async function* (wait) {
    yield '{"proc';
    await wait(1);
    throw new Died();
  },
};

/** Whether a question is answered by nothing, or by half of an answer. */
export function isTrouble(answer: JobStatus | Reply): answer is Reply {
  return "type" in answer;
}

export function json(body: unknown, status = 200): Reply {
  return { type: "json", status, body };
}

export function recordOf(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null ? body as Record<string, unknown> : {};
}
