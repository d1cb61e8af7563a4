import { assertEquals, assertThrows } from "@std/assert";
import { type BranchMessage, initialRunState, type RunEvent } from "../shared/mod.ts";
import { LiveAnswer } from "./live_answer.ts";
import { FakeClock } from "./testing/fake_clock.ts";
import { sampleMessage } from "./testing/samples.ts";

function setUp(message = sampleMessage("a1", { role: "assistant", status: "streaming", text: "" })) {
  const clock = new FakeClock();
  const live = new LiveAnswer({ runId: "r1", message, clock, smooth: () => true });
  let seq = 0;
  const apply = (event: RunEvent) => live.apply({ seq: ++seq, event });
  return { clock, live, apply };
}

function shown(live: LiveAnswer): string {
  const finished = live.text.groups.value.flatMap((group) => group.blocks.map((block) => block.source));
  return [...finished, live.text.open.value?.source ?? ""].filter(Boolean).join("\n\n");
}

async function ended(live: LiveAnswer, clock: FakeClock): Promise<BranchMessage | undefined> {
  let message: BranchMessage | undefined;
  live.finish((finished) => message = finished);
  await clock.tick(400);
  return message;
}

Deno.test("text appears over the next frames and ends as the whole message", async () => {
  const { clock, live, apply } = setUp();
  apply({ type: "start", model: "llama", startedAt: 0 });
  apply({ type: "text", text: "Hello" });
  await clock.tick(200);
  apply({ type: "text", text: ", world" });
  assertEquals(shown(live), "Hello");
  await clock.tick(250);
  assertEquals(shown(live), "Hello, world");
  apply({ type: "usage", usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3, estimated: false } });
  apply({ type: "end", outcome: "complete", finishReason: "stop" });
  const message = await ended(live, clock);
  assertEquals(
    [message?.text, message?.status, message?.model, message?.usage?.totalTokens],
    ["Hello, world", "complete", "llama", 3],
  );
});

Deno.test("where other nodes went on stays with the message, after what stood there before", async () => {
  const before = [{ nodeName: "a", at: 4 }];
  const { clock, live, apply } = setUp(
    sampleMessage("a1", { role: "assistant", status: "streaming", text: "Once upon", continuations: before }),
  );
  apply({ type: "text", text: "Once upon a" });
  apply({ type: "node", nodeId: "n2", nodeName: "b", model: "llama", isContinued: true });
  assertEquals(live.continuations.value, [{ nodeName: "b", at: 11 }]);
  apply({ type: "text", text: " time" });
  apply({ type: "end", outcome: "complete" });
  assertEquals((await ended(live, clock))?.continuations, [...before, { nodeName: "b", at: 11 }]);
});

Deno.test("the end waits until what came last is shown", async () => {
  const { clock, live, apply } = setUp();
  apply({ type: "text", text: "a" });
  await clock.tick(150);
  apply({ type: "text", text: "b".repeat(100) });
  apply({ type: "end", outcome: "complete" });
  let done = false;
  live.finish(() => done = true);
  assertEquals(done, false);
  await clock.tick(250);
  assertEquals([done, shown(live).length], [true, 101]);
});

Deno.test("a continued answer keeps its text and does not show it twice when its run begins with it", async () => {
  const { clock, live, apply } = setUp(
    sampleMessage("a1", { role: "assistant", status: "streaming", text: "Once upon a time" }),
  );
  assertEquals(shown(live), "Once upon a time");
  apply({ type: "text", text: "Once upon a time" });
  await clock.tick(250);
  assertEquals(shown(live), "Once upon a time");
  apply({ type: "text", text: " there was" });
  await clock.tick(250);
  assertEquals(shown(live), "Once upon a time there was");
  assertEquals((await ended(live, clock))?.text, "Once upon a time there was");
});

Deno.test("a snapshot adds only what is new, and an old one nothing", async () => {
  const { clock, live, apply } = setUp();
  apply({ type: "text", text: "Hello" });
  live.catchUp({ ...initialRunState(), seq: 4, text: "Hello, world", reasoning: "Hm" });
  live.catchUp({ ...initialRunState(), seq: 2, text: "Hello," });
  await clock.tick(250);
  assertEquals([shown(live), live.reasoning.value], ["Hello, world", "Hm"]);
});

Deno.test("a missing event is not passed over", () => {
  const { live } = setUp();
  assertThrows(() => live.apply({ seq: 2, event: { type: "text", text: "late" } }), RangeError);
});

Deno.test("tokens are counted as they come", () => {
  const { live, apply } = setUp();
  for (let i = 0; i < 100; i++) apply({ type: "text", text: "four" });
  assertEquals(live.tokens.value, 100);
});
