import { z } from "zod";
import { LEADERBOARD_CHOICES, PARAMETER_LIMITS, promptSetSchema, TARGETS_MAX } from "../../benchmarks/mod.ts";
import { RESULT_KINDS } from "../../shared/mod.ts";
import { operation, queryOf } from "../http/operation.ts";
import { noContent } from "./common.ts";

const FEATURE = { tag: "Benchmarks", feature: "models" } as const;
const background = { status: 202, description: "The benchmark goes on by itself" };

const id = z.string().min(1).max(200);
const limits = PARAMETER_LIMITS;
const whole = ([least, most]: readonly [number, number]) => z.int().min(least).max(most);
const place = z.string().regex(/^[0-9a-z]{1,200}(\.\d{1,2})?$/, "has to be a benchmark's id, or id.n");

/** Reads what a person posts, as JSON or by a form. */
export const benchmarkSchema = z.strictObject({
  name: z.string().trim().max(200).exactOptional(),
  setId: id,
  targets: z.array(z.strictObject({
    model: z.string().trim().min(1).max(300),
    nodeId: id.exactOptional(),
  })).min(1).max(TARGETS_MAX),
  repetitions: whole(limits.repetitions).exactOptional(),
  concurrency: whole(limits.concurrency).exactOptional(),
  temperature: z.number().min(limits.temperature[0]).max(limits.temperature[1]).exactOptional(),
  maxTokens: whole(limits.maxTokens).exactOptional(),
  seed: whole(limits.seed).nullable().exactOptional(),
}).meta({ id: "Benchmark" });

/** Measuring models by sets of prompts. */
export const benchmarksOperations = {
  listBenchmarks: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/benchmarks",
    scope: "models",
    summary: "Benchmarks with what they have measured, newest first",
  }),
  createBenchmark: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/benchmarks",
    scope: "admin",
    summary: "Measure models by a set of prompts; takes an `Idempotency-Key`, and goes on in the background",
    body: benchmarkSchema,
    success: background,
  }),
  estimateBenchmark: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/benchmarks/estimate",
    scope: "models",
    summary: "The calls, tokens and costs that a benchmark would come to at most",
    body: benchmarkSchema,
  }),
  leaderboard: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/benchmarks/leaderboard",
    scope: "models",
    summary: "What each model came to on each set: the latest benchmark that ran whole, or the best",
    query: queryOf({ of: z.enum(LEADERBOARD_CHOICES).default("latest") }),
  }),
  compareBenchmarks: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/benchmarks/compare",
    scope: "models",
    summary: "Two models of benchmarks beside each other, with 95 % intervals of the differences (b − a)",
    query: queryOf({ a: place, b: place }),
  }),
  getBenchmark: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/benchmarks/{id}",
    scope: "models",
    summary: "A benchmark with what it has measured so far",
  }),
  changeBenchmark: operation({
    ...FEATURE,
    method: "PATCH",
    path: "/api/benchmarks/{id}",
    scope: "admin",
    summary: "Stop a benchmark, or make the calls that are missing",
    body: z.strictObject({ state: z.enum(["stopped", "running"]) }).meta({ id: "BenchmarkChange" }),
  }),
  deleteBenchmark: operation({
    ...FEATURE,
    method: "DELETE",
    path: "/api/benchmarks/{id}",
    scope: "admin",
    summary: "Delete a benchmark with all its results; one that is under way is stopped",
    success: noContent,
  }),
  repeatBenchmark: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/benchmarks/{id}/repeat",
    scope: "admin",
    summary: "The same benchmark once more, with the prompts that it had",
    success: background,
  }),
  benchmarkResults: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/benchmarks/{id}/results",
    scope: "models",
    summary: "The calls of a benchmark with answers and grading, in the order of their ends",
    query: queryOf({
      target: z.coerce.number().int().min(0).max(TARGETS_MAX).exactOptional(),
      kind: z.enum(RESULT_KINDS).exactOptional(),
      offset: z.coerce.number().int().min(0).max(1_000_000).exactOptional(),
      limit: z.coerce.number().int().min(1).max(500).exactOptional(),
    }),
  }),
  exportBenchmark: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/benchmarks/{id}/export",
    scope: "models",
    summary: "A benchmark with every call, as CSV or JSON",
    query: queryOf({ format: z.enum(["csv", "json"]).default("csv") }),
    success: { mediaType: "text/csv", description: "The calls in the order of their ends" },
  }),
  listPromptSets: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/prompt-sets",
    scope: "models",
    summary: "The sets of prompts that models can be measured by, without the prompts",
  }),
  createPromptSet: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/prompt-sets",
    scope: "admin",
    summary: "Keep a set of prompts of one's own",
    body: promptSetSchema,
    maxBytes: 8 * 1024 * 1024,
    success: { status: 201, description: "The set" },
  }),
  importPromptSet: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/prompt-sets/import",
    scope: "admin",
    summary:
      "Keep a set out of the text of a file: JSON, or CSV with the columns prompt, system, grader, answer",
    body: z.strictObject({ name: z.string().trim().min(1).max(100), text: z.string().min(1).max(8_000_000) })
      .meta({ id: "PromptFile" }),
    maxBytes: 10 * 1024 * 1024,
    success: { status: 201, description: "The set" },
  }),
  getPromptSet: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/prompt-sets/{id}",
    scope: "models",
    summary: "A set with its prompts",
  }),
  replacePromptSet: operation({
    ...FEATURE,
    method: "PUT",
    path: "/api/prompt-sets/{id}",
    scope: "admin",
    summary: "Replace a set of one's own; benchmarks that were made keep the prompts they had",
    body: promptSetSchema,
    maxBytes: 8 * 1024 * 1024,
  }),
  deletePromptSet: operation({
    ...FEATURE,
    method: "DELETE",
    path: "/api/prompt-sets/{id}",
    scope: "admin",
    summary: "Delete a set of one's own; benchmarks keep the prompts they had",
    success: noContent,
  }),
} as const;
