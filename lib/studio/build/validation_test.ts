import { assertEquals } from "@std/assert";
import { type CheckResult, FreshetError, type ValidationReport } from "../../shared/mod.ts";
import type { Availability, Sandbox } from "../../sandbox/mod.ts";
import { problemsText, sameProblems, validateIn } from "./validation.ts";

const passed: CheckResult = { check: "paths", outcome: "passed", problems: [], durationMs: 0 };
const failed: CheckResult = {
  check: "types",
  outcome: "failed",
  problems: [{ path: "a.ts", line: 3, column: 7, message: "TS1" }, { message: "no place" }],
  durationMs: 0,
};

/** A sandbox that finds what it is told to, and then fails where it is told to. */
function sandboxOf(
  results: CheckResult[],
  error?: Error,
  availability: Availability = { type: "ready" },
): Sandbox {
  const unused = () => Promise.reject(new Error("not asked for"));
  return {
    name: "fake",
    availability: () => Promise.resolve(availability),
    async *check() {
      yield* results;
      if (error) throw await Promise.resolve(error);
    },
    start: unused,
    listRoutes: unused,
    close: () => Promise.resolve(),
  };
}

async function reportOf(sandbox: Sandbox): Promise<ValidationReport> {
  const validation = validateIn(sandbox).all([], ["api"], new AbortController().signal);
  let step = await validation.next();
  while (!step.done) step = await validation.next();
  return step.value;
}

Deno.test("a version is as good as its worst check", async () => {
  assertEquals((await reportOf(sandboxOf([passed]))).outcome, "passed");
  assertEquals((await reportOf(sandboxOf([passed, failed]))).outcome, "failed");
});

Deno.test("what cannot be checked is not validated, with the reason", async () => {
  const missing = await reportOf(sandboxOf([], undefined, { type: "missing", reason: "No deno here" }));
  assertEquals([missing.outcome, missing.reason], ["not_validated", "No deno here"]);
  const away = await reportOf(sandboxOf([passed], new FreshetError("unreachable", "E2B is away")));
  assertEquals([away.outcome, away.reason, away.results.length], ["not_validated", "E2B is away", 1]);
});

Deno.test("problems are told with their places, and are the same wherever they have moved", () => {
  const report = (results: CheckResult[]): ValidationReport => ({ outcome: "failed", results, repairs: 0 });
  assertEquals(problemsText(report([passed, failed])), "types:\n- a.ts:3:7: TS1\n- no place");
  const moved = {
    ...failed,
    problems: [{ path: "a.ts", line: 9, column: 1, message: "TS1" }, { message: "no place" }],
  };
  assertEquals(sameProblems(report([failed]), report([moved])), true);
  assertEquals(
    sameProblems(report([failed]), report([{ ...failed, problems: [{ message: "TS2" }] }])),
    false,
  );
});
