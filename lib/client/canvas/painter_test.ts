import { assertEquals } from "@std/assert";
import { FakeClock } from "../testing/fake_clock.ts";
import { scaleOf } from "./line_chart.ts";
import { Painter } from "./painter.ts";

function setUp(count: number) {
  const clock = new FakeClock();
  const painter = new Painter(clock);
  const painted: number[] = [];
  const paintings = Array.from({ length: count }, (_, i) => painter.add(() => painted.push(i)));
  return { clock, painter, painted, paintings };
}

Deno.test("of many pictures those in view are drawn in one frame, however often they were marked", async () => {
  const { clock, painted, paintings } = setUp(50);
  for (const painting of paintings.slice(0, 10)) painting.setVisible(true);
  for (const painting of paintings) {
    painting.mark();
    painting.mark();
  }
  assertEquals(clock.waiting, 1);
  await clock.tick(16);
  assertEquals(painted, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await clock.tick(1_000);
  assertEquals([painted.length, clock.waiting], [10, 0], "nothing is drawn that did not change");
});

Deno.test("what changed out of view is drawn when it comes into view", async () => {
  const { clock, painted, paintings: [painting] } = setUp(1);
  painting?.mark();
  await clock.tick(100);
  assertEquals(painted, []);
  painting?.setVisible(true);
  await clock.tick(16);
  painting?.setVisible(false);
  painting?.setVisible(true);
  await clock.tick(16);
  assertEquals(painted, [0]);
});

Deno.test("a change of colours draws everything in view anew; what was removed is gone", async () => {
  const { clock, painter, painted, paintings } = setUp(3);
  for (const painting of paintings) painting.setVisible(true);
  await clock.tick(16);
  paintings[2]?.setVisible(false);
  paintings[1]?.remove();
  painter.markAll();
  await clock.tick(16);
  assertEquals(painted, [0, 1, 2, 0]);
});

Deno.test("a scale is the next of 1, 2, 5, 10, …", () => {
  const scales = [[0], [1], [1.2], [3, 0.5], [6], [11], [199], [4_001]].map(scaleOf);
  assertEquals(scales, [1, 1, 2, 5, 10, 20, 200, 5_000]);
});
