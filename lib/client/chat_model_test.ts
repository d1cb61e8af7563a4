import { assert, assertEquals } from "@std/assert";
import { initialRunState } from "../shared/mod.ts";
import { ChatModel } from "./chat_model.ts";
import { FakeClock, settle } from "./testing/fake_clock.ts";
import { FakeServer, FakeStream } from "./testing/fake_server.ts";
import { onWire, sampleBranch, sampleChat, sampleMessage, sampleRun, sampleTurn } from "./testing/samples.ts";

function setUp(messages = sampleBranch(0, 4), before: string | null = null) {
  const clock = new FakeClock();
  const server = new FakeServer();
  const streams: FakeStream[] = [];
  server.on("GET /api/runs/*/events", ({ signal }) => {
    const stream = new FakeStream(signal);
    streams.push(stream);
    return stream.response;
  });
  const model = new ChatModel({
    chat: sampleChat(),
    page: { messages, before },
    running: null,
    api: server.api,
    clock,
    smooth: () => false,
  });
  model.listen(true);
  const ids = () => model.branch.value.messages.map(({ id }) => id).join(" ");
  return { clock, server, streams, model, ids };
}

Deno.test("a turn is shown, followed, and settles with what its run wrote", async () => {
  const { clock, streams, model, ids } = setUp();
  model.begin(sampleTurn("m3"));
  assertEquals(ids(), "m0 m1 m2 m3 u1 a1");
  await settle();
  streams[0]?.send(onWire("r1", 1, { type: "text", text: "Hi" }));
  await clock.tick(50);
  assertEquals(model.live.value?.text.open.value?.source, "Hi");
  streams[0]?.send(onWire("r1", 2, { type: "end", outcome: "complete" }));
  await clock.tick(50);
  assertEquals(model.live.value, null);
  const last = model.branch.value.messages.at(-1);
  assertEquals([last?.text, last?.status], ["Hi", "complete"]);
  assert(model.writtenText("a1"), "The blocks stay as they were shown");
  assertEquals(clock.waiting, 0);
});

Deno.test("the same turn told twice is followed once", async () => {
  const { streams, model } = setUp();
  model.begin(sampleTurn("m3"));
  const live = model.live.value;
  model.begin(sampleTurn("m3"));
  await settle();
  assertEquals([model.live.value === live, streams.length], [true, 1]);
  model.reset();
});

Deno.test("a page that another tab's answer is on is followed from its snapshot", async () => {
  const { server, streams, model } = setUp();
  const streaming = sampleMessage("a9", {
    parentId: "m3",
    role: "assistant",
    status: "streaming",
    runId: "r9",
    text: "",
  });
  server.on(
    "GET /api/chat/sessions/c1/messages",
    () => ({ messages: [...sampleBranch(2, 4), streaming], before: "m2" }),
  );
  server.on("GET /api/runs/r9", () => ({
    run: sampleRun("r9", "a9"),
    state: { ...initialRunState(), seq: 5, text: "So far" },
  }));
  await model.reload();
  await settle();
  assertEquals(model.live.value?.text.open.value?.source, "So far");
  assertEquals(server.asked.at(-1)?.headers.get("last-event-id"), "r9.5");
  streams[0]?.send(onWire("r9", 6, { type: "end", outcome: "cancelled" }));
  await settle();
  assertEquals(model.branch.value.messages.at(-1)?.status, "cancelled");
});

Deno.test("missing events are made up for by the snapshot", async () => {
  const { clock, server, streams, model } = setUp();
  server.on("GET /api/runs/r1", () => ({
    run: { ...sampleRun(), status: "complete" },
    state: { ...initialRunState(), seq: 9, text: "All of it", status: "complete" },
  }));
  model.begin(sampleTurn("m3"));
  await settle();
  streams[0]?.send(onWire("r1", 4, { type: "text", text: "of" }));
  await clock.tick(50);
  assertEquals(model.branch.value.messages.at(-1)?.text, "All of it");
});

Deno.test("a hidden page lets the connection go, and takes up again where it was", async () => {
  const { server, streams, model } = setUp();
  model.begin(sampleTurn("m3"));
  await settle();
  streams[0]?.send(onWire("r1", 1, { type: "text", text: "Hi" }));
  await settle();
  model.listen(false);
  await settle();
  assertEquals(streams[0]?.cancelled, true);
  model.listen(true);
  await settle();
  assertEquals(server.asked.at(-1)?.headers.get("last-event-id"), "r1.1");
  model.reset();
});

Deno.test("earlier pages are loaded one at a time until there are none", async () => {
  const { server, model, ids } = setUp(sampleBranch(4, 6), "m4");
  server.on("GET /api/chat/sessions/c1/messages", ({ path }) => {
    const before = Number(new URLSearchParams(path.split("?")[1]).get("before")?.slice(1));
    return { messages: sampleBranch(before - 2, before), before: before > 2 ? `m${before - 2}` : null };
  });
  const first = model.loadEarlier();
  assertEquals(await model.loadEarlier(), false);
  assertEquals(await first, true);
  assertEquals(ids(), "m2 m3 m4 m5");
  await model.loadEarlier();
  assertEquals(ids(), "m0 m1 m2 m3 m4 m5");
  assertEquals(await model.loadEarlier(), false);
  assertEquals(server.asked.length, 2);
});

Deno.test("a run that the server has forgotten makes the branch be fetched", async () => {
  const { server, model } = setUp();
  server.on("GET /api/runs/*/events", () => new Response(null, { status: 404 }));
  server.on("GET /api/chat/sessions/c1/messages", () => ({
    messages: [
      ...sampleBranch(0, 4),
      sampleMessage("u1", { parentId: "m3" }),
      sampleMessage("a1", { parentId: "u1", text: "Done" }),
    ],
    before: null,
  }));
  model.begin(sampleTurn("m3"));
  await settle();
  await settle();
  assertEquals([model.live.value, model.branch.value.messages.at(-1)?.text], [null, "Done"]);
});

Deno.test("a page that was asked for before a turn does not take the turn away", async () => {
  const { server, model, ids } = setUp();
  let answer = () => {};
  server.on(
    "GET /api/chat/sessions/c1/messages",
    () => new Promise((resolve) => answer = () => resolve({ messages: sampleBranch(0, 4), before: null })),
  );
  const reloading = model.reload();
  model.begin(sampleTurn("m3"));
  answer();
  await reloading;
  assertEquals([ids(), model.live.value?.runId], ["m0 m1 m2 m3 u1 a1", "r1"]);
  model.reset();
});

Deno.test("a turn below a message that is not loaded brings what lies above it", async () => {
  const { server, model, ids } = setUp([]);
  const { user, assistant } = sampleTurn("m3");
  server.on(
    "GET /api/chat/sessions/c1/messages",
    () => ({ messages: [...sampleBranch(0, 4), user, assistant], before: null }),
  );
  model.begin(sampleTurn("m3"));
  await settle();
  assertEquals([ids(), model.live.value?.runId], ["m0 m1 m2 m3 u1 a1", "r1"]);
  model.reset();
});
