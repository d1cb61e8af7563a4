import {
  type Benchmark,
  type BenchmarkEstimate,
  type BenchmarkResults,
  type Comparison,
  type CreateBenchmarkBody,
  FreshetError,
  isId,
  type LeaderboardRow,
  newId,
  type PromptSet,
} from "../shared/mod.ts";
import { houseOf, type Principal, requireScope } from "../access/mod.ts";
import { IdempotentRequest, keys, sha256Hex, type Stored } from "../store/mod.ts";
import type { BenchmarksOptions } from "./options.ts";
import { estimateOf } from "./estimate.ts";
import { parametersOf } from "./parameters.ts";
import { BENCHMARK, BENCHMARK_PROMPTS, type BenchmarkRecord, isUnderWay, viewOf } from "./record.ts";
import { Results, type ResultsQuery } from "./results.ts";
import { RunningBenchmarks } from "./run/running_benchmarks.ts";
import { TargetNodes } from "./run/target_nodes.ts";
import { PromptSets } from "./sets/prompt_sets.ts";
import { compare, type Side } from "./summary/comparison.ts";
import { type LeaderboardChoice, leaderboardOf } from "./summary/leaderboard.ts";
import { emptyTally } from "./summary/tally.ts";

/** Calls of one benchmark at most, and benchmarks that are kept. */
export const CALLS_MAX = 10_000;
const BENCHMARKS_MAX = 500;
/** Models of one benchmark at most. */
export const TARGETS_MAX = 10;

/**
 * Measures models by sets of prompts: how soon and how fast they answer, how often they fail, and how often they are right.
 * Each benchmark is a record before its first call is made, runs in the background, and keeps what it has counted.
 */
export class Benchmarks {
  readonly sets: PromptSets;
  readonly #options: BenchmarksOptions;
  readonly #results: Results;
  readonly #running: RunningBenchmarks;
  readonly #targetNodes: TargetNodes;

  constructor(options: BenchmarksOptions) {
    this.#options = options;
    this.sets = new PromptSets(options);
    this.#results = new Results(options.store);
    this.#targetNodes = new TargetNodes(options);
    this.#running = new RunningBenchmarks({
      ...options,
      results: this.#results,
      targetNodes: this.#targetNodes,
    });
  }

  /** Finds the benchmarks whose process has ended in their midst. */
  async start(): Promise<void> {
    await this.#running.start();
  }

  /** All benchmarks, newest first. */
  async list(principal: Principal): Promise<Benchmark[]> {
    return (await this.#records(principal)).map(viewOf);
  }

  /** One benchmark. Throws `not_found`. */
  async get(principal: Principal, id: string): Promise<Benchmark> {
    return viewOf((await this.#find(principal, id)).value);
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
    const { store } = this.#options;
    const { profileId } = houseOf(principal);
    const request = new IdempotentRequest<string>(store, profileId, "benchmark", idempotencyKey);
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
    const { value: record } = await this.#find(principal, id);
    const request = new IdempotentRequest<string>(
      this.#options.store,
      houseOf(principal).profileId,
      `benchmark/${id}`,
      idempotencyKey,
    );
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
    await this.#requireModels(principal, body);
    return await this.#begin(principal, body, set, request);
  }

  /** Ends the calls under way, which do not count. Throws `conflict` where it is not under way. */
  async stop(principal: Principal, id: string): Promise<Benchmark> {
    requireScope(principal, "admin");
    const stored = await this.#find(principal, id);
    if (!isUnderWay(stored.value)) throw new FreshetError("conflict", "This benchmark is not under way");
    await this.#running.stop(stored);
    return await this.get(principal, id);
  }

  /** Makes the calls that are missing. Throws `conflict` where it is under way or whole. */
  async resume(principal: Principal, id: string): Promise<Benchmark> {
    requireScope(principal, "admin");
    const stored = await this.#find(principal, id);
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
    const stored = await this.#find(principal, id);
    if (isUnderWay(stored.value)) await this.#running.stop(stored);
    const { store, feed } = this.#options;
    const { profileId } = houseOf(principal);
    await using transaction = store.transaction();
    await transaction.delete(stored.key);
    await transaction.delete(keys.benchmarkPrompts(profileId, id));
    await transaction.commit();
    await store.deleteBelow(keys.allBenchmarkResults(profileId, id));
    feed.publish(profileId, { type: "benchmark:removed", benchmarkId: id });
  }

  /** The calls that were counted, in the order of their ends. */
  async results(principal: Principal, id: string, query: ResultsQuery): Promise<BenchmarkResults> {
    return await this.#results.list((await this.#find(principal, id)).value, query);
  }

  /** All calls as CSV, or the benchmark with all calls as JSON. */
  async export(principal: Principal, id: string, format: "csv" | "json"): Promise<AsyncIterable<string>> {
    const { value: record } = await this.#find(principal, id);
    return format === "csv" ? this.#results.csv(record) : this.#json(record);
  }

  /** What each model came to on each set. */
  async leaderboard(principal: Principal, choice?: LeaderboardChoice): Promise<LeaderboardRow[]> {
    return leaderboardOf(await this.#records(principal), choice);
  }

  /** Two models beside each other; a side is `id` or `id.n`, n being the model's place. Throws `not_found`. */
  async compare(principal: Principal, a: string, b: string): Promise<Comparison> {
    const [left, right] = await Promise.all([this.#side(principal, a), this.#side(principal, b)]);
    return compare(left, right);
  }

  /** Ends what is under way, to be continued after the next start. */
  async close(): Promise<void> {
    await this.#running.close();
  }

  async #side(principal: Principal, name: string): Promise<Side> {
    const [id = "", target = "0"] = name.split(".");
    return { record: (await this.#find(principal, id)).value, target: Number(target) };
  }

  async *#json(record: BenchmarkRecord): AsyncGenerator<string> {
    const prompts = await this.#results.prompts(record);
    const head = JSON.stringify({
      format: "freshet-benchmark",
      version: 1,
      benchmark: viewOf(record),
      prompts,
    });
    yield `${head.slice(0, -1)},"results":[`;
    let separator = "\n";
    for await (const result of this.#results.all(record)) {
      yield separator + JSON.stringify(result);
      separator = ",\n";
    }
    yield "\n]}\n";
  }

  async #validated(principal: Principal, body: CreateBenchmarkBody) {
    const set = await this.sets.get(principal, body.setId);
    const parameters = parametersOf(body);
    const calls = set.prompts.length * parameters.repetitions * body.targets.length;
    if (calls > CALLS_MAX) {
      throw new FreshetError("invalid_request", `${calls} calls are more than ${CALLS_MAX}`, {
        field: "repetitions",
        hint: "Take fewer models or repetitions, or a shorter set",
      });
    }
    await this.#requireModels(principal, body);
    return { set, parameters };
  }

  async #requireModels(principal: Principal, { targets }: CreateBenchmarkBody): Promise<void> {
    const names = new Set(targets.map(({ model, nodeId = "" }) => JSON.stringify([model, nodeId])));
    if (targets.length === 0 || targets.length > TARGETS_MAX || names.size < targets.length) {
      const message = `Choose 1 to ${TARGETS_MAX} models, each once on a node`;
      throw new FreshetError("invalid_request", message, { field: "targets" });
    }
    for (const target of targets) {
      const { nodes } = await this.#targetNodes.of(principal, target);
      if (nodes.length > 0) continue;
      const where = target.nodeId === undefined ? "No node has" : "The chosen node does not have";
      throw new FreshetError("model_not_found", `${where} the model ${target.model}`, { field: "targets" });
    }
  }

  async #begin(
    principal: Principal,
    body: CreateBenchmarkBody,
    set: PromptSet,
    request: IdempotentRequest<string>,
  ): Promise<Benchmark> {
    const { clock, nodes } = this.#options;
    const { profileId } = houseOf(principal);
    if ((await this.#records(principal)).length >= BENCHMARKS_MAX) {
      throw new FreshetError("conflict", `${BENCHMARKS_MAX} benchmarks are kept; delete some of them first`);
    }
    const parameters = parametersOf(body);
    const now = clock.now();
    const names = new Map((await nodes.registry.list(principal)).map(({ id, name }) => [id, name]));
    const record: BenchmarkRecord = {
      id: newId(),
      profileId,
      ownerId: "",
      name: body.name?.trim() ||
        `${set.name}: ${body.targets.map(({ model }) => model).join(", ")}`.slice(0, 200),
      setId: set.id,
      setName: set.name,
      promptsHash: await sha256Hex(new TextEncoder().encode(JSON.stringify(set.prompts))),
      parameters,
      state: "waiting",
      targets: body.targets.map(({ model, nodeId }) => ({
        model,
        ...(nodeId === undefined ? {} : { nodeId, nodeName: names.get(nodeId) ?? nodeId }),
        total: set.prompts.length * parameters.repetitions,
        warmUps: [],
        memory: [],
        tally: emptyTally(),
      })),
      pages: 0,
      createdAt: now,
      updatedAt: now,
    };
    const at = { key: keys.benchmark(profileId, record.id), versionstamp: null };
    return viewOf(
      await this.#running.take(principal, at, record, set.prompts, async (transaction) => {
        const key = keys.benchmarkPrompts(profileId, record.id);
        await transaction.set(BENCHMARK_PROMPTS, key, set.prompts);
        request.keep(transaction.operation, record.id);
      }),
    );
  }

  async #find(principal: Principal, id: string): Promise<Stored<BenchmarkRecord>> {
    const { profileId } = houseOf(principal);
    const key = keys.benchmark(profileId, id);
    const stored = isId(id) ? await this.#options.store.get(BENCHMARK, key) : null;
    if (stored) return stored;
    throw new FreshetError("not_found", "There is no such benchmark");
  }

  async #records(principal: Principal): Promise<BenchmarkRecord[]> {
    const { profileId } = houseOf(principal);
    const selector = { prefix: keys.benchmarks(profileId) };
    const stored = await Array.fromAsync(this.#options.store.list(BENCHMARK, selector, { reverse: true }));
    return stored.map(({ value }) => value);
  }
}
