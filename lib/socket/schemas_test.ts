import { assertEquals, assertThrows } from "@std/assert";
import { FreshetError, SOCKET_MESSAGE_MAX } from "../shared/mod.ts";
import { parseFrame, readRequest, subjectOf } from "./schemas.ts";

const refusal = (data: unknown) => {
  const error = assertThrowsFreshet(() => readRequest(parseFrame(data)));
  return [error.code, error.field];
};

function assertThrowsFreshet(fn: () => unknown): FreshetError {
  let thrown: unknown;
  assertThrows(() => {
    try {
      fn();
    } catch (error) {
      thrown = error;
      throw error;
    }
  }, FreshetError);
  if (thrown instanceof FreshetError) return thrown;
  throw new Error("unreachable");
}

Deno.test("the requests of the protocol are read", () => {
  const requests = [
    { type: "inference", content: "hi", model: "m", timestamp: 1_700_000_000_000 },
    { type: "inference", id: "i", chatId: "c", content: "hi", timestamp: "2026-01-02T03:04:05.678Z" },
    { type: "resume", runId: "r", seq: 0 },
    { type: "cancel", runId: "r" },
    { type: "ping" },
  ];
  for (const request of requests) {
    assertEquals<unknown>(readRequest(parseFrame(JSON.stringify(request))), request);
  }
});

Deno.test("what is none is refused, with the field that is wrong", () => {
  const cases: [unknown, string, string | undefined][] = [
    ["{", "invalid_request", undefined],
    ["[]", "invalid_request", undefined],
    ["null", "invalid_request", undefined],
    ['{"type":"shout"}', "invalid_request", "type"],
    ['{"type":"inference"}', "invalid_request", "content"],
    ['{"type":"inference","content":"  "}', "invalid_request", "content"],
    ['{"type":"inference","content":"x","timestamp":"noon"}', "invalid_request", "timestamp"],
    ['{"type":"inference","content":"x","id":""}', "invalid_request", "id"],
    [`{"type":"inference","content":"x","chatId":"${"y".repeat(3000)}"}`, "invalid_request", "chatId"],
    ['{"type":"resume","runId":"r","seq":-1}', "invalid_request", "seq"],
    ['{"type":"resume","runId":"r","seq":1.5}', "invalid_request", "seq"],
    ['{"type":"cancel","runId":7}', "invalid_request", "runId"],
    [new ArrayBuffer(2), "invalid_request", undefined],
    ["x".repeat(SOCKET_MESSAGE_MAX + 1), "payload_too_large", undefined],
  ];
  for (const [data, code, field] of cases) assertEquals(refusal(data), [code, field]);
});

Deno.test("a wrong request still says what it is about", () => {
  assertEquals(subjectOf({ type: "inference", id: "i", content: 3 }), { id: "i" });
  assertEquals(subjectOf({ runId: "r", id: 7 }), { runId: "r" });
  for (const value of [null, 3, "x", [], { id: "" }, { id: "x".repeat(201) }]) {
    assertEquals(subjectOf(value), {});
  }
});
