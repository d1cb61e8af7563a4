import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { reduceRun } from "./run_reducer.ts";
import { eventId, initialRunState, type RunEvent, type RunState, seqOfEventId } from "./run.ts";

function run(...events: RunEvent[]): RunState {
  return events.reduce((state, event, i) => reduceRun(state, { seq: i + 1, event }), initialRunState());
}

function usage(promptTokens: number, completionTokens: number, estimated = false) {
  const totalTokens = promptTokens + completionTokens;
  return { type: "usage", usage: { promptTokens, completionTokens, totalTokens, estimated } } as const;
}

const CALL = { id: "c1", name: "clock", arguments: "{}" };

Deno.test("a run adds up to its message", () => {
  const state = run(
    { type: "start", model: "llama3.2", startedAt: 1 },
    { type: "node", nodeId: "n1", nodeName: "Laptop", model: "llama3.2:latest", reason: "Local first" },
    { type: "reasoning", text: "Hm" },
    { type: "text", text: "Hello" },
    { type: "text", text: ", world" },
    usage(3, 4),
    { type: "end", outcome: "complete", finishReason: "stop", metrics: { durationMs: 9 } },
  );
  assertEquals(state, {
    seq: 7,
    text: "Hello, world",
    reasoning: "Hm",
    steps: [],
    status: "complete",
    model: "llama3.2:latest",
    nodeId: "n1",
    nodeName: "Laptop",
    nodeReason: "Local first",
    usage: { promptTokens: 3, completionTokens: 4, totalTokens: 7, estimated: false },
    finishReason: "stop",
    metrics: { durationMs: 9 },
  });
});

Deno.test("a status shows until something is written, or the run ends", () => {
  const loading: RunEvent = { type: "status", status: "loading", message: "Loading", progress: 0.5 };
  assertEquals(run(loading).activity, { status: "loading", message: "Loading", progress: 0.5 });
  assertEquals(run(loading, { type: "text", text: "Hi" }).activity, undefined);
  assertEquals(run(loading, { type: "reasoning", text: "Hm" }).activity, undefined);
  assertEquals(run(loading, { type: "tool_call", call: CALL }).activity, undefined);
  assertEquals(run(loading, { type: "end", outcome: "cancelled" }).activity, undefined);
});

Deno.test("a result goes to the call it belongs to, once", () => {
  const result = (callId: string, content: string): RunEvent => ({
    type: "tool_result",
    callId,
    name: "clock",
    content,
    isError: false,
  });
  const other = { ...CALL, id: "c2" };
  const state = run(
    { type: "tool_call", call: CALL },
    { type: "tool_call", call: other },
    result("c2", "13:00"),
    result("c1", "12:00"),
    result("c1", "late"),
    result("c9", "unknown"),
  );
  assertEquals(state.steps, [
    { call: CALL, result: { content: "12:00", isError: false } },
    { call: other, result: { content: "13:00", isError: false } },
  ]);
});

Deno.test("usage of several calls: the last prompt, all completions", () => {
  assertEquals(run(usage(10, 5), usage(20, 7, true)).usage, {
    promptTokens: 20,
    completionTokens: 12,
    totalTokens: 32,
    estimated: true,
  });
});

Deno.test("a failed run keeps its text and its error", () => {
  const error = { code: "upstream", message: "It broke" } as const;
  const state = run({ type: "text", text: "Half" }, { type: "end", outcome: "failed", error });
  assertEquals([state.text, state.status, state.error], ["Half", "failed", error]);
});

Deno.test("replays change nothing, gaps throw, and no state is changed in place", () => {
  const state = Object.freeze(run({ type: "text", text: "a" }, { type: "text", text: "b" }));
  assertStrictEquals(reduceRun(state, { seq: 1, event: { type: "text", text: "a" } }), state);
  assertStrictEquals(reduceRun(state, { seq: 2, event: { type: "text", text: "b" } }), state);
  assertThrows(() => reduceRun(state, { seq: 4, event: { type: "text", text: "d" } }), RangeError, "missing");
  assertEquals(reduceRun(state, { seq: 3, event: { type: "text", text: "c" } }).text, "abc");
  assertEquals(state.text, "ab");
});

Deno.test("a state resumed from a snapshot ends as the live one", () => {
  const events: RunEvent[] = [
    { type: "start", model: "m", startedAt: 1 },
    { type: "text", text: "a" },
    { type: "tool_call", call: CALL },
    usage(1, 1),
    { type: "end", outcome: "complete" },
  ];
  const live = run(...events);
  for (let at = 0; at <= events.length; at++) {
    const snapshot: RunState = JSON.parse(JSON.stringify(run(...events.slice(0, at))));
    const resumed = events.reduce((state, event, i) => reduceRun(state, { seq: i + 1, event }), snapshot);
    assertEquals(resumed, live, `resumed after ${at}`);
  }
});

Deno.test("seqOfEventId reads ids of its own run only", () => {
  assertEquals(seqOfEventId("r1", eventId("r1", 42)), 42);
  for (const id of [null, undefined, "", "r1", "r1.", "r1.x", "r1.-1", "r1.1.5", "r2.42", "r11.42"]) {
    assertEquals(seqOfEventId("r1", id), 0, String(id));
  }
});
