import { assertEquals, assertThrows } from "@std/assert";
import { initialRunState, reduceRun, type RunEvent, type RunState } from "../../shared/mod.ts";
import { FakeClock } from "../testing/fake_clock.ts";
import { LiveVersion } from "./live_version.ts";
import { sampleGenerating } from "./testing/samples.ts";

const EVENTS: RunEvent[] = [
  { type: "version:start", versionId: "v1", versionNumber: 1, branch: "main" },
  { type: "planning", message: "A page", files: ["a.ts", "b.ts"] },
  { type: "activity", activity: { type: "read", path: "old.ts" } },
  { type: "step:start", step: "generating" },
  { type: "file:generating", filePath: "a.ts" },
  { type: "code:chunk", filePath: "a.ts", chunk: "const a", startLine: 1 },
  { type: "code:chunk", filePath: "a.ts", chunk: " = 1;\n", startLine: 1 },
  {
    type: "file:complete",
    filePath: "a.ts",
    operation: "created",
    file: { path: "a.ts", sha256: "", size: 13 },
  },
  { type: "file:generating", filePath: "b.ts" },
  { type: "code:chunk", filePath: "b.ts", chunk: "let b", startLine: 1 },
];

function liveVersion(state?: RunState) {
  const clock = new FakeClock();
  const live = new LiveVersion({
    runId: "r1",
    version: sampleGenerating(1),
    clock,
    smooth: () => true,
    ...(state ? { state } : {}),
  });
  return { clock, live };
}

function stateAfter(count: number): RunState {
  return EVENTS.slice(0, count).reduce(
    (state, event, i) => reduceRun(state, { seq: i + 1, event }),
    initialRunState(),
  );
}

function told({ live }: ReturnType<typeof liveVersion>) {
  return {
    step: live.step.value,
    planned: live.plannedFiles.value,
    activities: live.activities.value.length,
    files: live.files.value.map(({ path, status }) => `${path} ${status}`),
    current: live.current.value,
    text: live.written("b.ts")?.text,
  };
}

Deno.test("a version is followed event by event, and its text is shown evenly", async () => {
  const made = liveVersion();
  EVENTS.forEach((event, i) => made.live.apply({ seq: i + 1, event }));
  assertEquals(told(made), {
    step: "generating",
    planned: ["a.ts", "b.ts"],
    activities: 1,
    files: ["a.ts complete", "b.ts generating"],
    current: "b.ts",
    text: "let b",
  });
  const a = made.live.written("a.ts");
  assertEquals([a?.text, a?.shown.value, a?.writing.value], ["const a = 1;\n", "", true]);
  await made.clock.tick(300);
  assertEquals([a?.shown.value, a?.writing.value], ["const a = 1;\n", false]);
});

Deno.test("a page that comes in the middle knows the same from the snapshot", () => {
  const early = liveVersion();
  EVENTS.forEach((event, i) => early.live.apply({ seq: i + 1, event }));
  const late = liveVersion(stateAfter(EVENTS.length));
  assertEquals(told(late), told(early));
  assertEquals(late.live.written("b.ts")?.shown.value, "let b");
  assertEquals(late.live.written("a.ts"), undefined);
});

Deno.test("a snapshot after a gap brings only what is new", async () => {
  const { live, clock } = liveVersion();
  EVENTS.slice(0, 6).forEach((event, i) => live.apply({ seq: i + 1, event }));
  await clock.tick(300);
  const a = live.written("a.ts");
  assertThrows(
    () => live.apply({ seq: 9, event: { type: "file:generating", filePath: "b.ts" } }),
    RangeError,
  );
  live.catchUp(stateAfter(7));
  await clock.tick(300);
  assertEquals(a?.shown.value, "const a = 1;\n");
  assertEquals(live.written("a.ts"), a);
});

Deno.test("events that were applied already change nothing", () => {
  const { live } = liveVersion(stateAfter(6));
  live.apply({ seq: 6, event: { type: "code:chunk", filePath: "a.ts", chunk: "const a", startLine: 1 } });
  assertEquals(live.written("a.ts")?.text, "const a");
});

Deno.test("the text of files that were finished before we came is taken from the replayed log", () => {
  const { live } = liveVersion(stateAfter(10));
  assertEquals(live.textOf("a.ts"), undefined);
  EVENTS.forEach((event, i) => live.apply({ seq: i + 1, event }));
  assertEquals([live.textOf("a.ts"), live.textOf("b.ts")], ["const a = 1;\n", "let b"]);
});

Deno.test("a file that is written again begins anew", () => {
  const { live } = liveVersion(stateAfter(10));
  live.apply({ seq: 11, event: { type: "file:generating", filePath: "a.ts" } });
  live.apply({ seq: 12, event: { type: "code:chunk", filePath: "a.ts", chunk: "//", startLine: 1 } });
  assertEquals(live.written("a.ts")?.text, "//");
  assertEquals(live.current.value, "a.ts");
});

Deno.test("the end shows all that is held back", () => {
  const { live } = liveVersion();
  EVENTS.forEach((event, i) => live.apply({ seq: i + 1, event }));
  live.end();
  assertEquals(live.written("b.ts")?.shown.value, "let b");
  assertEquals(live.written("b.ts")?.writing.value, false);
});
