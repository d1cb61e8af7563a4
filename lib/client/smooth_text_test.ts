import { assert, assertEquals } from "@std/assert";
import { FakeClock } from "./testing/fake_clock.ts";
import { SmoothText } from "./smooth_text.ts";

function setUp(enabled = true) {
  const clock = new FakeClock();
  const shown: { at: number; text: string }[] = [];
  const smooth = new SmoothText(clock, (text) => shown.push({ at: clock.now(), text }), () => enabled);
  const text = () => shown.map((piece) => piece.text).join("");
  return { clock, shown, smooth, text };
}

Deno.test("bursts every 100 ms are spread over the time between them", async () => {
  const { clock, shown, smooth, text } = setUp();
  await clock.tick(1000);
  for (let i = 0; i < 20; i++) {
    smooth.push("x".repeat(60));
    await clock.tick(100);
  }
  const late = shown.filter(({ at }) => at > 2000);
  const largest = Math.max(...late.map((piece) => piece.text.length));
  assert(largest <= 20, `A frame showed ${largest} characters of a burst of 60`);
  await clock.tick(200);
  assertEquals(text().length, 1200);
});

Deno.test("nothing is shown more than about 200 ms late, whatever the arrivals", async () => {
  const { clock, smooth, shown } = setUp();
  const arrivals: number[] = [];
  let seed = 7;
  await clock.tick(50);
  for (let i = 0; i < 300; i++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const length = 1 + seed % 40;
    for (let j = 0; j < length; j++) arrivals.push(clock.now());
    smooth.push("y".repeat(length));
    await clock.tick(seed % 97 < 60 ? seed % 12 : 150 + seed % 90);
  }
  await clock.tick(500);
  let index = 0;
  let latest = 0;
  for (const { at, text } of shown) {
    for (let j = 0; j < text.length; j++) latest = Math.max(latest, at - (arrivals[index++] ?? 0));
  }
  assertEquals(index, arrivals.length);
  assert(latest <= 220, `A character came ${latest} ms late`);
});

Deno.test("characters of two code units are not torn", async () => {
  const { clock, shown, smooth, text } = setUp();
  await clock.tick(100);
  for (let i = 0; i < 10; i++) {
    smooth.push("🌊🌊🌊🌊🌊");
    await clock.tick(150);
  }
  await clock.tick(300);
  assertEquals(text(), "🌊".repeat(50));
  for (const piece of shown) assert(piece.text.isWellFormed(), `Torn: ${JSON.stringify(piece.text)}`);
});

Deno.test("flush shows the rest and leaves no frame behind", async () => {
  const { clock, smooth, text } = setUp();
  await clock.tick(10);
  smooth.push("a".repeat(500));
  smooth.flush();
  assertEquals(text().length, 500);
  assertEquals(clock.waiting, 0);
});

Deno.test("switched off, everything comes with the next frame, in one piece", async () => {
  const { clock, shown, smooth } = setUp(false);
  smooth.push("at ");
  smooth.push("once");
  await clock.tick(16);
  assertEquals(shown, [{ at: 16, text: "at once" }]);
});
