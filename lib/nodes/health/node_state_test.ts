import { assertEquals } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { NodeState } from "./node_state.ts";

function rig(): { state: NodeState; pass: (ms: number) => void } {
  let now = 1_000_000;
  return { state: new NodeState(() => now, () => 0.5), pass: (ms) => void (now += ms) };
}

Deno.test("a node that asks to be left alone is, for as long as it says, and its breaker stays closed", () => {
  const { state, pass } = rig();
  state.begin();
  state.fail(new FreshetError("rate_limited", "Slow down", { retryAfter: 3 }), 10, "m");
  assertEquals([state.unavailable("m")?.cause, state.breaker.state, state.inFlight], [
    "cooling",
    "closed",
    0,
  ]);
  assertEquals(state.unavailable("another model"), undefined);
  pass(2_999);
  assertEquals(state.unavailable("m")?.cause, "cooling");
  pass(1);
  assertEquals(state.unavailable("m"), undefined);
});

Deno.test("a refused key is an error of the configuration: no failure of the node, and told in words", () => {
  const { state, pass } = rig();
  for (let i = 0; i < 5; i++) {
    state.begin();
    state.fail(new FreshetError("auth", "The key was refused"), 10, "m");
  }
  assertEquals([state.breaker.state, state.unavailable("m")?.cause, state.unavailable("m")?.reason], [
    "closed",
    "misconfigured",
    "The key was refused",
  ]);
  pass(60_000);
  assertEquals(state.unavailable("m"), undefined);
});

Deno.test("what is wrong with the request, or a caller that leaves, is nothing against the node", () => {
  const { state } = rig();
  for (let i = 0; i < 10; i++) {
    state.begin();
    state.fail(new FreshetError("context_length", "Too long"), 10, "m");
    state.begin();
    state.abstain();
  }
  assertEquals([state.breaker.state, state.unavailable("m"), state.inFlight], ["closed", undefined, 0]);
});

Deno.test("failures cost more than slowness, and are forgiven with time", () => {
  const { state, pass } = rig();
  state.answered(50);
  state.begin();
  state.fail(new FreshetError("upstream", "500"), 1, "m");
  const now = 1_000_000;
  assertEquals(state.latency.penalty(now) > 1_000, true);
  pass(60_000);
  assertEquals(state.latency.penalty(now + 60_000) < 100, true);
  assertEquals(state.latency.measured, 50);
});

Deno.test("a node that has come back gets its share step by step", () => {
  const { state, pass } = rig();
  assertEquals(state.ramp, 1);
  state.begin();
  state.fail(new FreshetError("unreachable", "Nothing is there"), 1, "m");
  pass(1_000);
  state.begin();
  state.succeed(10);
  assertEquals(state.ramp, 0.1);
  pass(5_000);
  assertEquals(state.ramp, 0.5);
  pass(5_000);
  assertEquals(state.ramp, 1);
});

Deno.test("activity is counted by the second and forgotten after a minute", () => {
  const { state, pass } = rig();
  for (let second = 0; second < 12; second++) {
    for (let i = 0; i < 3; i++) {
      state.begin();
      state.succeed(1);
    }
    pass(1_000);
  }
  assertEquals([state.activity.requestsPerSecond(), state.activity.history().length], [3, 60]);
  pass(5_000);
  assertEquals(state.activity.requestsPerSecond(), 1.5);
  pass(120_000);
  assertEquals(state.activity.history().some(({ requests }) => requests > 0), false);
});
