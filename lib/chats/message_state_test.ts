import { assertEquals } from "@std/assert";
import { initialRunState, reduceRun, type RunEvent, type RunState } from "../shared/mod.ts";
import type { MessageRecord } from "../store/mod.ts";
import { withState } from "./message_state.ts";

const message: MessageRecord = {
  id: "m1",
  chatId: "c1",
  parentId: null,
  role: "assistant",
  status: "streaming",
  text: "",
  createdAt: 0,
};

function stateOf(...events: RunEvent[]): RunState {
  return events.reduce((state, event, i) => reduceRun(state, { seq: i + 1, event }), initialRunState());
}

Deno.test("a message keeps where other nodes went on with it, through every run that writes it", () => {
  const first = withState(
    message,
    stateOf(
      { type: "node", nodeId: "n1", nodeName: "llama-01", model: "llama" },
      { type: "text", text: "Once upon" },
      { type: "node", nodeId: "n2", nodeName: "llama-02", model: "llama", isContinued: true },
      { type: "end", outcome: "cancelled" },
    ),
  );
  assertEquals([first.continuations, first.nodeName], [[{ nodeName: "llama-02", at: 9 }], "llama-02"]);
  const second = withState(
    first,
    stateOf(
      { type: "text", text: "Once upon" },
      { type: "text", text: " a time" },
      { type: "node", nodeId: "n3", nodeName: "llama-03", model: "llama", isContinued: true },
      { type: "end", outcome: "complete" },
    ),
  );
  assertEquals(second.continuations, [{ nodeName: "llama-02", at: 9 }, { nodeName: "llama-03", at: 16 }]);
  assertEquals(withState(second, stateOf({ type: "end", outcome: "complete" })).continuations?.length, 2);
});

Deno.test("a message that one node wrote has nothing to tell", () => {
  const state = stateOf({ type: "text", text: "Whole" }, { type: "end", outcome: "complete" });
  assertEquals("continuations" in withState(message, state), false);
});
