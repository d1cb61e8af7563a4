import { assertEquals } from "@std/assert";
import { readBridgeMessage } from "./read_message.ts";

Deno.test("texts are cut, and fields of another type are left out", () => {
  const read = (message: object) => readBridgeMessage({ freshet: "n", ...message }, "n");
  const long = read({ type: "console", level: "log", text: "x".repeat(10_000) });
  assertEquals(long?.type === "console" ? long.text.length : 0, 4001);
  assertEquals(read({ type: "error", text: 1, position: { path: "a", line: "1", column: -1 }, stack: {} }), {
    type: "error",
    text: "",
    position: { path: "a" },
  });
  assertEquals(read({ type: "picked", element: null }), {
    type: "picked",
    element: { selector: "", tag: "", text: "", html: "" },
  });
  assertEquals(read({ type: "dropped", count: Infinity }), { type: "dropped", count: 0 });
  assertEquals(read({ type: "captured", image: "javascript:alert(1)" }), { type: "captured", image: "" });
  assertEquals(read({ type: "__proto__" }), null);
  for (const data of [null, 1, "ready", [], { type: "ready" }]) {
    assertEquals(readBridgeMessage(data, "n"), null);
  }
});
