import { assertEquals } from "@std/assert";
import { KeepAlive } from "./keep_alive.ts";
import { ManualClock } from "./testing.ts";

Deno.test("silence is reported after its time, up to a second late, and again", () => {
  const clock = new ManualClock();
  const keepAlive = new KeepAlive(clock, 15_000);
  const at: number[] = [];
  const start = clock.now();
  const watch = keepAlive.watch(() => at.push(clock.now() - start));
  clock.advance(14_999);
  assertEquals(at, []);
  clock.advance(16_100);
  assertEquals(at, [16_000, 31_000]);
  watch.stop();
});

Deno.test("a touch puts it off", () => {
  const clock = new ManualClock();
  const keepAlive = new KeepAlive(clock, 15_000);
  let pings = 0;
  const watch = keepAlive.watch(() => pings++);
  for (let i = 0; i < 10; i++) {
    clock.advance(10_000);
    watch.touch();
  }
  assertEquals(pings, 0);
  watch.stop();
});

Deno.test("all streams share one timer, which ends with the last", () => {
  const clock = new ManualClock();
  const keepAlive = new KeepAlive(clock, 15_000);
  const watches = [1, 2, 3].map(() => keepAlive.watch(() => {}));
  assertEquals(clock.timers, 1);
  for (const watch of watches) watch.stop();
  assertEquals(clock.timers, 0);
});
