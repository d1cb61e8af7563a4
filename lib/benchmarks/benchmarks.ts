import {
  type Benchmark,
  type BenchmarkEstimate,
  type BenchmarkResults,
  type Comparison,
  type CreateBenchmarkBody,
  FreshetError,
  HOUSE_PROFILE,
  type LeaderboardRow,
  type PromptSet,
} from "../shared/mod.ts";
import { type Principal, requireScope } from "../access/mod.ts";
import { IdempotentRequest, keys } from "../store/mod.ts";
import { BenchmarkStore } from "./benchmark_store.ts";
import { estimateOf } from "./estimate.ts";
import { newRecord, requireFewCalls, requireModels } from "./new_benchmark.ts";
import type { BenchmarksOptions } from "./options.ts";
import { parametersOf } from "./parameters.ts";
import { BENCHMARK_PROMPTS, isUnderWay, viewOf } from "./record.ts";
import { Results, type ResultsQuery } from "./results.ts";
import { RunningBenchmarks } from "./run/running_benchmarks.ts";
import { TargetNodes } from "./run/target_nodes.ts";
import { PromptSets } from "./sets/prompt_sets.ts";
import { compare, type Side } from "./summary/comparison.ts";
import { type LeaderboardChoice, leaderboardOf } from "./summary/leaderboard.ts";

/**
 * Measures models by sets of prompts: how soon and how fast they answer, how often they fail, and how often they are right.
 * Each benchmark is a record before its first call is made, runs in the background, and keeps what it has counted. All of them
 * are the house's, whoever asks.
 */
export class Benchmarks {
  readonly sets: PromptSets;
  readonly #options: BenchmarksOptions;
  readonly #records: BenchmarkStore;
  readonly #results: Results;
  readonly #running: RunningBenchmarks;
  readonly #targetNodes: TargetNodes;

  constructor(options: BenchmarksOptions) {
    this.#options = options;
    this.sets = new PromptSets(options);
    this.#records = new BenchmarkStore(options.store);
    this.#results = new Results(options.store);
    this.#targetNodes = new TargetNodes(options);
    this.#running = new RunningBenchmarks({
      ...options,
      records: this.#records,
      results: this.#results,
      targetNodes: this.#targetNodes,
    });
  }

  /** Finds the benchmarks whose process has ended in their midst, and deletes what it has begun to delete. */
  async start(): Promise<void> {
    await this.#running.start();
  }

  /** All benchmarks, newest first. */
  async list(_principal: Principal): Promise<Benchmark[]> {
    return (await this.#records.list()).map(({ value }) => viewOf(value));
  }

  /** One benchmark. Throws `not_found`. */
  async get(_principal: Principal, id: string): Promise<Benchmark> {
    return viewOf((await this.#records.get(id)).value);
  }

  /** What a benchmark would come to. Throws as `create` does. */
  async estimate(principal: Principal, body: CreateBenchmarkBody): Promise<BenchmarkEstimate> {
    const { set, parameters } = await this.#validated(principal, body);
    const { prices } = this.#options;
    const { targets } = body;
    return await estimateOf({ principal, set, targets, parameters, prices, targetNodes: this.#targetNodes });
  }

  /**
   * Begins a benchmark; a repeated request with the same key answers with what the first one made. Throws `invalid_request`,
   * `not_found` for the set, `model_not_found`, and `conflict` where too many are kept.
   */
  async create(
    principal: Principal,
    body: CreateBenchmarkBody,
    idempotencyKey: string | null = null,
  ): Promise<Benchmark> {
    requireScope(principal, "admin");
    const request = this.#request("benchmark", idempotencyKey);
    const made = await request.result();
    if (made !== null) return await this.get(principal, made);
    const { set } = await this.#validated(principal, body);
    return await this.#begin(principal, body, set, request);
  }

  /** The same benchmark once more, with the prompts that it had. Throws as `create` does. */
  async repeat(
    principal: Principal,
    id: string,
    idempotencyKey: string | null = null,
  ): Promise<Benchmark> {
    requireScope(principal, "admin");
    const { value: record } = await this.#records.get(id);
    const request = this.#request(`benchmark/${id}`, idempotencyKey);
    const made = await request.result();
    if (made !== null) return await this.get(principal, made);
    const { name, setId, setName, targets, parameters } = record;
    const prompts = await this.#results.prompts(record);
    const set = { id: setId, name: setName, description: "", origin: "own", prompts, updatedAt: 0 } as const;
    const body = {
      name,
      setId,
      ...parameters,
      targets: targets.map(({ model, nodeId }) => ({ model, ...(nodeId === undefined ? {} : { nodeId }) })),
    };
    await requireModels(principal, body, this.#targetNodes);
    return await this.#begin(principal, body, set, request);
  }

  /** Ends the calls under way, which do not count. Throws `conflict` where it is not under way. */
  async stop(principal: Principal, id: string): Promise<Benchmark> {
    requireScope(principal, "admin");
    const stored = await this.#records.get(id);
    if (!isUnderWay(stored.value)) throw new FreshetError("conflict", "This benchmark is not under way");
    await this.#running.stop(stored);
    return await this.get(principal, id);
  }

  /** Makes the calls that are missing. Throws `conflict` where it is under way or whole. */
  async resume(principal: Principal, id: string): Promise<Benchmark> {
    requireScope(principal, "admin");
    const stored = await this.#records.get(id);
    if (isUnderWay(stored.value)) throw new FreshetError("conflict", "This benchmark is under way");
    const { done, total } = viewOf(stored.value);
    if (done >= total) throw new FreshetError("conflict", "Nothing of this benchmark is missing");
    const { error: _, finishedAt: _finished, ...rest } = stored.value;
    const targets = rest.targets.map(({ givenUp: _givenUp, ...target }) => target);
    const prompts = await this.#results.prompts(stored.value);
    return viewOf(
      await this.#running.take(principal, stored, { ...rest, targets, state: "waiting" }, prompts),
    );
  }

  /** Stops a benchmark where it is under way, and deletes it with all results. */
  async delete(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "admin");
    const stored = await this.#records.get(id);
    if (isUnderWay(stored.value)) await this.#running.stop(stored);
    await this.#records.delete(id);
    this.#options.feed.publish(HOUSE_PROFILE, { type: "benchmark:removed", benchmarkId: id });
  }

  /** The calls that were counted, in the order of their ends. */
  async results(_principal: Principal, id: string, query: ResultsQuery): Promise<BenchmarkResults> {
    return await this.#results.list((await this.#records.get(id)).value, query);
  }

  /** All calls as CSV, or the benchmark with all calls as JSON. */
  async export(_principal: Principal, id: string, format: "csv" | "json"): Promise<AsyncIterable<string>> {
    const { value: record } = await this.#records.get(id);
    return format === "csv" ? this.#results.csv(record) : this.#results.json(record);
  }

  /** What each model came to on each set. */
  async leaderboard(_principal: Principal, choice?: LeaderboardChoice): Promise<LeaderboardRow[]> {
    return leaderboardOf((await this.#records.list()).map(({ value }) => value), choice);
  }

  /** Two models beside each other; a side is `id` or `id.n`, n being the model's place. Throws `not_found`. */
  async compare(_principal: Principal, a: string, b: string): Promise<Comparison> {
    const [left, right] = await Promise.all([this.#side(a), this.#side(b)]);
    return compare(left, right);
  }

  /** Ends what is under way, to be continued after the next start. */
  async close(): Promise<void> {
    await this.#running.close();
  }

  async #side(name: string): Promise<Side> {
    const [id = "", target = "0"] = name.split(".");
    return { record: (await this.#records.get(id)).value, target: Number(target) };
  }

  #request(scope: string, idempotencyKey: string | null): IdempotentRequest<string> {
    return new IdempotentRequest<string>(this.#options.store, HOUSE_PROFILE, scope, idempotencyKey);
  }

  async #validated(principal: Principal, body: CreateBenchmarkBody) {
    const set = await this.sets.get(principal, body.setId);
    const parameters = parametersOf(body);
    requireFewCalls(set, parameters, body);
    await requireModels(principal, body, this.#targetNodes);
    return { set, parameters };
  }

  async #begin(
    principal: Principal,
    body: CreateBenchmarkBody,
    set: PromptSet,
    request: IdempotentRequest<string>,
  ): Promise<Benchmark> {
    const { clock, nodes } = this.#options;
    await this.#records.requireRoom();
    const nodeNames = new Map((await nodes.registry.list(principal)).map(({ id, name }) => [id, name]));
    const parameters = parametersOf(body);
    const record = await newRecord({ body, parameters, set, nodeNames, now: clock.now() });
    const at = { key: this.#records.keyOf(record.id), versionstamp: null };
    return viewOf(
      await this.#running.take(principal, at, record, set.prompts, async (transaction) => {
        const key = keys.benchmarkPrompts(HOUSE_PROFILE, record.id);
        await transaction.set(BENCHMARK_PROMPTS, key, set.prompts);
        request.keep(transaction.operation, record.id);
      }),
    );
  }
}
