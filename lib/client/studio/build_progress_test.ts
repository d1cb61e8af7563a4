import { assert, assertEquals } from "@std/assert";
import { type BuildFigures, buildProgress } from "./build_progress.ts";
import type { LiveFile } from "./live_version.ts";

const figures = (changes: Partial<BuildFigures>): BuildFigures => ({
  step: "generating",
  files: [],
  plannedFiles: [],
  currentLines: 0,
  checksDone: 0,
  checks: 0,
  elapsedMs: 10_000,
  ...changes,
});
const done = (path: string): LiveFile => ({ path, status: "complete" });
const writing = (path: string): LiveFile => ({ path, status: "generating" });

Deno.test("a planned version knows how many files there will be", () => {
  const plannedFiles = ["a.ts", "b.ts", "c.ts", "d.ts", "e.ts"];
  const { done: count, total } = buildProgress(
    figures({ plannedFiles, files: [done("a.ts"), writing("b.ts")] }),
  );
  assertEquals([count, total], [1, 5]);
});

Deno.test("a file that was not planned counts too", () => {
  const { total } = buildProgress(figures({ plannedFiles: ["a.ts"], files: [done("b.ts")] }));
  assertEquals(total, 2);
});

Deno.test("the share grows with every step, file, line and check, and ends at 1", () => {
  const stages = [
    figures({ step: "planning" }),
    figures({ step: "analyzing" }),
    figures({ plannedFiles: ["a", "b"] }),
    figures({ plannedFiles: ["a", "b"], files: [writing("a")], currentLines: 20 }),
    figures({ plannedFiles: ["a", "b"], files: [done("a")] }),
    figures({ plannedFiles: ["a", "b"], files: [done("a"), done("b")] }),
    figures({ step: "validating", checks: 4, checksDone: 1 }),
    figures({ step: "validating", checks: 4, checksDone: 3 }),
    figures({ step: "complete" }),
  ];
  const shares = stages.map((stage) => buildProgress(stage).share);
  for (let i = 1; i < shares.length; i++) assert((shares[i] ?? 0) > (shares[i - 1] ?? 1), `stage ${i}`);
  assertEquals(shares.at(-1), 1);
});

Deno.test("the time left is told from the time so far, once there is something to tell it from", () => {
  assertEquals(buildProgress(figures({ step: "planning" })).msLeft, undefined);
  assertEquals(buildProgress(figures({ step: "validating", elapsedMs: 1000 })).msLeft, undefined);
  const { msLeft = 0 } = buildProgress(figures({ step: "validating", elapsedMs: 82_000 }));
  assertEquals(Math.round(msLeft / 1000), 18);
});
