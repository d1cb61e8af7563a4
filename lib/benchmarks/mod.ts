/** Benchmarks: models measured by sets of prompts, in the background, with what was counted kept. */
export { Benchmarks } from "./benchmarks.ts";
export { CALLS_MAX, TARGETS_MAX } from "./new_benchmark.ts";
export type { BenchmarksOptions } from "./options.ts";
export { DEFAULT_PARAMETERS, PARAMETER_LIMITS } from "./parameters.ts";
export type { ResultsQuery } from "./results.ts";
export { CSV_COLUMNS, importSet } from "./sets/import_set.ts";
export { type PromptSetBody, promptSetSchema } from "./sets/schema.ts";
export { LEADERBOARD_CHOICES, type LeaderboardChoice } from "./summary/leaderboard.ts";
