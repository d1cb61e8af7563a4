import { assertEquals } from "@std/assert";
import { callsTool, echo, type FakePrompt, words } from "./script.ts";

function prompt(role: string, text: string, tools: string[] = []): FakePrompt {
  return { model: "m", streamed: true, messages: [{ role, text, images: 0 }], tools };
}

Deno.test("words joins to the text again", () => {
  for (const text of ["", "one", "one two  three\n\nfour ", "  lead"]) {
    assertEquals(words(text).join(""), text);
  }
});

Deno.test("echo repeats the person and uses the result of a tool", () => {
  assertEquals(echo(prompt("user", "Hi there")).deltas, ["You", " said:", " Hi", " there"]);
  assertEquals(echo(prompt("tool", "42")).deltas?.join(""), "The tool says: 42");
});

Deno.test("callsTool calls where the tool is on offer, until it has the result", () => {
  const script = callsTool("clock", { zone: "UTC" });
  const call = { type: "tool_call", id: "call_1", name: "clock", arguments: '{"zone":"UTC"}' };
  assertEquals(script(prompt("user", "Hi", ["clock"])).deltas as unknown, [call]);
  assertEquals(script(prompt("tool", "12:00", ["clock"])).deltas?.join(""), "The tool says: 12:00");
  assertEquals(script(prompt("user", "Hi")).deltas?.join(""), "You said: Hi");
});
