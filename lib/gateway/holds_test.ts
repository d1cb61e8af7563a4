import { assertEquals } from "@std/assert";
import { FakeClock } from "../host/testing.ts";
import { Holds } from "./holds.ts";

Deno.test("each hold ends at its time, but for those that were called off", async () => {
  const clock = new FakeClock();
  const holds = new Holds(clock, 100);
  const ended: string[] = [];
  const start = (name: string) => holds.start(() => ended.push(name));
  start("first");
  await clock.advance(40);
  const callOff = start("second");
  start("third");
  await clock.advance(59);
  assertEquals(ended, []);
  await clock.advance(1);
  assertEquals(ended, ["first"]);
  callOff();
  callOff();
  await clock.advance(40);
  assertEquals(ended, ["first", "third"]);
  start("fourth");
  await clock.advance(100);
  assertEquals(ended, ["first", "third", "fourth"]);
});

Deno.test("there is no timer while nothing is held", async () => {
  const clock = new FakeClock();
  const holds = new Holds(clock, 100);
  const callOffs = Array.from({ length: 5 }, () => holds.start(() => {}));
  for (const callOff of callOffs) callOff();
  assertEquals(clock.timers, 0);
  holds.start(() => {});
  await clock.advance(100);
  assertEquals(clock.timers, 0);
});
