import { assertEquals } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { NodeLog } from "./node_log.ts";
import { NodeState } from "./node_state.ts";

Deno.test("the last fifty probes and the last fifty events are kept, newest first, and neither pushes the other out", () => {
  const log = new NodeLog();
  for (let i = 0; i < 60; i++) {
    log.ask({ at: i, type: "probe", isAnswered: true, durationMs: 1, reason: `p${i}` });
    log.add({ at: i, type: "call", durationMs: 1, reason: `c${i}` });
  }
  for (let i = 60; i < 200; i++) log.add({ at: i, type: "call", durationMs: 1, reason: `c${i}` });
  const entries = log.entries();
  const probes = entries.flatMap((entry) => entry.type === "probe" ? [entry.reason] : []);
  assertEquals([entries.length, probes.length, probes[0], probes.at(-1)], [100, 50, "p59", "p10"]);
  assertEquals(entries[0], { at: 199, type: "call", durationMs: 1, reason: "c199" });
  assertEquals(entries.map(({ at }) => at), entries.map(({ at }) => at).toSorted((a, b) => b - a));
});

Deno.test("what calls show of a node is told in its order: failures, the breaker, and that it wants to be left alone", () => {
  let now = 1_000;
  const state = new NodeState(() => now, () => 0.5);
  state.begin();
  state.fail(new FreshetError("unreachable", "Nothing is there"), 7.4, "m");
  now = 3_000;
  state.begin();
  state.succeed(20);
  state.begin();
  state.fail(new FreshetError("rate_limited", "Slow down", { retryAfter: 3 }), 9, "m");
  state.reset();
  assertEquals(state.log.entries().toReversed(), [
    { at: 1_000, type: "call", reason: "Nothing is there", durationMs: 7 },
    { at: 1_000, type: "breaker", state: "open", until: 2_000 },
    { at: 3_000, type: "breaker", state: "half_open" },
    { at: 3_000, type: "breaker", state: "closed" },
    { at: 3_000, type: "call", reason: "Slow down", durationMs: 9 },
    { at: 3_000, type: "cooling", until: 6_000 },
    { at: 3_000, type: "reset" },
  ]);
});
