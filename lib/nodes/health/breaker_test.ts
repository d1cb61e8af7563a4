import { assert, assertEquals } from "@std/assert";
import { Breaker } from "./breaker.ts";

interface Rig {
  breaker: Breaker;
  now: number;
}

/** Without jitter. */
function rig(): Rig {
  const rig = { now: 1_000_000 } as Rig;
  rig.breaker = new Breaker(() => rig.now, () => 0.5);
  return rig;
}

function fail({ breaker }: Rig, certain = false): void {
  breaker.begin();
  breaker.fail(certain);
}

function succeed({ breaker }: Rig): void {
  breaker.begin();
  breaker.succeed();
}

Deno.test("three failures in a row open it, and one success in between does not count as none", () => {
  const { breaker, ...rest } = rig();
  const each = { breaker, ...rest };
  fail(each);
  fail(each);
  succeed(each);
  fail(each);
  fail(each);
  assertEquals([breaker.state, breaker.allows], ["closed", true]);
  fail(each);
  assertEquals([breaker.state, breaker.allows], ["open", false]);
});

Deno.test("eight failures of twenty open it too", () => {
  const each = rig();
  for (let i = 0; i < 7; i++) {
    fail(each);
    succeed(each);
  }
  assertEquals(each.breaker.state, "closed");
  fail(each);
  assertEquals(each.breaker.state, "open");
});

Deno.test("a server that is not there opens it at once", () => {
  const each = rig();
  fail(each, true);
  assertEquals([each.breaker.state, each.breaker.retryAt - each.now], ["open", 1_000]);
});

Deno.test("after its wait one call at a time is let through, and a success closes it", () => {
  const each = rig();
  fail(each, true);
  each.now += 1_000;
  assert(each.breaker.allows);
  each.breaker.begin();
  assertEquals([each.breaker.state, each.breaker.allows], ["half_open", false]);
  each.breaker.abstain();
  assertEquals(each.breaker.allows, true, "a trial whose caller left shows nothing");
  succeed(each);
  assertEquals([each.breaker.state, each.breaker.closedAt], ["closed", each.now]);
});

Deno.test("each failed trial doubles the wait, up to a minute", () => {
  const each = rig();
  fail(each, true);
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    each.now = each.breaker.retryAt;
    fail(each);
    waits.push(each.breaker.retryAt - each.now);
  }
  assertEquals(waits, [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

Deno.test("a probe that is answered ends the wait of a node that was away, however long", () => {
  const each = rig();
  fail(each, true);
  for (let i = 0; i < 8; i++) {
    each.now = each.breaker.retryAt;
    fail(each);
  }
  each.now += 500;
  assertEquals(each.breaker.allows, false);
  each.breaker.probeSucceeded();
  assertEquals(each.breaker.allows, true);
});

Deno.test("a node that flaps waits longer each time, whatever its probes say, until it has been stable", () => {
  const each = rig();
  const waits: number[] = [];
  for (let i = 0; i < 5; i++) {
    fail(each, true);
    each.breaker.probeSucceeded();
    waits.push(each.breaker.retryAt - each.now);
    each.now = each.breaker.retryAt;
    succeed(each);
    each.now += 2_000;
  }
  assertEquals(waits, [1_000, 2_000, 4_000, 8_000, 16_000]);
  each.now += 30_000;
  fail(each, true);
  assertEquals(each.breaker.retryAt - each.now, 1_000);
});
