import { assertEquals, assertLess } from "@std/assert";
import { type Clock, silentLog } from "../../host/mod.ts";
import { openStore, type Store } from "../../store/mod.ts";
import { averaged, emptySample } from "./average.ts";
import { MetricHistory } from "./metric_history.ts";
import { blockOf, samplesOf } from "./sample_block.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Midnight, so that steps are easy to count. */
const START = Date.UTC(2026, 0, 1);

/** A day of samples has no timers to wait for. */
class StillClock implements Clock {
  constructor(private time: number) {}
  now = () => this.time;
  after = () => () => {};
  every = () => () => {};
  advance(ms: number): void {
    this.time += ms;
  }
}

function historyOf(store: Store, clock: Clock, host = "a"): MetricHistory {
  return new MetricHistory({ store, clock, log: silentLog, host });
}

/** Samples for so long, `everyMs` apart; the figure counts the samples of a ten-minute step. */
async function run(history: MetricHistory, clock: StillClock, ms: number, everyMs: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += everyMs) {
    const minute = Math.floor(clock.now() / MINUTE) % 10;
    history.add({ ...emptySample(clock.now()), cpu: minute, memory: 50 });
    clock.advance(everyMs);
    // As it would be while time passes by itself.
    if (clock.now() % MINUTE === 0) await history.save();
  }
  await history.save();
}

Deno.test("averages leave out what is not known, and steps without samples", () => {
  const at = (seconds: number, cpu: number | null) => ({ ...emptySample(START + seconds * 1000), cpu });
  const points = averaged([at(0, 10), at(5, null), at(10, 30), at(20, null), at(60, 7)], 20_000);
  assertEquals(points.map((point) => [(point.at - START) / 1000, point.cpu]), [[0, 20], [20, null], [60, 7]]);
});

Deno.test("a block gives back what it was made of, and unknown figures of another version as unknown", () => {
  const samples = [{ ...emptySample(START + 5), cpu: 1.5 }, { ...emptySample(START + 9), sent: 0, gpu: 99 }];
  assertEquals(samplesOf(blockOf(START, samples)), samples);
  const older = { startsAt: START, figures: ["cpu", "fan"], rows: [[5, 1.5, 700]] };
  assertEquals(samplesOf(older), [{ ...emptySample(START + 5), cpu: 1.5 }]);
});

Deno.test("the hour is kept as it came, the day by the minute, the week by ten minutes", async () => {
  const store = await openStore({ folder: ":memory:" });
  const clock = new StillClock(START);
  const history = historyOf(store, clock);
  await run(history, clock, 26 * HOUR, 30_000);
  const [hour, day, week] = (["hour", "day", "week"] as const).map((range) => history.range(range).points);
  assertEquals(hour?.length, 120, "each sample has a step of twenty seconds for itself");
  assertEquals(day?.length, 144);
  assertEquals(day?.[0]?.at, START + 2 * HOUR);
  assertEquals(week?.length, 26);
  // In ten minutes, the minutes 0 to 9 average 4.5.
  assertEquals([...new Set(day?.map(({ cpu }) => cpu))], [4.5]);
  assertEquals([...new Set(week?.map(({ cpu }) => cpu))], [4.5]);
  store.close();
});

Deno.test("a restart finds it again in a few small records; another machine does not", async () => {
  const store = await openStore({ folder: ":memory:" });
  const clock = new StillClock(START);
  await run(historyOf(store, clock), clock, 3 * HOUR, 30_000);
  const again = historyOf(store, clock);
  await again.load();
  assertEquals(again.range("hour").points.length, 120);
  assertEquals(again.range("day").points.length, 18);
  // The last step of ten minutes was not over.
  assertEquals(again.range("week").points.length, 3);
  const other = historyOf(store, clock, "b");
  await other.load();
  assertEquals(other.range("hour").points, []);
  const entries = await Array.fromAsync(store.kv.list<Uint8Array>({ prefix: ["system_samples"] }));
  const raw = entries.filter(({ key }) => key[2] === "raw");
  assertEquals(raw.length, 36, "ten samples to a record of five minutes");
  assertLess(Math.max(...entries.map(({ value }) => value.length)), 4_000);
  store.close();
});

Deno.test("what is older than its time is forgotten, after a long pause too", async () => {
  const store = await openStore({ folder: ":memory:" });
  const clock = new StillClock(START);
  const history = historyOf(store, clock);
  await run(history, clock, HOUR, 30_000);
  clock.advance(9 * DAY);
  await run(history, clock, MINUTE, 30_000);
  assertEquals(history.range("hour").points.length, 2);
  assertEquals(history.range("week").points.length, 1);
  const again = historyOf(store, clock);
  await again.load();
  assertEquals(again.range("hour").points.length, 2);
  store.close();
});

Deno.test("a store that takes nothing loses nothing that is still in memory", async () => {
  const store = await openStore({ folder: ":memory:" });
  const clock = new StillClock(START);
  const { kv } = store;
  let isBroken = true;
  const failing = new Proxy(store, {
    get(target, name) {
      if (name === "kv" && isBroken) {
        const broken = { set: () => broken, commit: () => Promise.reject(new Error("The disk is full")) };
        return { atomic: () => broken };
      }
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const history = historyOf(failing, clock);
  await run(history, clock, 10 * MINUTE, 30_000);
  assertEquals((await Array.fromAsync(kv.list({ prefix: ["system_samples"] }))).length, 0);
  isBroken = false;
  await run(history, clock, MINUTE, 30_000);
  const again = historyOf(store, clock);
  await again.load();
  assertEquals(again.range("hour").points.length, 22);
  store.close();
});

Deno.test("a clock that is set back brings no samples twice", async () => {
  const store = await openStore({ folder: ":memory:" });
  const clock = new StillClock(START + HOUR);
  const history = historyOf(store, clock);
  await run(history, clock, 2 * MINUTE, 30_000);
  for (const seconds of [0, 30]) {
    history.add({ ...emptySample(START + HOUR + seconds * 1000), cpu: 99 });
  }
  assertEquals(history.range("hour").points.map(({ cpu }) => cpu), [99, 99]);
  store.close();
});
