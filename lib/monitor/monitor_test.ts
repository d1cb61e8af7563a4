import { assertEquals } from "@std/assert";
import type { ProfileEvent, Threshold } from "../shared/mod.ts";
import { localPrincipal } from "../access/mod.ts";
import { silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { Feed, openStore } from "../store/mod.ts";
import type { SystemHost } from "./host/system_host.ts";
import { Monitor } from "./monitor.ts";
import { sampleHost } from "./testing/sample_host.ts";

const GB = 1_000_000_000;

class RecordingFeed extends Feed {
  readonly events: ProfileEvent[] = [];
  override publish(_profileId: string, event: ProfileEvent): void {
    this.events.push(event);
  }
}

async function setUp(changes: Partial<SystemHost> = {}) {
  const clock = new FakeClock();
  const store = await openStore({ folder: ":memory:" });
  const feed = new RecordingFeed();
  let samples = 0;
  let used = 24 * GB;
  const host = sampleHost(clock, {
    memory: () => {
      samples++;
      return Promise.resolve({ total: 64 * GB, used, swapTotal: 0, swapUsed: 0 });
    },
    ...changes,
  });
  const monitor = new Monitor({ host, store, clock, log: silentLog, feed });
  return {
    clock,
    store,
    feed,
    monitor,
    samples: () => samples,
    setUsed: (gb: number) => used = gb * GB,
    close: async () => {
      await monitor.close();
      store.close();
    },
  };
}

/** Lets time pass in steps, after each of which what was begun in it is done. */
async function pass(clock: FakeClock, ms: number, stepMs: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) await clock.advance(stepMs);
}

Deno.test("it is slow while nobody looks, fast while somebody does, and slow again", async () => {
  const { clock, monitor, samples, close } = await setUp();
  monitor.start();
  await pass(clock, 5_000 + 4 * 15_000, 5_000);
  assertEquals(samples(), 5);
  const leave = new AbortController();
  const beats = monitor.watch(leave.signal);
  await beats.next();
  const before = samples();
  const reading = (async () => {
    let count = 0;
    for await (const _ of beats) count++;
    return count;
  })();
  await pass(clock, 20_000, 1_000);
  assertEquals(samples() - before, 10);
  leave.abort();
  assertEquals(await reading, 10);
  const after = samples();
  await pass(clock, 60_000, 5_000);
  assertEquals(samples() - after <= 5, true);
  await close();
  assertEquals(clock.timers, 0);
});

Deno.test("without a start it is still while nobody looks", async () => {
  const { clock, monitor, samples, close } = await setUp();
  await clock.advance(60_000);
  assertEquals(samples(), 0);
  const view = await monitor.view(localPrincipal);
  assertEquals([view.state.host.name, view.sample.memory, view.state.processes?.length], [
    "workstation",
    37.5,
    2,
  ]);
  await Promise.all([monitor.view(localPrincipal), monitor.view(localPrincipal)]);
  assertEquals(samples(), 1, "who asks at once gets the same sample");
  assertEquals(clock.timers, 0);
  await close();
});

Deno.test("a reader that is slow gets the latest only", async () => {
  const { clock, monitor, setUsed, close } = await setUp();
  const leave = new AbortController();
  const beats = monitor.watch(leave.signal);
  await beats.next();
  for (let gb = 25; gb <= 32; gb++) {
    setUsed(gb);
    await clock.advance(2_000);
  }
  assertEquals((await beats.next()).value?.sample.memory, 50);
  leave.abort();
  assertEquals((await beats.next()).done, true);
  await close();
});

Deno.test("a threshold that is passed is published once, also one set before a restart", async () => {
  const { clock, store, feed, monitor, setUsed, close } = await setUp();
  const thresholds: Threshold[] = [{ figure: "memory", above: 90, forSeconds: 60, enabled: true }];
  const all = await monitor.thresholds.set(localPrincipal, thresholds);
  assertEquals(all.map(({ figure, enabled }) => [figure, enabled]), [
    ["cpu", false],
    ["memory", true],
    ["disk", false],
    ["gpu", false],
    ["gpuMemory", false],
  ]);
  const again = new Monitor({ host: sampleHost(clock), store, clock, log: silentLog, feed });
  assertEquals(await again.thresholds.list(localPrincipal), all);
  monitor.start();
  setUsed(62);
  await pass(clock, 2 * 60_000, 5_000);
  setUsed(30);
  await pass(clock, 30_000, 5_000);
  const told = feed.events.map((event) =>
    event.type === "system:alert" && [event.alert.figure, event.alert.state]
  );
  assertEquals(told, [["memory", "raised"], ["memory", "cleared"]]);
  assertEquals(monitor.alerts(localPrincipal), []);
  await close();
});

Deno.test("a host that answers nothing stops nothing", async () => {
  const fail = () => Promise.reject(new Error("It is broken"));
  const { clock, monitor, close } = await setUp({
    cpu: fail,
    memory: fail,
    gpu: fail,
    disks: fail,
    network: fail,
    processes: fail,
  });
  monitor.start();
  await pass(clock, 60_000, 5_000);
  const view = await monitor.view(localPrincipal);
  assertEquals(view.state.missing.length, 6);
  assertEquals((await monitor.history("hour")).points.length > 0, true);
  await close();
});
