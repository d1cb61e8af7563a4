import { assertEquals } from "@std/assert";
import { initialRunState, type RunSnapshot, type SequencedEvent } from "../shared/mod.ts";
import { RunSubscription } from "./run_subscription.ts";
import { FakeClock, settle } from "./testing/fake_clock.ts";
import { failure, FakeServer, FakeStream } from "./testing/fake_server.ts";
import { onWire, sampleRun } from "./testing/samples.ts";

function setUp() {
  const clock = new FakeClock();
  const server = new FakeServer();
  const streams: FakeStream[] = [];
  const events: SequencedEvent[] = [];
  const snapshots: RunSnapshot[] = [];
  let gone = 0;
  server.on("GET /api/runs/r1/events", ({ signal }) => {
    const stream = new FakeStream(signal);
    streams.push(stream);
    return stream.response;
  });
  const subscription = new RunSubscription({
    runId: "r1",
    api: server.api,
    clock,
    onEvent: (event) => events.push(event),
    onSnapshot: (snapshot) => snapshots.push(snapshot),
    onGone: () => gone++,
  });
  return { clock, server, streams, events, snapshots, subscription, gone: () => gone };
}

const end = { type: "end", outcome: "complete" } as const;

Deno.test("a run is followed from where it stood to its end, and then no connection is left", async () => {
  const { clock, server, streams, events, subscription } = setUp();
  subscription.start(7);
  await settle();
  assertEquals(server.asked[0]?.headers.get("last-event-id"), "r1.7");
  streams[0]?.send(onWire("r1", 8, { type: "text", text: "hi" }) + onWire("r1", 9, end));
  await settle();
  assertEquals(events.map(({ seq }) => seq), [8, 9]);
  await clock.tick(120_000);
  assertEquals([server.asked.length, clock.waiting], [1, 0]);
});

Deno.test("a paused subscription goes on after the last event that came", async () => {
  const { server, streams, subscription } = setUp();
  subscription.start(0);
  await settle();
  streams[0]?.send(onWire("r1", 1, { type: "text", text: "hi" }));
  await settle();
  subscription.pause();
  await settle();
  assertEquals(streams[0]?.cancelled, true);
  subscription.start(1);
  await settle();
  assertEquals(server.asked[1]?.headers.get("last-event-id"), "r1.1");
  subscription.close();
});

Deno.test("where streams break three times the run is polled until it ends", async () => {
  const { clock, server, snapshots, subscription } = setUp();
  let status: "running" | "complete" = "running";
  server.on("GET /api/runs/r1/events", () => failure(502, "upstream"));
  server.on("GET /api/runs/r1", () => ({
    run: { ...sampleRun(), status },
    state: { ...initialRunState(), seq: 3, text: "so far", status },
  }));
  subscription.start(0);
  await clock.tick(6_000);
  assertEquals(snapshots.length, 1);
  await clock.tick(1_000);
  status = "complete";
  await clock.tick(1_000);
  assertEquals(snapshots.map(({ state }) => state.status), ["running", "running", "complete"]);
  await clock.tick(60_000);
  assertEquals([snapshots.length, clock.waiting], [3, 0]);
});

Deno.test("where polling fails too the stream is tried again, with its countdown", async () => {
  const { clock, server, subscription } = setUp();
  server.on("GET /api/runs/r1/events", () => failure(502, "upstream"));
  server.on("GET /api/runs/r1", () => failure(502, "upstream"));
  subscription.start(0);
  await clock.tick(6_000);
  assertEquals([subscription.state.value, subscription.secondsLeft.value], ["waiting", 2]);
  subscription.close();
  assertEquals(clock.waiting, 0);
});

Deno.test("a run that is no more is told as gone", async () => {
  const { server, subscription, gone } = setUp();
  server.on("GET /api/runs/r1/events", () => failure(404, "not_found"));
  subscription.start(0);
  await settle();
  assertEquals(gone(), 1);
});
