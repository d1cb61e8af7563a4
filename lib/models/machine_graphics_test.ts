import { assertEquals } from "@std/assert";
import type { GpuState } from "../shared/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { MachineGraphics } from "./machine_graphics.ts";

const GB = 1_000_000_000;
const card = (memoryTotal: number | null): GpuState => ({
  name: "card",
  busy: null,
  memoryUsed: null,
  memoryTotal,
  temperature: null,
  power: null,
});

Deno.test("the memory of all cards is asked for every ten minutes, and null where none is told", async () => {
  const clock = new FakeClock();
  let cards = [card(24 * GB), card(null), card(8 * GB)];
  let asked = 0;
  const graphics = new MachineGraphics(() => {
    asked++;
    return Promise.resolve(cards);
  }, clock);
  assertEquals([await graphics.memory(), await graphics.memory(), asked], [32 * GB, 32 * GB, 1]);
  cards = [card(null)];
  await clock.advance(10 * 60_000 + 1);
  assertEquals([await graphics.memory(), asked], [null, 2]);
  assertEquals(await new MachineGraphics(undefined, clock).memory(), null);
  const without = new MachineGraphics(() => Promise.reject(new Error("There is no nvidia-smi")), clock);
  assertEquals(await without.memory(), null);
});

Deno.test("a program that does not answer keeps no page waiting, and what it says later is known then", async () => {
  const clock = new FakeClock();
  const answer = Promise.withResolvers<GpuState[]>();
  const graphics = new MachineGraphics(() => answer.promise, clock);
  const first = graphics.memory();
  await clock.advance(3_000);
  assertEquals(await first, null);
  answer.resolve([card(24 * GB)]);
  assertEquals(await graphics.memory(), 24 * GB);
});
