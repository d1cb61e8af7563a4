import type { ErrorBody } from "./errors.ts";
import type { FinishReason } from "./generation.ts";

/** How an answer is judged. */
export const GRADER_TYPES = ["exact", "number", "choice", "regex", "json"] as const;

/** A value of JSON. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** Judges an answer by the one that is known. */
export type Grader =
  /** One of the answers, whatever its case, quotes, emphasis and last full stop; with `caseSensitive`, not whatever its case. */
  | { type: "exact"; answers: string[]; caseSensitive?: boolean }
  /** The number that the answer comes to, at most `tolerance` off (0 unless given). */
  | { type: "number"; answer: number; tolerance?: number }
  /** The letter of one of several choices. */
  | { type: "choice"; answer: string }
  /** A regular expression in RE2's syntax that has to be found. */
  | { type: "regex"; pattern: string; ignoreCase?: boolean }
  /** JSON that has all of this: further fields of objects are passed over, arrays have to be the same. */
  | { type: "json"; answer: JsonValue };

/** One prompt of a set; without a grader only times are measured. */
export interface BenchmarkPrompt {
  text: string;
  system?: string;
  grader?: Grader;
}

/** Prompts that models are measured by. */
export interface PromptSet {
  id: string;
  name: string;
  description: string;
  /** `own` is a set that a person wrote or imported. */
  origin: "shipped" | "own";
  prompts: BenchmarkPrompt[];
  /** ms since 1970; 0 of shipped ones. */
  updatedAt: number;
}

/** A set without its prompts. */
export interface PromptSetInfo extends Omit<PromptSet, "prompts"> {
  prompts: number;
  /** How many of them have a known answer. */
  graded: number;
  /** Tokens of all prompts together, by estimate. */
  promptTokens: number;
}

/** A model that is measured: on one node, or wherever its calls go. */
export interface BenchmarkTarget {
  model: string;
  nodeId?: string;
}

/** How the prompts of a set are put to each model. */
export interface BenchmarkParameters {
  repetitions: number;
  /** Calls at the same time. */
  concurrency: number;
  temperature: number;
  /** Tokens of an answer at most. */
  maxTokens: number;
  /** The same for every call; null leaves it to the server. */
  seed: number | null;
}

/** `POST /api/benchmarks`, with an `Idempotency-Key` header. */
export interface CreateBenchmarkBody extends Partial<BenchmarkParameters> {
  name?: string;
  setId: string;
  targets: BenchmarkTarget[];
}

/**
 * Where a benchmark stands: `waiting` for nodes that another one has, `interrupted` where the process ended in its midst. All
 * that did not run whole can be continued.
 */
export type BenchmarkState = "waiting" | "running" | "done" | "stopped" | "interrupted" | "failed";

/** A share (0 to 1) with its 95 % interval, of `n`. */
export interface ShareEstimate {
  share: number;
  low: number;
  high: number;
  n: number;
}

/** A mean with its 95 % interval, of `n`; no interval where there are too few. */
export interface MeanEstimate {
  mean: number;
  low: number | null;
  high: number | null;
  n: number;
}

/** Times in ms. */
export interface TimeFigures {
  p50: number | null;
  p90: number | null;
  p99: number | null;
  mean: MeanEstimate | null;
}

/** What was measured of one model. */
export interface BenchmarkSummary {
  calls: number;
  complete: number;
  failed: number;
  success: ShareEstimate | null;
  /** Of answers to prompts whose answer is known; null where none was judged. */
  accuracy: ShareEstimate | null;
  correct: number;
  /** From when a node was asked; the wait for a turn does not count. */
  firstToken: TimeFigures;
  duration: TimeFigures;
  /** Tokens a second of a call after its first token. */
  tokensPerSecond: MeanEstimate | null;
  /** Tokens a second of all calls together, over the time that the model was measured. */
  throughput: number | null;
  promptTokens: number;
  completionTokens: number;
  /** Calls whose tokens are our estimate, since the server reported none. */
  estimated: number;
}

/** The first call to a node, which is not counted: it may load the model. */
export interface WarmUp {
  nodeId: string;
  nodeName: string;
  /** Whether the model was in memory before; null where the server does not tell. */
  wasLoaded: boolean | null;
  firstTokenMs: number | null;
  durationMs: number;
  error?: ErrorBody;
}

/** What a model takes in memory (bytes), and who says so. */
export interface ModelMemory {
  nodeName: string;
  bytes: number;
  vramBytes?: number;
  /** `node`: the server tells of the model. `process`: what the processes of `server` take, all its models together. */
  origin: "node" | "process";
  server?: string;
}

/** One model of a benchmark with what was measured. */
export interface BenchmarkTargetView extends BenchmarkTarget {
  nodeName?: string;
  /** Calls that were counted, and how many there are to be. */
  done: number;
  total: number;
  warmUps: WarmUp[];
  memory: ModelMemory[];
  /** Why the rest was not asked: it failed again and again. */
  givenUp?: ErrorBody;
  summary: BenchmarkSummary;
}

/** A benchmark as clients see it. */
export interface Benchmark {
  id: string;
  name: string;
  setId: string;
  setName: string;
  parameters: BenchmarkParameters;
  state: BenchmarkState;
  targets: BenchmarkTargetView[];
  /** Calls that were counted, of all models. */
  done: number;
  total: number;
  failed: number;
  createdAt: number;
  startedAt?: number;
  finishedAt?: number;
  updatedAt: number;
  /** Why it came to nothing. */
  error?: ErrorBody;
}

/** One call that was counted. */
export interface BenchmarkResult {
  /** Of `Benchmark.targets`, of the set's prompts, and from 0: its place in the plan. */
  target: number;
  prompt: number;
  repetition: number;
  /** ms since 1970. */
  at: number;
  nodeName: string;
  /** ms that it waited for a turn. */
  waitedMs: number;
  firstTokenMs: number | null;
  /** Without the wait. */
  durationMs: number;
  promptTokens: number;
  completionTokens: number;
  isEstimated: boolean;
  tokensPerSecond: number | null;
  error?: ErrorBody;
  finishReason?: FinishReason;
  /** The beginning, where the answer is long. */
  answer: string;
  isCut?: true;
  /** Null where no answer is known or none came. */
  isCorrect: boolean | null;
}

/** A result with the prompt it is for. */
export interface BenchmarkResultView extends BenchmarkResult {
  model: string;
  promptText: string;
  /** The known answer in words; null where there is none. */
  expected: string | null;
}

/** `GET /api/benchmarks/{id}/results`. */
export interface BenchmarkResults {
  results: BenchmarkResultView[];
  /** How many there are of the kind that was asked for. */
  count: number;
}

/** Which results are listed. */
export const RESULT_KINDS = ["all", "correct", "wrong", "failed"] as const;

/** One of `RESULT_KINDS`. */
export type ResultKind = (typeof RESULT_KINDS)[number];

/** What a benchmark would come to, before it is begun. */
export interface BenchmarkEstimate {
  calls: number;
  promptTokens: number;
  /** Tokens of the answers at most. */
  completionTokens: number;
  /** Nano-dollars at most, of models that have a price. */
  costNano: number;
  /** The models that cost something. */
  priced: string[];
  /** Models on hosted nodes of which no price is known. */
  unpriced: string[];
}

/** What one model came to on one set. */
export interface LeaderboardRow {
  benchmarkId: string;
  target: number;
  model: string;
  nodeName?: string;
  setId: string;
  setName: string;
  /** ms since 1970. */
  at: number;
  summary: BenchmarkSummary;
  memoryBytes: number | null;
}

/** A difference (B − A) with its 95 % interval; no interval where there is too little to tell. */
export interface Difference {
  value: number;
  low: number | null;
  high: number | null;
}

/** The figures that are compared. */
export const COMPARED_FIGURES = ["accuracy", "success", "firstToken", "tokensPerSecond", "duration"] as const;

/** One of `COMPARED_FIGURES`. */
export type ComparedFigure = (typeof COMPARED_FIGURES)[number];

/** One side of a comparison. */
export interface ComparedSide {
  benchmarkId: string;
  benchmarkName: string;
  target: number;
  model: string;
  nodeName?: string;
  setId: string;
  setName: string;
  at: number;
  parameters: BenchmarkParameters;
  summary: BenchmarkSummary;
}

/** Two models beside each other. */
export interface Comparison {
  a: ComparedSide;
  b: ComparedSide;
  /** Null where one of them lacks the figure. */
  differences: Record<ComparedFigure, Difference | null>;
  /** Whether both answered the very same prompts. */
  hasSamePrompts: boolean;
}
