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
  /** Somebody pauses it at this step in the server's own window, and goes on with it after as many questions. */
  pausesAt?: { step: number; questions: number };
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
  isPaused: boolean;
}

interface Running {
  name: string;
  step: number;
  isCancelled: boolean;
  isFailed: boolean;
  isPaused: boolean;
  isOver: boolean;
}

/** What of a server's jobs differs between servers. */
export interface JobsOptions {
  /** It works at one job at a time and tells nothing of those behind it. */
  isSerial?: boolean;
  /** Cancelling drops what was loaded. */
  dropsCancelled?: boolean;
}

/** The jobs of a server. What was loaded stays when they are forgotten, and a new job of the same name goes on there. */
export class Jobs {
  readonly #library: Readonly<Record<string, Job>>;
  readonly #prefix: string;
  readonly #options: JobsOptions;
  readonly #running = new Map<string, Running>();
  readonly #loaded = new Map<string, number>();
  readonly #steps = new Map<string, number>();
  readonly #questions = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  readonly #spent = new Set<string>();
  #count = 0;

  constructor(library: Readonly<Record<string, Job>>, prefix: string, options: JobsOptions = {}) {
    this.#library = library;
    this.#prefix = prefix;
    this.#options = options;
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
      isPaused: false,
      isOver: false,
    });
    return id;
  }

  /** As of a server that was started anew. */
  forget(): void {
    this.#running.clear();
  }

  /** False where there is no such job, or it is over. */
  cancel(id: string): boolean {
    const running = this.#running.get(id);
    if (!running || running.isOver) return false;
    running.isCancelled = running.isOver = true;
    if (this.#options.dropsCancelled) this.#loaded.delete(running.name);
    return true;
  }

  /** Ends a job with what it has loaded, with which the next one goes on; false where there is no such job, or it is over. */
  pause(id: string): boolean {
    const running = this.#running.get(id);
    if (!running || running.isOver) return false;
    return running.isPaused = running.isOver = true;
  }

  isPaused(id: string): boolean {
    return this.#running.get(id)?.isPaused === true;
  }

  /** Whether others are worked at before it. */
  #waits(id: string): boolean {
    if (!this.#options.isSerial) return false;
    for (const [other, { isOver }] of this.#running) {
      if (other === id) return false;
      if (!isOver) return true;
    }
    return false;
  }

  /** How often something of a name was loaded. */
  stepsOf(name: string): number {
    return this.#steps.get(name) ?? 0;
  }

  totalOf(name: string): number {
    return this.#library[name]?.bytes ?? 1_000;
  }

  /** Gets a job one step further; undefined for one that is not known. */
  ask(id: string): JobStatus | Reply | undefined {
    const running = this.#running.get(id);
    if (!running || this.#waits(id)) return undefined;
    const { name } = running;
    const { steps = 4, fails, stopsAt = Infinity, breaksAfter, hangsAfter } = this.#library[name] ?? {};
    if (running.step === breaksAfter && this.#once(`breaks ${name}`)) return BREAKING;
    if (running.step === hangsAfter && this.#once(`hangs ${name}`)) return HANGING;
    if (this.#isPausedAt(running)) return this.#statusOf(running, true);
    const failed = this.#failures.get(name) ?? 0;
    if (fails && running.step >= fails.after && !running.isFailed && failed < (fails.times ?? Infinity)) {
      running.isFailed = true;
      this.#failures.set(name, failed + 1);
    }
    if (running.isFailed || running.step >= steps) running.isOver = true;
    if (!running.isOver) {
      running.step = Math.max(running.step, this.#loaded.get(name) ?? 0) + 1;
      this.#steps.set(name, this.stepsOf(name) + 1);
    }
    running.step = Math.min(running.step, steps, stopsAt);
    if (!running.isCancelled) this.#loaded.set(name, running.step);
    if (running.step >= steps) running.isOver = true;
    return this.#statusOf(running);
  }

  #statusOf(running: Running, isPaused = running.isPaused): JobStatus {
    const { name, step } = running;
    const { steps = 4, fails } = this.#library[name] ?? {};
    const total = this.totalOf(name);
    return {
      name,
      total,
      completed: Math.round(total * step / steps),
      percent: 100 * step / steps,
      isDone: step >= steps && !running.isFailed && !running.isCancelled,
      isCancelled: running.isCancelled,
      isPaused,
      ...(running.isFailed && fails ? { failure: fails.words } : {}),
    };
  }

  /** Counts the questions while it is paused in the server's own window. */
  #isPausedAt({ name, step }: Running): boolean {
    const { pausesAt } = this.#library[name] ?? {};
    if (step !== pausesAt?.step) return false;
    const asked = (this.#questions.get(name) ?? 0) + 1;
    this.#questions.set(name, asked);
    return asked <= pausesAt.questions;
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
