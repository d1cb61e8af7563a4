import {
  type BenchmarkPrompt,
  type BenchmarkState,
  type ErrorBody,
  FreshetError,
  type WarmUp,
} from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import type { Principal } from "../../access/mod.ts";
import type { Dispatcher } from "../../nodes/mod.ts";
import type { BenchmarkRecord, TargetRecord } from "../record.ts";
import { measuredCall } from "./measured_call.ts";
import type { NodeTurns } from "./node_turns.ts";
import { callName, missingCalls, type PlannedCall } from "./plan.ts";
import { requestOf } from "./request.ts";
import { LostBenchmark, type ResultBook } from "./result_book.ts";
import type { TargetNode, TargetNodes } from "./target_nodes.ts";

/** A model that fails so often in a row is not asked for the rest. */
export const FAILURES_IN_A_ROW = 10;
/** Nodes that are warmed up for one model at most. */
const WARM_UPS_MAX = 8;
const WARM_UP_PROMPT: BenchmarkPrompt = { text: "Say OK." };
const WARM_UP_TOKENS = 8;

/** What a run of a benchmark needs. */
export interface BenchmarkRunOptions {
  dispatcher: Pick<Dispatcher, "dispatch">;
  targetNodes: TargetNodes;
  turns: NodeTurns;
  clock: Clock;
  log: Log;
  principal: Principal;
  book: ResultBook;
  prompts: readonly BenchmarkPrompt[];
  /** By model: the calls that were counted before. */
  done: readonly Set<string>[];
  /** Called after each commit. */
  onProgress: (record: BenchmarkRecord) => void;
}

/** A benchmark while this process has it in hand: model by model, so that none is measured while another is loaded. */
export class BenchmarkRun {
  /** Resolved when all is written; never rejects. */
  readonly ended: Promise<void>;
  readonly #options: BenchmarkRunOptions;
  readonly #stopping = new AbortController();
  #endState: BenchmarkState = "done";

  constructor(options: BenchmarkRunOptions) {
    this.#options = options;
    this.ended = this.#run();
  }

  get record(): BenchmarkRecord {
    return this.#options.book.record;
  }

  /** Ends the calls under way, which do not count, and leaves the benchmark in a state. */
  async stop(state: "stopped" | "interrupted"): Promise<void> {
    if (!this.#stopping.signal.aborted) this.#endState = state;
    this.#stopping.abort();
    await this.ended;
  }

  /** Somebody else has it in hand or has ended it: nothing more is written. */
  lose(): void {
    this.#stopping.abort(new LostBenchmark("The benchmark is not ours any more"));
  }

  async #run(): Promise<void> {
    const { book, log } = this.#options;
    try {
      await this.#measureAll();
      await this.#finish(this.#endState);
    } catch (error) {
      if (error instanceof LostBenchmark) return;
      log.error("A benchmark has failed", { benchmark: book.record.id, error });
      const body: ErrorBody = { code: "internal", message: "The benchmark could not go on" };
      await this.#finish("failed", body).catch((cause) =>
        log.error("Cannot write how a benchmark ended", { benchmark: book.record.id, error: cause })
      );
    }
  }

  async #finish(state: BenchmarkState, error?: ErrorBody): Promise<void> {
    const { clock, book } = this.#options;
    if (this.#stopping.signal.reason instanceof LostBenchmark) return;
    await this.#change((record) => ({
      ...record,
      state,
      finishedAt: clock.now(),
      ...(error ? { error } : {}),
    }));
    this.#options.onProgress(book.record);
  }

  async #measureAll(): Promise<void> {
    const { targetNodes, turns, principal, clock } = this.#options;
    const { signal } = this.#stopping;
    const found = await Promise.all(this.record.targets.map((target) => targetNodes.of(principal, target)));
    const release = await turns.take(found.flatMap(({ nodes }) => nodes.map(({ id }) => id)), signal)
      .catch((error) => {
        if (signal.aborted) return null;
        throw error;
      });
    if (!release) return;
    try {
      await this.#change((record) => {
        return { ...record, state: "running", startedAt: record.startedAt ?? clock.now() };
      });
      for (const [index, { nodes, models }] of found.entries()) {
        if (signal.aborted) return;
        await this.#measure(index, nodes, models);
      }
    } finally {
      release();
    }
  }

  async #measure(index: number, nodes: readonly TargetNode[], models: readonly string[]): Promise<void> {
    const { done, prompts, principal, targetNodes, log } = this.#options;
    const { signal } = this.#stopping;
    const { repetitions } = this.record.parameters;
    const left = missingCalls({ prompts: prompts.length, repetitions }, done[index] ?? new Set());
    const calls = left.next();
    if (calls.done) return;
    await this.#warmUp(index, nodes.slice(0, WARM_UPS_MAX), models);
    if (signal.aborted) return;
    await this.#callAll(index, calls.value, left);
    if (signal.aborted) return;
    // That a node does not tell what a model takes is no reason to lose the rest.
    const memory = await targetNodes.memory(principal, nodes.map(({ id }) => id), models).catch((error) => {
      log.warn("Cannot ask what a model takes in memory", { model: models.join(", "), error });
      return [];
    });
    await this.#changeTarget(index, (target) => ({ ...target, memory }));
  }

  /** As many calls at the same time as wanted, until none is left or the model has failed too often in a row. */
  async #callAll(
    index: number,
    first: PlannedCall,
    rest: Generator<PlannedCall, void, undefined>,
  ): Promise<void> {
    const { clock, book, done, onProgress } = this.#options;
    const { concurrency } = this.record.parameters;
    const before = this.record.targets[index]?.tally.measuredMs ?? 0;
    const startedAt = clock.now();
    let next: PlannedCall | undefined = first;
    let failures = 0;
    let givenUp: ErrorBody | undefined;
    const written: Promise<void>[] = [];
    const take = (): PlannedCall | undefined => {
      const call = next;
      next = rest.next().value ?? undefined;
      return call;
    };
    const work = async () => {
      while (!givenUp && !this.#stopping.signal.aborted) {
        const call = take();
        if (!call) return;
        const figures = await this.#call(index, call);
        if (!figures) return;
        failures = figures.error ? failures + 1 : 0;
        if (failures >= FAILURES_IN_A_ROW) givenUp = figures.error;
        done[index]?.add(callName(call));
        const writing = book.add({ target: index, ...call, ...figures }, before + clock.now() - startedAt)
          .then(() => onProgress(book.record));
        // The next call does not wait for the disk; what goes wrong there ends the run.
        writing.catch((error) => this.#stopping.abort(error));
        written.push(writing);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    await Promise.all(written);
    const reason = givenUp;
    if (reason) await this.#changeTarget(index, (target) => ({ ...target, givenUp: reason }));
  }

  #call(index: number, { prompt: place }: PlannedCall) {
    const { dispatcher, clock, principal, prompts } = this.#options;
    const { id, targets, parameters } = this.record;
    const target = targets[index];
    const prompt = prompts[place];
    if (!target || !prompt) {
      throw new Error(`Cannot make a call: there is no prompt ${place} or model ${index}`);
    }
    return measuredCall({
      dispatcher,
      clock,
      principal,
      benchmarkId: id,
      prompt,
      request: requestOf(target.model, prompt, parameters),
      nodeId: target.nodeId,
      signal: this.#stopping.signal,
    });
  }

  /** A call to each node that does not count, since it may load the model. Of a benchmark that goes on, the first one is kept. */
  async #warmUp(index: number, nodes: readonly TargetNode[], models: readonly string[]): Promise<void> {
    const warmed = await Promise.all(nodes.map((node) => this.#warmUpAt(index, node, models)));
    await this.#changeTarget(index, (target) => ({
      ...target,
      warmUps: [
        ...target.warmUps,
        ...warmed.filter((one) => one !== null).filter(({ nodeId }) =>
          !target.warmUps.some((known) => known.nodeId === nodeId)
        ),
      ],
    }));
  }

  async #warmUpAt(index: number, node: TargetNode, models: readonly string[]): Promise<WarmUp | null> {
    const { dispatcher, clock, principal, targetNodes } = this.#options;
    const { id: benchmarkId, targets, parameters } = this.record;
    const wasLoaded = await targetNodes.isLoaded(principal, node.id, models).catch((error) => {
      // The node may have been taken away since.
      if (error instanceof FreshetError) return null;
      throw error;
    });
    const figures = await measuredCall({
      dispatcher,
      clock,
      principal,
      benchmarkId,
      prompt: WARM_UP_PROMPT,
      request: requestOf(targets[index]?.model ?? "", WARM_UP_PROMPT, {
        ...parameters,
        maxTokens: WARM_UP_TOKENS,
      }),
      nodeId: node.id,
      signal: this.#stopping.signal,
    });
    if (!figures) return null;
    const { firstTokenMs, durationMs, error } = figures;
    return {
      nodeId: node.id,
      nodeName: node.name,
      wasLoaded,
      firstTokenMs,
      durationMs,
      ...(error ? { error } : {}),
    };
  }

  #changeTarget(index: number, change: (target: TargetRecord) => TargetRecord): Promise<void> {
    return this.#change((record) => ({
      ...record,
      targets: record.targets.map((target, i) => i === index ? change(target) : target),
    }));
  }

  async #change(change: (record: BenchmarkRecord) => BenchmarkRecord): Promise<void> {
    const { book, onProgress } = this.#options;
    await book.change(change);
    onProgress(book.record);
  }
}
