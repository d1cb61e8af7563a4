import { type ErrorBody, FreshetError, toFreshetError } from "../../shared/mod.ts";
import { type Clock, type Log, sleep } from "../../host/mod.ts";
import type { PullStep } from "../../providers/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import { HOUSE } from "../house.ts";
import { DOWNLOAD, type DownloadRecord } from "./record.ts";
import { SpeedMeter } from "./speed_meter.ts";

const PUBLISH_EVERY_MS = 500;
const KEEP_EVERY_MS = 2_000;
/** Checking a large model takes minutes without a word. */
const SILENCE_MS = 15 * 60_000;
/** How long it is waited for what a server calls a download that it goes on with by itself. */
const NAMING_MS = 3_000;
/** Pauses after failures in a row; then it is given up. A byte that comes begins them anew. */
const BACK_OFF_MS = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000, 60_000];
/** What may be gone the next time. */
const PASSING = new Set(["unreachable", "unavailable", "upstream", "stalled", "rate_limited"]);

/** What a pull needs. */
export interface PullOptions {
  store: Store;
  clock: Clock;
  log: Log;
  record: DownloadRecord;
  versionstamp: string;
  /** Asks the server; each try calls it anew, with what the server called the download in the last one. */
  ask(signal: AbortSignal, job: string | undefined): AsyncIterable<PullStep>;
  /** Tells the pages. */
  publish(record: DownloadRecord): void;
}

/**
 * One download in the hands of this process. Its record is written under a check, so that a person's word (pause, remove)
 * that reached another process, or another owner, ends it here within two seconds.
 */
export class Pull {
  readonly #options: PullOptions;
  readonly #controller = new AbortController();
  readonly #layers = new Map<string, { totalBytes: number; completedBytes: number }>();
  readonly #speed = new SpeedMeter();
  #record: DownloadRecord;
  #versionstamp: string;
  #writing: Promise<unknown> = Promise.resolve();
  #publishedAt = 0;
  #keptAt = 0;
  #failures = 0;
  /** Set while a server has been asked for a download and has not told yet what it calls it. */
  #naming: PromiseWithResolvers<void> | undefined;
  readonly #ended: Promise<void>;

  constructor(options: PullOptions) {
    this.#options = options;
    this.#record = options.record;
    this.#versionstamp = options.versionstamp;
    this.#ended = this.#run();
  }

  /** As it is now; newer than what is kept. */
  get record(): DownloadRecord {
    return this.#record;
  }

  /** Resolves when nothing of it is under way any more. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Ends it, and keeps what it came to with these changes; without any its record says that it is to be gone on with. */
  async stop(changes?: Partial<DownloadRecord>): Promise<void> {
    await this.#named();
    this.#controller.abort();
    await this.#ended;
    if (this.#record.finishedAt !== undefined) return;
    await this.#keep({ ...changes, bytesPerSecond: 0, secondsLeft: null });
  }

  async #run(): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#controller;
    while (!signal.aborted) {
      try {
        await this.#try();
        return await this.#end({ state: "done", completedBytes: this.#record.totalBytes });
      } catch (cause) {
        if (signal.aborted) break;
        const error = toFreshetError(cause);
        const pause = BACK_OFF_MS[this.#failures++];
        log.warn("A download of a model broke off", { model: this.#record.model, error: error.message });
        if (pause === undefined || !PASSING.has(error.code)) {
          return await this.#end({ state: "failed", error: error.toBody() });
        }
        await this.#pause(pause, waitingBody(error));
      }
    }
  }

  async #try(): Promise<void> {
    const { clock } = this.#options;
    const silence = new AbortController();
    let cancel = () => {};
    const wait = () => {
      cancel();
      cancel = clock.after(SILENCE_MS, () => silence.abort(new DOMException("Silence", "TimeoutError")));
    };
    this.#layers.clear();
    this.#speed.reset();
    const { isServerSide, job } = this.#record;
    if (isServerSide && job === undefined) this.#naming = Promise.withResolvers();
    wait();
    try {
      const signal = AbortSignal.any([this.#controller.signal, silence.signal]);
      for await (const step of this.#options.ask(signal, this.#record.job)) {
        wait();
        this.#take(step);
      }
    } finally {
      cancel();
      this.#naming?.resolve();
      this.#naming = undefined;
    }
  }

  /** What is left before its name is known would go on in its server, where nobody could end it. */
  async #named(): Promise<void> {
    const naming = this.#naming;
    if (!naming) return;
    const cancel = this.#options.clock.after(NAMING_MS, () => naming.resolve());
    await naming.promise;
    cancel();
  }

  #take({ phase, layer, job = this.#record.job }: PullStep): void {
    const { clock } = this.#options;
    const before = this.#record;
    if (layer) this.#layers.set(layer.digest, layer);
    const layers = [...this.#layers.values()];
    const completed = layers.reduce((sum, { completedBytes }) => sum + completedBytes, 0);
    const total = layers.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
    const now = clock.now();
    if (layer) this.#speed.add(now, completed);
    if (completed > before.completedBytes) this.#failures = 0;
    const { bytesPerSecond } = this.#speed;
    const { retryAt: _, error: _error, ...rest } = before;
    this.#record = {
      ...rest,
      state: "running",
      phase,
      completedBytes: layers.length > 0 ? completed : before.completedBytes,
      totalBytes: layers.length > 0 ? total : before.totalBytes,
      bytesPerSecond,
      secondsLeft: bytesPerSecond > 0 ? Math.ceil((total - completed) / bytesPerSecond) : null,
      updatedAt: now,
      ...(job === undefined ? {} : { job }),
    };
    if (job !== undefined) this.#naming?.resolve();
    if (now - this.#publishedAt >= PUBLISH_EVERY_MS) this.#publish();
    // A job that nobody knows of could not be followed after a restart.
    if (job !== before.job || now - this.#keptAt >= KEEP_EVERY_MS) void this.#keep({});
  }

  async #pause(ms: number, error: ErrorBody): Promise<void> {
    const { clock } = this.#options;
    const retryAt = clock.now() + ms;
    await this.#keep({ state: "waiting", retryAt, error, bytesPerSecond: 0, secondsLeft: null });
    this.#publish();
    await sleep(clock, ms, this.#controller.signal).catch((reason) => {
      if (!this.#controller.signal.aborted) throw reason;
    });
  }

  async #end(changes: Partial<DownloadRecord>): Promise<void> {
    const { clock } = this.#options;
    await this.#keep({ ...changes, bytesPerSecond: 0, secondsLeft: null, finishedAt: clock.now() });
    if (!this.#controller.signal.aborted) this.#publish();
  }

  #publish(): void {
    this.#publishedAt = this.#options.clock.now();
    this.#options.publish(this.#record);
  }

  /** One after the other: each checks that nobody else has written since the last. */
  #keep(changes: Partial<DownloadRecord>): Promise<void> {
    const { clock, log } = this.#options;
    this.#record = { ...this.#record, ...changes, updatedAt: clock.now() };
    this.#keptAt = clock.now();
    const writing = this.#writing.then(() => this.#write()).catch((error) => {
      log.error("Cannot keep a download", { error });
    });
    this.#writing = writing;
    return writing;
  }

  async #write(): Promise<void> {
    const { store } = this.#options;
    const key = keys.modelDownload(HOUSE, this.#record.id);
    await using transaction = store.transaction();
    transaction.operation.check({ key, versionstamp: this.#versionstamp });
    await transaction.set(DOWNLOAD, key, this.#record);
    const result = await transaction.commit();
    if (result.ok) this.#versionstamp = result.versionstamp;
    else this.#controller.abort(new FreshetError("conflict", "Somebody else has taken the download in hand"));
  }
}

/** What broke off goes on by itself: what a person could do about an answer that did is no hint. */
function waitingBody(error: FreshetError): ErrorBody {
  const { hint, ...body } = error.toBody();
  return hint === undefined || error.code === "upstream" ? body : { ...body, hint };
}
