import { assertEquals } from "@std/assert";
import type { RunEvent } from "../shared/mod.ts";
import { messagesOf } from "./run_messages.ts";

const sequenced = (events: RunEvent[], from = 1) => events.map((event, i) => ({ seq: from + i, event }));

Deno.test("every event of an answer is one message, and pieces of one text are joined", () => {
  const call = { id: "c", name: "time", arguments: "{}" };
  const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3, estimated: false };
  const error = { code: "stalled", message: "No word" } as const;
  const messages = messagesOf(
    "r",
    sequenced([
      { type: "start", model: "m", startedAt: 5 },
      { type: "status", status: "queued", message: "Busy", position: 2, waiting: 5, expectedMs: 900 },
      { type: "node", nodeId: "n", nodeName: "Node", model: "m", reason: "free" },
      { type: "status", status: "loading", message: "Loading", progress: 0.5 },
      { type: "reasoning", text: "hm" },
      { type: "reasoning", text: "m" },
      { type: "text", text: "a" },
      { type: "text", text: "b" },
      { type: "text", text: "c" },
      { type: "tool_call", call },
      { type: "tool_result", callId: "c", name: "time", content: "noon", isError: false },
      { type: "text", text: "d" },
      { type: "node", nodeId: "o", nodeName: "Other", model: "m", isContinued: true },
      { type: "usage", usage },
      { type: "end", outcome: "failed", error },
    ]),
  );
  assertEquals(messages, [
    { runId: "r", seq: 1, type: "status", status: "start", model: "m", startedAt: 5 },
    { runId: "r", seq: 2, type: "queue", message: "Busy", position: 2, waiting: 5, expectedMs: 900 },
    { runId: "r", seq: 3, type: "node", nodeId: "n", nodeName: "Node", model: "m", reason: "free" },
    { runId: "r", seq: 4, type: "status", status: "loading", message: "Loading", progress: 0.5 },
    { runId: "r", firstSeq: 5, seq: 6, type: "reasoning", text: "hmm" },
    { runId: "r", firstSeq: 7, seq: 9, type: "token", text: "abc" },
    { runId: "r", seq: 10, type: "status", status: "tool_call", call },
    {
      runId: "r",
      seq: 11,
      type: "status",
      status: "tool_result",
      callId: "c",
      name: "time",
      content: "noon",
      isError: false,
    },
    { runId: "r", seq: 12, type: "token", text: "d" },
    { runId: "r", seq: 13, type: "node", nodeId: "o", nodeName: "Other", model: "m", isContinued: true },
    { runId: "r", seq: 14, type: "status", status: "usage", usage },
    { runId: "r", seq: 15, type: "status", status: "end", outcome: "failed", error },
  ]);
});

Deno.test("joined text has a limit", () => {
  const piece = { type: "text", text: "x".repeat(16_000) } as const;
  const messages = messagesOf("r", sequenced(Array.from({ length: 10 }, () => piece), 3));
  assertEquals(messages.map(({ firstSeq, seq }) => [firstSeq, seq]), [[3, 6], [7, 10], [11, 12]]);
});
