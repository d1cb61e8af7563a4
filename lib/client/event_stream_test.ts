import { assertEquals } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { EventStream, type EventStreamOptions } from "./event_stream.ts";
import { FakeClock, settle } from "./testing/fake_clock.ts";
import { FakeStream } from "./testing/fake_server.ts";

function setUp(more: Partial<EventStreamOptions> = {}) {
  const clock = new FakeClock();
  const streams: FakeStream[] = [];
  const ids: (string | undefined)[] = [];
  const data: (string | undefined)[] = [];
  const stream = new EventStream({
    clock,
    open: (lastEventId, signal) => {
      ids.push(lastEventId);
      const opened = new FakeStream(signal);
      streams.push(opened);
      return Promise.resolve(opened.response);
    },
    onEvent: (event) => data.push(event.data),
    ...more,
  });
  return { clock, streams, ids, data, stream };
}

Deno.test("events arrive, and a broken stream goes on after the last of them", async () => {
  const { clock, streams, ids, data, stream } = setUp();
  stream.start();
  await settle();
  streams[0]?.send("id: r.1\ndata: one\n\nid: r.2\ndata: two\n\n");
  await settle();
  streams[0]?.close();
  await settle();
  assertEquals([stream.state.value, stream.secondsLeft.value], ["waiting", 2]);
  await clock.tick(1000);
  assertEquals(stream.secondsLeft.value, 1);
  await clock.tick(1000);
  assertEquals(ids, [undefined, "r.2"]);
  streams[1]?.send("id: r.3\ndata: three\n\n");
  await settle();
  assertEquals(data, ["one", "two", "three"]);
  stream.stop();
  await settle();
  assertEquals([streams[1]?.cancelled, clock.waiting], [true, 0]);
});

Deno.test("the pause grows with every failure and is forgotten when bytes come", async () => {
  let failing = true;
  const pauses: number[] = [];
  const clock = new FakeClock();
  const streams: FakeStream[] = [];
  const stream = new EventStream({
    clock,
    open: (_, signal) => {
      if (failing) return Promise.reject(new FreshetError("unreachable", "away"));
      const opened = new FakeStream(signal);
      streams.push(opened);
      return Promise.resolve(opened.response);
    },
    onEvent() {},
  });
  stream.start();
  await settle();
  for (let i = 0; i < 6; i++) {
    pauses.push(stream.secondsLeft.value);
    await clock.tick(stream.secondsLeft.value * 1000);
  }
  assertEquals(pauses, [2, 4, 8, 15, 30, 30]);
  failing = false;
  await clock.tick(30_000);
  streams[0]?.send(": hello\n");
  await settle();
  streams[0]?.close();
  await settle();
  assertEquals(stream.secondsLeft.value, 2);
  stream.stop();
});

Deno.test("a refusal ends it, a try can be brought forward", async () => {
  const refused: string[] = [];
  const gone = setUp({
    open: () => Promise.reject(new FreshetError("not_found", "gone")),
    onRefused: (error) => refused.push(error.code),
  });
  gone.stream.start();
  await settle();
  assertEquals([gone.stream.state.value, refused], ["stopped", ["not_found"]]);

  const { streams, stream, clock } = setUp();
  stream.start();
  await settle();
  streams[0]?.close();
  await settle();
  stream.retryNow();
  await settle();
  assertEquals([stream.state.value, streams.length, clock.waiting], ["open", 2, 1]);
  stream.stop();
});

Deno.test("a silent stream is taken for dead after a minute", async () => {
  const { streams, stream, clock } = setUp();
  stream.start();
  await settle();
  await clock.tick(59_000);
  streams[0]?.send(": still here\n");
  await clock.tick(59_000);
  assertEquals(stream.state.value, "open");
  await clock.tick(1_000);
  assertEquals(stream.state.value, "waiting");
  stream.stop();
});
