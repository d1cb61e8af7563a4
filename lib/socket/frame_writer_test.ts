import { assert, assertEquals } from "@std/assert";
import { FakeClock } from "../host/testing.ts";
import { Audience } from "./audience.ts";
import { FrameWriter } from "./frame_writer.ts";
import { FakeSocket, token } from "./testing.ts";

function setUp() {
  const clock = new FakeClock();
  const socket = new FakeSocket();
  let gaveUp = 0;
  const audience = new Audience();
  const frames = new FrameWriter({ socket, clock, audience, onTooSlow: () => gaveUp++ });
  return { audience, clock, socket, frames, gaveUp: () => gaveUp };
}

Deno.test("what becomes due within a frame's time goes out together, the first at once", async () => {
  const { clock, socket, frames } = setUp();
  frames.add({ type: "heartbeat" });
  frames.write([token(1, "a")]);
  await clock.advance(0);
  assertEquals(socket.frames, [[{ type: "heartbeat" }, token(1, "a")]]);
  frames.write([token(2, "b")]);
  await clock.advance(10);
  frames.write([token(3, "c", "other")]);
  frames.add({ type: "pong" });
  await clock.advance(5);
  assertEquals(socket.frames.length, 1);
  await clock.advance(1);
  assertEquals(socket.frames[1], [token(2, "b"), token(3, "c", "other"), { type: "pong" }]);
  await clock.advance(1000);
  assertEquals([socket.frames.length, clock.timers], [2, 0]);
});

Deno.test("a crowd gets fewer frames, up to five in a second", async () => {
  const { audience, clock, socket, frames } = setUp();
  const frameMs = async () => {
    frames.add({ type: "heartbeat" });
    await clock.advance(1000);
    const sent = socket.frames.length;
    frames.add({ type: "heartbeat" });
    await clock.advance(0);
    frames.add({ type: "heartbeat" });
    let ms = 0;
    for (; socket.frames.length < sent + 2; ms++) await clock.advance(1);
    return ms;
  };
  assertEquals(await frameMs(), 16);
  for (let i = 0; i < 320; i++) audience.join();
  assertEquals(await frameMs(), 16);
  for (let i = 0; i < 680; i++) audience.join();
  assertEquals(await frameMs(), 50);
  for (let i = 0; i < 10_000; i++) audience.join();
  assertEquals(await frameMs(), 200);
  for (let i = 0; i < 10_990; i++) audience.leave();
  assertEquals(await frameMs(), 16);
});

Deno.test("who writes waits for the frame", async () => {
  const { clock, frames } = setUp();
  const written: string[] = [];
  frames.write([token(1, "a")]).then(() => written.push("a"));
  await clock.advance(0);
  frames.write([token(2, "b")]).then(() => written.push("b"));
  await clock.advance(15);
  assertEquals(written, ["a"]);
  await clock.advance(1);
  assertEquals(written, ["a", "b"]);
});

Deno.test("a frame has a size, and the rest comes in the next", async () => {
  const { clock, socket, frames } = setUp();
  const text = "x".repeat(100_000);
  let isWritten = false;
  frames.write([1, 2, 3, 4, 5].map((seq) => token(seq, text))).then(() => isWritten = true);
  await clock.advance(0);
  assertEquals([socket.frames.map((frame) => frame.length), isWritten], [[3], false]);
  await clock.advance(16);
  assertEquals([socket.frames.map((frame) => frame.length), isWritten], [[3, 2], true]);
});

Deno.test("nothing is sent to a client that does not read, until it does", async () => {
  const { clock, socket, frames, gaveUp } = setUp();
  socket.isStuck = true;
  await frames.write([token(1, "x".repeat(300_000))]);
  let isWritten = false;
  frames.write([token(2, "b")]).then(() => isWritten = true);
  await clock.advance(29_000);
  assertEquals([socket.frames.length, isWritten, gaveUp()], [1, false, 0]);
  socket.drain();
  await clock.advance(50);
  assertEquals([socket.frames.length, isWritten, gaveUp()], [2, true, 0]);
});

Deno.test("a client that reads nothing for half a minute is given up, once", async () => {
  const { clock, socket, frames, gaveUp } = setUp();
  socket.isStuck = true;
  await frames.write([token(1, "x".repeat(300_000))]);
  frames.write([token(2, "b")]);
  await clock.advance(29_900);
  assertEquals(gaveUp(), 0);
  await clock.advance(200);
  assertEquals([gaveUp(), clock.timers], [1, 0]);
});

Deno.test("closing sends what is due, and lets go of who waits", async () => {
  const { clock, socket, frames } = setUp();
  await frames.write([token(1, "a")]);
  const waiting = frames.write([token(2, "b")]);
  frames.close();
  await waiting;
  assertEquals(socket.messages, [token(1, "a"), token(2, "b")]);
  frames.add({ type: "pong" });
  await frames.write([token(3, "c")]);
  await clock.advance(100);
  assertEquals([socket.messages.length, clock.timers], [2, 0]);
});

Deno.test("a client that is gone gets nothing more", async () => {
  const { clock, socket, frames } = setUp();
  frames.write([token(1, "a")]);
  socket.readyState = WebSocket.CLOSED;
  await clock.advance(100);
  frames.close();
  assert(socket.frames.length === 0);
});

Deno.test("a clock that is set back delays no frame", async () => {
  const { clock, socket, frames } = setUp();
  await frames.write([token(1, "a")]);
  const { now } = clock;
  clock.now = () => now.call(clock) - 3_600_000;
  frames.write([token(2, "b")]);
  await clock.advance(16);
  assertEquals(socket.frames.length, 2);
});
