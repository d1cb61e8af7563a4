import type { Clock } from "../host/mod.ts";
import { type CheckName, type CheckResult, CHECKS, type ProjectFile, toFreshetError } from "../shared/mod.ts";
import type { CheckContext, Finding } from "./checks/context.ts";
import { checkImports } from "./checks/imports.ts";
import { checkLint } from "./checks/lint.ts";
import { readLintReport } from "./checks/lint_report.ts";
import { readModuleGraph } from "./checks/module_graph.ts";
import { checkParse } from "./checks/parse.ts";
import { checkPaths } from "./checks/paths.ts";
import { checkStart } from "./checks/start.ts";
import { checkTests } from "./checks/tests.ts";
import { checkTypes } from "./checks/types.ts";
import { boundProblems } from "./problems.ts";
import type { CheckOptions } from "./sandbox.ts";
import type { Semaphore } from "./semaphore.ts";
import type { Toolchain } from "./toolchain.ts";

/** The checks that run code or load what it imports: only after `imports` has passed. */
const GATED: readonly CheckName[] = ["types", "tests", "start"];
const GATE_CLOSED = "The project imports what it must not";

/** What the checks of a run share. */
export interface CheckRunServices {
  toolchain: Toolchain;
  semaphore: Semaphore;
  clock: Clock;
}

/** Runs the checks of a project and yields the results as they come. */
export async function* runChecks(
  files: readonly ProjectFile[],
  options: CheckOptions,
  services: CheckRunServices,
): AsyncGenerator<CheckResult> {
  const wanted = new Set(options.checks ?? CHECKS);
  const paths = await timed("paths", () => Promise.resolve({ problems: checkPaths(files) }));
  if (wanted.has("paths")) yield paths;
  const rest = CHECKS.filter((check) => check !== "paths" && wanted.has(check));
  if (paths.outcome === "failed") {
    for (const check of rest) yield skipped(check, "The files cannot be written as they are");
    return;
  }
  if (rest.length > 0) yield* writtenChecks(files, rest, options, services);
}

async function* writtenChecks(
  files: readonly ProjectFile[],
  checks: CheckName[],
  options: CheckOptions,
  services: CheckRunServices,
): AsyncGenerator<CheckResult> {
  // Whoever stops listening stops the checks.
  const abandoned = new AbortController();
  const signal = AbortSignal.any([abandoned.signal, ...(options.signal ? [options.signal] : [])]);
  const job = await services.toolchain.workspace.createJob(files);
  const pending = new Map<CheckName, Promise<CheckResult>>();
  try {
    const context = createContext({
      files,
      kinds: options.kinds,
      job,
      toolchain: services.toolchain,
      signal,
    });
    const gate = lazily(() => runCheck("imports", context, services));
    for (const check of checks) {
      pending.set(check, check === "imports" ? gate() : ungate(check, gate, context, services));
    }
    for (const promise of pending.values()) promise.catch(() => {});
    while (pending.size > 0) {
      const result = await Promise.race(pending.values());
      pending.delete(result.check);
      yield result;
    }
  } finally {
    abandoned.abort();
    await Promise.allSettled(pending.values());
    await job.remove();
  }
}

async function ungate(
  check: CheckName,
  gate: () => Promise<CheckResult>,
  context: CheckContext,
  services: CheckRunServices,
): Promise<CheckResult> {
  if (GATED.includes(check) && (await gate()).outcome === "failed") return skipped(check, GATE_CLOSED);
  return await runCheck(check, context, services);
}

function runCheck(check: CheckName, context: CheckContext, services: CheckRunServices): Promise<CheckResult> {
  return services.semaphore.run(() => {
    context.signal?.throwIfAborted();
    return timed(check, () => find(check, context, services), context.signal);
  });
}

function find(check: CheckName, context: CheckContext, { clock }: CheckRunServices): Promise<Finding> {
  switch (check) {
    case "paths":
      return Promise.resolve({ problems: checkPaths(context.files) });
    case "parse":
      return checkParse(context);
    case "imports":
      return checkImports(context);
    case "types":
      return checkTypes(context);
    case "lint":
      return checkLint(context);
    case "tests":
      return checkTests(context);
    case "start":
      return checkStart(context, clock);
  }
}

/** What cannot be told counts as failed, so that a gate stays closed; only an abort is passed on. */
async function timed(
  check: CheckName,
  work: () => Promise<Finding>,
  signal?: AbortSignal,
): Promise<CheckResult> {
  const start = performance.now();
  const finding = await work().catch((error): Finding => {
    signal?.throwIfAborted();
    return { problems: [{ message: toFreshetError(error).message }] };
  });
  const durationMs = Math.round(performance.now() - start);
  if ("skipped" in finding) return { ...skipped(check, finding.skipped), durationMs };
  const problems = boundProblems(finding.problems);
  return { check, outcome: problems.length > 0 ? "failed" : "passed", problems, durationMs };
}

function skipped(check: CheckName, message: string): CheckResult {
  return { check, outcome: "skipped", problems: [], message, durationMs: 0 };
}

/** A context in which the tools' reports are made once, whichever check asks first. */
export function createContext(parts: Omit<CheckContext, "graph" | "lint">): CheckContext {
  return {
    ...parts,
    graph: lazily(() => readModuleGraph(parts)),
    lint: lazily(() => readLintReport(parts)),
  };
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
