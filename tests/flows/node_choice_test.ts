import { assert, assertEquals, assertGreater, assertLess, assertLessOrEqual } from "@std/assert";
import { FreshetError, type ModelInfo } from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import {
  type Asking,
  type Outcome,
  simulate,
  type SimulatedNode,
  type Simulation,
} from "../nodes/simulated_nodes.ts";

const refused = () => new FreshetError("unreachable", "Cannot reach the node: nothing answers there");
const overloaded = () => new FreshetError("upstream", "The server had an error");

/** Ends a node as a killed process ends: what is under way breaks, and nothing listens any more. */
function kill(node: SimulatedNode): void {
  node.failure = refused;
  for (const call of node.running) call.abort(new FreshetError("upstream", "The connection broke"));
}

const served = (simulation: Simulation, ...names: string[]) =>
  names.map((name) => simulation.node(name).served);
const errorsOf = (outcomes: Outcome[]) => outcomes.flatMap(({ error }) => error?.code ?? []);

/** A signal that says when a call has come so far. */
function awaited(type: string): { asking: Asking; seen: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { asking: { onEvent: (event) => event.type === type && resolve() }, seen: promise };
}

for (const atOnce of [1, 4, 14, 28]) {
  Deno.test(`weights of 1, 2 and 4 give shares of 1, 2 and 4 with ${atOnce} at once`, () =>
    simulate({ one: { weight: 1 }, two: { weight: 2 }, four: { weight: 4 } }, async (simulation) => {
      const count = 420;
      assertEquals(errorsOf(await simulation.load(count, atOnce)), []);
      const shares = served(simulation, "one", "two", "four");
      for (const [i, share] of shares.entries()) {
        const expected = count * 2 ** i / 7;
        assertLessOrEqual(Math.abs(share - expected), expected / 10, `shares are ${shares.join(" : ")}`);
      }
    }));
}

Deno.test("nodes that are alike share what comes one by one", () =>
  simulate({ a: {}, b: {}, c: {} }, async (simulation) => {
    await simulation.load(60, 1);
    for (const share of served(simulation, "a", "b", "c")) assertLessOrEqual(Math.abs(share - 20), 2);
  }));

Deno.test("the faster of two nodes gets more work", () =>
  simulate(
    { fast: { firstTokenMs: 20, durationMs: 50 }, slow: { firstTokenMs: 200, durationMs: 400 } },
    async (simulation) => {
      await simulation.load(200, 8);
      const [fast = 0, slow = 0] = served(simulation, "fast", "slow");
      assertGreater(fast, slow * 3);
      assertGreater(slow, 0);
    },
  ));

Deno.test("the next tier of priority is asked only where the first has no turn free", () =>
  simulate(
    {
      first: { priority: 1, concurrency: 2 },
      second: { priority: 2, concurrency: 2 },
      third: { priority: 3 },
    },
    async (simulation) => {
      await simulation.load(10, 2);
      assertEquals(served(simulation, "first", "second", "third"), [10, 0, 0]);
      await simulation.load(20, 4);
      const [first = 0, second = 0, third = 0] = served(simulation, "first", "second", "third");
      assertEquals([first + second, third], [30, 0]);
      assertGreater(second, 5);
      await simulation.load(30, 6);
      assertGreater(simulation.node("third").served, 5);
    },
  ));

Deno.test("the next tier of priority is asked where the first is unwell, and no longer when it is back", () =>
  simulate({ first: { priority: 1 }, second: { priority: 2 } }, async (simulation) => {
    const { clock, node } = simulation;
    kill(node("first"));
    assertEquals(errorsOf(await simulation.load(20, 2)), []);
    assertEquals(served(simulation, "first", "second"), [0, 20]);
    // Each call would have found out for itself; the breaker spared them that.
    assertLess(node("first").asked, 8);
    node("first").failure = undefined;
    await clock.advance(60_000);
    await simulation.load(10, 1);
    assertEquals(served(simulation, "first", "second"), [10, 20]);
  }));

Deno.test("who floods the nodes does not keep others waiting", () =>
  simulate({ only: { concurrency: 2, durationMs: 50 } }, async (simulation) => {
    const order: string[] = [];
    const noted = (tenant: string): Asking => ({
      tenant,
      onEvent: ({ type }) => type === "node" && order.push(tenant),
    });
    const flood = Promise.all(Array.from({ length: 200 }, () => simulation.ask(noted("flood"))));
    await simulation.clock.advance(100);
    const before = order.length;
    const few = Promise.all(Array.from({ length: 5 }, () => simulation.ask(noted("few"))));
    assertEquals(errorsOf(await simulation.until(few)), []);
    // Turn and turn about, and what was under way when they came.
    assertLessOrEqual(order.length - before, 16);
    assertEquals(errorsOf(await simulation.until(flood)), []);
  }));

Deno.test("two that flood share the turns, and a third that comes late is not made to catch up", () =>
  simulate({ only: { concurrency: 1, durationMs: 50 } }, async (simulation) => {
    const turns = new Map<string, number>();
    const noted = (tenant: string): Asking => ({
      tenant,
      onEvent: ({ type }) => type === "node" && turns.set(tenant, (turns.get(tenant) ?? 0) + 1),
    });
    const flood = (tenant: string, count: number) =>
      Array.from({ length: count }, () => simulation.ask(noted(tenant)));
    const first = [...flood("a", 60), ...flood("b", 60)];
    await simulation.clock.advance(2_000);
    const [a = 0, b = 0] = ["a", "b"].map((tenant) => turns.get(tenant));
    assertGreater(a + b, 30);
    assertLessOrEqual(Math.abs(a - b), 2);
    turns.clear();
    const late = flood("c", 20);
    await simulation.clock.advance(1_500);
    const shares = ["a", "b", "c"].map((tenant) => turns.get(tenant) ?? 0);
    assertLessOrEqual(Math.max(...shares) - Math.min(...shares), 2, `shares are ${shares.join(" : ")}`);
    await simulation.until(Promise.all([...first, ...late]));
  }));

Deno.test("a full queue turns calls away and says when to come again", () =>
  simulate({ only: { concurrency: 1, durationMs: 2_000 } }, async (simulation) => {
    const calls = Promise.all(Array.from({ length: 7 }, () => simulation.ask()));
    const outcomes = await simulation.until(calls);
    const refusals = outcomes.flatMap(({ error }) => error ?? []);
    assertEquals(refusals.map(({ code }) => code), ["rate_limited", "rate_limited"]);
    for (const { retryAfter } of refusals) assertGreater(retryAfter ?? 0, 0);
    assertEquals(simulation.node("only").served, 5);
  }, { queueMax: 4 }));

Deno.test("a full queue makes room for who has nothing in it", () =>
  simulate({ only: { concurrency: 1 } }, async (simulation) => {
    const flood = Promise.all(Array.from({ length: 5 }, () => simulation.ask({ tenant: "flood" })));
    await simulation.clock.advance(20);
    const other = simulation.ask({ tenant: "other" });
    assertEquals((await simulation.until(other)).error, undefined);
    assertEquals(errorsOf(await simulation.until(flood)), ["rate_limited"]);
  }, { queueMax: 4 }));

Deno.test("who waits is told a position that falls", () =>
  simulate({ only: { concurrency: 1 } }, async (simulation) => {
    const outcomes = await simulation.until(Promise.all(Array.from({ length: 5 }, () => simulation.ask())));
    const positions = outcomes.map(({ events }) =>
      events.flatMap((event) => event.type === "queue" ? [event.position] : [])
    );
    assertEquals(positions[0], []);
    for (const [i, told] of positions.entries()) {
      if (i === 0) continue;
      assertEquals(told[0], i);
      assertEquals(told, told.toSorted((a, b) => b - a));
      assertEquals(new Set(told).size, told.length);
    }
    for (const { events } of outcomes.slice(1)) {
      assert(events.every((event) => event.type !== "queue" || event.expectedMs > 0));
    }
  }));

Deno.test("who waits is told how many wait in all, once a second at most where only those behind it change", () =>
  simulate({ only: { concurrency: 1, durationMs: 5_000 } }, async (simulation) => {
    const { clock, nodes } = simulation;
    const first = simulation.ask();
    await clock.advance(10);
    const told: [number, number][] = [];
    const onEvent: Asking["onEvent"] = (event) =>
      void (event.type === "queue" && told.push([event.position, event.waiting]));
    const calls = [simulation.ask({ onEvent })];
    await clock.advance(10);
    for (let i = 0; i < 4; i++) {
      calls.push(simulation.ask());
      await clock.advance(100);
    }
    assertEquals(told, [[1, 1]]);
    await clock.advance(1_000);
    assertEquals(told, [[1, 1], [1, 5]]);
    const queued = nodes.dispatcher.scheduler.queued(localPrincipal.profileId);
    assertEquals(
      queued.map(({ position, waiting }) => [position, waiting]),
      [1, 2, 3, 4, 5].map((i) => [i, 5]),
    );
    for (const { callId } of queued) nodes.cancelQueued(localPrincipal, callId);
    await simulation.until(Promise.all([first, ...calls]));
  }));

Deno.test("who leaves the queue frees its place, and asks no node", () =>
  simulate({ only: { concurrency: 1, durationMs: 1_000 } }, async (simulation) => {
    const { clock, node, nodes } = simulation;
    const first = simulation.ask();
    await clock.advance(10);
    const leaver = new AbortController();
    const second = simulation.ask({ signal: leaver.signal });
    const third = simulation.ask();
    await clock.advance(10);
    assertEquals(nodes.dispatcher.scheduler.waiting, 2);
    leaver.abort();
    assertEquals((await second).error?.code, "cancelled");
    assertEquals(nodes.dispatcher.scheduler.waiting, 1);
    await clock.advance(300);
    const outcome = await simulation.until(third);
    const positions = outcome.events.flatMap((event) => event.type === "queue" ? [event.position] : []);
    assertEquals([outcome.error, positions], [undefined, [2, 1]]);
    await first;
    assertEquals([node("only").asked, node("only").served], [2, 2]);
  }));

Deno.test("who leaves as soon as a node was chosen leaves no turn taken", () =>
  simulate({ only: { concurrency: 1 } }, async (simulation) => {
    const events = simulation.nodes.dispatcher.dispatch({
      principal: localPrincipal,
      request: { model: "m", messages: [{ role: "user", content: [{ type: "text", text: "hello" }] }] },
      source: { type: "api", endpoint: "test" },
      signal: new AbortController().signal,
    });
    for await (const event of events) if (event.type === "node") break;
    assertEquals(simulation.nodes.monitor.of(simulation.node("only").id).inFlight, 0);
    assertEquals(simulation.clock.timers, 1, "a deadline still runs beside the ledger's timer");
  }));

Deno.test("a call does not wait behind one that cannot go where it can", () =>
  simulate(
    { busy: { concurrency: 1, durationMs: 5_000 }, free: { concurrency: 1 } },
    async (simulation) => {
      const { clock, node } = simulation;
      const held = awaited("text");
      const first = simulation.ask({ ...held.asking, nodeId: node("busy").id });
      await simulation.until(held.seen);
      const second = simulation.ask({ nodeId: node("busy").id });
      await clock.advance(10);
      const third = simulation.ask();
      const { nodes, tookMs } = await simulation.until(third);
      assertEquals(nodes, ["free"]);
      assertLess(tookMs, 200, `it took ${tookMs} ms, of which the node needed 100`);
      await simulation.until(Promise.all([first, second]));
    },
  ));

Deno.test("a node that fails fast does not attract work", () =>
  simulate({ good: { durationMs: 200 }, bad: {}, other: { durationMs: 200 } }, async (simulation) => {
    simulation.node("bad").failure = overloaded;
    const outcomes = await simulation.load(120, 6);
    assertEquals(errorsOf(outcomes), []);
    assertEquals(simulation.node("good").served + simulation.node("other").served, 120);
    assertLessOrEqual(simulation.node("bad").asked, 12);
  }));

Deno.test("a node that fails every other call fast gets less than one that never does", () =>
  simulate({ good: { durationMs: 100 }, bad: { durationMs: 100 } }, async (simulation) => {
    const bad = simulation.node("bad");
    const steady = setFlaky(bad);
    const outcomes = await simulation.load(150, 4, steady);
    assertEquals(errorsOf(outcomes), []);
    assertLess(bad.asked, simulation.node("good").asked / 2);
  }));

/** Makes every other call of a node fail, told by how often it was asked. */
function setFlaky(node: SimulatedNode): () => Asking {
  return () => {
    Object.defineProperty(node, "failure", {
      configurable: true,
      get: () => node.asked % 2 === 0 ? overloaded : undefined,
    });
    return {};
  };
}

for (const [downMs, underWay] of [[3_000, 0], [3_000, 12], [30_000, 4]] as const) {
  Deno.test(`a node that was down for ${downMs / 1000} s with ${underWay} calls under way takes work again within 5 s, and gets more step by step`, () =>
    simulate({ stays: {}, returns: {} }, async (simulation) => {
      const { clock, node, nodes } = simulation;
      nodes.watch(localPrincipal);
      const stop = new AbortController();
      const returns = node("returns");
      const perSecond: number[] = [];
      const before = Promise.all(
        Array.from({ length: underWay }, () => simulation.ask({ nodeId: returns.id })),
      );
      await clock.advance(20);
      kill(returns);
      assertEquals(errorsOf(await simulation.until(before)).length, underWay);
      const traffic = keepAsking(simulation, 8, stop.signal);
      await clock.advance(downMs);
      returns.failure = undefined;
      for (let second = 0; second < 25; second++) {
        const served = returns.served;
        await clock.advance(1_000);
        perSecond.push(returns.served - served);
      }
      stop.abort();
      assertEquals(errorsOf(await simulation.until(traffic)), []);
      const told = `answers in each second: ${perSecond.join(" ")}`;
      assertGreater(sum(perSecond.slice(0, 5)), 0, told);
      // It is not flooded at once, and has its half of the work in the end.
      const early = sum(perSecond.slice(0, 3)) / 3;
      const late = sum(perSecond.slice(-5)) / 5;
      assertLess(early, late * 0.75, told);
      assertLess(Math.max(...perSecond), late * 1.4, told);
      assertGreater(late, 30, told);
    }));
}

Deno.test("a node that dies under many calls has failed once", () =>
  simulate({ only: {}, other: {} }, async (simulation) => {
    const { clock, node, nodes } = simulation;
    const { id } = node("only");
    const calls = Promise.all(Array.from({ length: 12 }, () => simulation.ask({ nodeId: id })));
    await clock.advance(50);
    kill(node("only"));
    assertEquals(errorsOf(await simulation.until(calls)).length, 12);
    const { breaker } = nodes.monitor.of(id);
    assertEquals(breaker.state, "open");
    assertLessOrEqual(breaker.retryAt - clock.now(), 1_200);
  }));

Deno.test("who leaves while an answer is under way ends it, and no other node is asked", () =>
  simulate({ a: { priority: 1, durationMs: 1_000 }, b: { priority: 2 } }, async (simulation) => {
    const { clock, node, nodes } = simulation;
    const leaver = new AbortController();
    const call = simulation.ask({ signal: leaver.signal });
    await clock.advance(100);
    leaver.abort();
    assertEquals((await simulation.until(call)).error?.code, "cancelled");
    assertEquals([node("a").asked, node("a").running.size, node("b").asked], [1, 0, 0]);
    const { breaker, inFlight } = nodes.monitor.of(node("a").id);
    assertEquals([breaker.state, inFlight], ["closed", 0]);
  }));

Deno.test("a call that is taken out of the queue ends, and the next moves up", () =>
  simulate({ only: { concurrency: 1, durationMs: 1_000 } }, async (simulation) => {
    const { clock, nodes } = simulation;
    const first = simulation.ask();
    await clock.advance(10);
    const [second, third] = [simulation.ask(), simulation.ask()];
    await clock.advance(10);
    const queued = nodes.dispatcher.scheduler.queued(localPrincipal.profileId);
    assertEquals(queued.map(({ position }) => position), [1, 2]);
    nodes.cancelQueued(localPrincipal, queued[0]?.callId ?? "");
    assertEquals((await simulation.until(second)).error?.code, "cancelled");
    assertEquals((await simulation.until(third)).error, undefined);
    assertEquals((await first).error, undefined);
    assertEquals(simulation.node("only").asked, 2);
  }));

Deno.test("a node that flaps gets less and less work", () =>
  simulate({ stays: {}, flaps: {} }, async (simulation) => {
    const { clock, node, nodes } = simulation;
    nodes.watch(localPrincipal);
    const stop = new AbortController();
    const flaps = node("flaps");
    const traffic = keepAsking(simulation, 8, stop.signal);
    await clock.advance(1_000);
    const steady = flaps.asked;
    const perPeriod: number[] = [];
    for (let i = 0; i < 16; i++) {
      kill(flaps);
      await clock.advance(2_000);
      flaps.failure = undefined;
      const asked = flaps.asked;
      await clock.advance(2_000);
      perPeriod.push(flaps.asked - asked);
    }
    stop.abort();
    assertEquals(errorsOf(await simulation.until(traffic)), []);
    const told = `asked ${steady} times in the second before, then in each time of being up: ${
      perPeriod.join(" ")
    }`;
    assertGreater(steady, 20, told);
    // Alike to the other node, it would have been asked twice as often in each of them as in the second before.
    assertLess(sum(perPeriod), steady, told);
    const worked = (periods: number[]) => periods.filter((asked) => asked > 0).length;
    assertLess(worked(perPeriod.slice(8)), Math.max(2, worked(perPeriod.slice(0, 8))), told);
    // In eight times two seconds it would have had more than 600.
    assertLessOrEqual(sum(perPeriod.slice(8)), 30, told);
  }));

Deno.test("a conversation stays on its node, and leaves it where that is busy or gone", () =>
  simulate({ a: { concurrency: 1 }, b: { concurrency: 1 }, c: { concurrency: 1 } }, async (simulation) => {
    const { node } = simulation;
    const chat = { chatId: "one" };
    const [first] = (await simulation.load(1, 1, () => chat))[0]?.nodes ?? [];
    assert(first);
    for (let i = 0; i < 10; i++) {
      await simulation.load(3, 1);
      assertEquals((await simulation.load(1, 1, () => chat)).map(({ nodes }) => nodes), [[first]]);
    }
    const held = awaited("text");
    const busy = simulation.ask({ ...held.asking, nodeId: node(first).id });
    await simulation.until(held.seen);
    const moved = await simulation.until(simulation.ask(chat));
    assert(moved.nodes.length === 1 && moved.nodes[0] !== first, `it went to ${moved.nodes.join(", ")}`);
    await simulation.until(busy);
    const [second = ""] = moved.nodes;
    kill(node(second));
    const last = await simulation.until(simulation.ask(chat));
    assertEquals(last.error, undefined);
    assert(last.nodes.at(-1) !== second);
  }));

Deno.test("a conversation leaves its node where that has much more to do than the others", () =>
  simulate({ a: { durationMs: 1_000 }, b: { durationMs: 1_000 } }, async (simulation) => {
    const chat = { chatId: "one" };
    const [first = ""] = (await simulation.load(1, 1, () => chat))[0]?.nodes ?? [];
    const { id } = simulation.node(first);
    const work = Promise.all(Array.from({ length: 6 }, () => simulation.ask({ nodeId: id })));
    await simulation.clock.advance(50);
    const moved = await simulation.until(simulation.ask(chat));
    assert(moved.nodes[0] !== first);
    await simulation.until(work);
  }));

Deno.test("a node that has the model loaded is asked first, while it has a turn free", () => {
  const models = (loaded: boolean): ModelInfo[] => [{ id: "m", name: "m", capabilities: ["chat"], loaded }];
  return simulate({
    cold: { models: models(false), weight: 10, firstTokenMs: 5 },
    warm: { models: models(true), concurrency: 2 },
  }, async (simulation) => {
    await simulation.load(10, 2);
    assertEquals(served(simulation, "cold", "warm"), [0, 10]);
    await simulation.load(20, 6);
    assertGreater(simulation.node("cold").served, 5);
  });
});

Deno.test("a node that limits requests is left alone for as long as it says, and waited for where no other is left", () =>
  simulate({ only: {} }, async (simulation) => {
    const { clock, node } = simulation;
    const only = node("only");
    let limitedUntil = clock.now() + 4_000;
    Object.defineProperty(only, "failure", {
      get: () =>
        clock.now() < limitedUntil
          ? () => new FreshetError("rate_limited", "Too many requests", { retryAfter: 4 })
          : undefined,
    });
    // A person's call waits; a program is told, and comes again.
    const { error, tookMs, nodes } = await simulation.until(simulation.ask({ chatId: "one" }));
    assertEquals([error, nodes, only.asked], [undefined, ["only", "only"], 2]);
    assertGreater(tookMs, 3_900);
    assertLess(tookMs, 4_800);
    assertEquals(simulation.nodes.monitor.of(only.id).breaker.state, "closed");
    limitedUntil = Infinity;
    await clock.advance(1_000);
    assertEquals((await simulation.until(simulation.ask({ chatId: "two" }))).error?.code, "rate_limited");
    const program = await simulation.until(simulation.ask());
    assertEquals([program.error?.code, program.error?.retryAfter], ["rate_limited", 4]);
    assertLess(program.tookMs, 1_000);
  }));

Deno.test("a node that wants to be left alone for long is not waited for, and the caller is told how long", () =>
  simulate({ only: {} }, async (simulation) => {
    const only = simulation.node("only");
    only.failure = () => new FreshetError("rate_limited", "Too many requests", { retryAfter: 120 });
    const first = await simulation.until(simulation.ask());
    assertEquals([first.error?.code, first.error?.retryAfter], ["rate_limited", 120]);
    await simulation.clock.advance(20_000);
    const second = await simulation.until(simulation.ask());
    assertEquals([second.error?.code, only.asked], ["rate_limited", 1]);
    assertLessOrEqual(Math.abs((second.error?.retryAfter ?? 0) - 100), 1);
  }));

Deno.test("Retry-After is kept though an answer that began earlier ends well", () =>
  simulate({ limited: { priority: 1, durationMs: 2_000 }, other: { priority: 2 } }, async (simulation) => {
    const { clock, node } = simulation;
    const limited = node("limited");
    const held = awaited("text");
    const early = simulation.ask(held.asking);
    await simulation.until(held.seen);
    limited.failure = () => new FreshetError("rate_limited", "Too many requests", { retryAfter: 20 });
    assertEquals((await simulation.until(simulation.ask())).nodes, ["limited", "other"]);
    assertEquals((await simulation.until(early)).error, undefined);
    await clock.advance(1_000);
    assertEquals((await simulation.until(simulation.ask())).nodes, ["other"]);
    assertEquals(limited.asked, 2);
  }));

Deno.test("an answer that other nodes fail is not lost to a node that limits requests", () =>
  simulate({ limited: { priority: 1 }, bad: { priority: 2 }, good: { priority: 3 } }, async (simulation) => {
    const { node } = simulation;
    // Its limit is over again when the bad node has failed, after a while.
    node("limited").failure = () =>
      new FreshetError("rate_limited", "Too many requests", { retryAfter: 0.5 });
    node("bad").firstTokenMs = 700;
    const stumbles = new FreshetError("stalled", "bad stopped");
    const call = simulation.ask({
      chatId: "one",
      onEvent: (event) => {
        if (event.type !== "node" || event.nodeName !== "bad") return;
        simulation.clock.after(600, () => {
          for (const running of node("bad").running) running.abort(stumbles);
        });
      },
    });
    const { error, nodes } = await simulation.until(call);
    assertEquals([error, nodes.at(-1)], [undefined, "good"], `asked were ${nodes.join(", ")}`);
  }));

Deno.test("a node whose breaker is open is asked before an answer is given up", () =>
  simulate({ limited: { priority: 1 }, bad: { priority: 2 }, back: { priority: 3 } }, async (simulation) => {
    const { node } = simulation;
    kill(node("back"));
    await simulation.until(simulation.ask({ nodeId: node("back").id }));
    node("back").failure = undefined;
    node("limited").failure = () => new FreshetError("rate_limited", "Too many requests", { retryAfter: 1 });
    node("bad").failure = overloaded;
    const { error, nodes } = await simulation.until(simulation.ask({ chatId: "one" }));
    assertEquals([error, nodes.at(-1)], [undefined, "back"], `asked were ${nodes.join(", ")}`);
  }));

Deno.test("a refused key shows as what is to be set right, and not as an open breaker", () =>
  simulate({ locked: { priority: 1 }, other: { priority: 2 } }, async (simulation) => {
    const { node, nodes } = simulation;
    const locked = node("locked");
    locked.failure = () => new FreshetError("auth", "The server refused the key");
    const outcomes = await simulation.load(10, 1);
    assertEquals([errorsOf(outcomes), locked.asked], [[], 1]);
    const state = nodes.monitor.of(locked.id);
    assertEquals([state.breaker.state, state.unavailable("m")?.cause], ["closed", "misconfigured"]);
    const view = (await nodes.catalog.views(localPrincipal)).find(({ name }) => name === "locked");
    assertEquals([view?.health.status, view?.health.reason], ["warning", "The server refused the key"]);
    // A new key is tried at once.
    locked.failure = undefined;
    await simulation.change("locked", { apiKey: "a better one" });
    await simulation.load(1, 1);
    assertEquals(locked.served, 1);
  }));

Deno.test("nodes that are drained or switched off end what they do and get nothing new, whoever waits", () =>
  simulate(
    { a: { concurrency: 1, durationMs: 1_000 }, b: { concurrency: 1, durationMs: 3_000 } },
    async (simulation) => {
      const { clock } = simulation;
      const running = [simulation.ask(), simulation.ask()];
      await clock.advance(50);
      const waiting = [simulation.ask(), simulation.ask()];
      await clock.advance(50);
      await simulation.change("a", { draining: true });
      await simulation.until(Promise.all(waiting));
      assertEquals(errorsOf(await simulation.until(Promise.all(running))), []);
      assertEquals(served(simulation, "a", "b"), [1, 3]);
      await simulation.change("a", { draining: false });
      await simulation.change("b", { enabled: false });
      await simulation.load(3, 1);
      assertEquals(served(simulation, "a", "b"), [4, 3]);
    },
  ));

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** So many that ask one question after the other until the signal is aborted. */
async function keepAsking(simulation: Simulation, atOnce: number, signal: AbortSignal): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const one = async () => {
    while (!signal.aborted) outcomes.push(await simulation.ask());
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return outcomes;
}
