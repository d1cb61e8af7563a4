import { assertEquals, assertStringIncludes } from "@std/assert";
import { translator } from "../../../shared/texts/mod.ts";
import { ConsoleLog } from "./console_log.ts";
import { elementPrompt, fixPrompt } from "./prompts.ts";

const t = translator("en");

Deno.test("the same message in a row is one entry that counts", () => {
  const log = new ConsoleLog();
  for (let i = 0; i < 3; i++) log.add({ type: "console", level: "log", text: "a" });
  log.add({ type: "error", text: "b", position: { path: "a.ts", line: 1 } });
  log.add({ type: "error", text: "b", position: { path: "a.ts", line: 2 } });
  log.add({ type: "dropped", count: 7 });
  assertEquals(log.entries.value.map(({ text, count }) => `${text}${count}`), ["a3", "b1", "b1", "1"]);
  assertEquals(log.errorCount.value, 2);
  log.clear();
  assertEquals(log.errorCount.value, 0);
});

Deno.test("old entries go", () => {
  const log = new ConsoleLog();
  for (let i = 0; i < 500; i++) log.add({ type: "console", level: "log", text: `${i}` });
  assertEquals([log.entries.value.length, log.entries.value[0]?.text], [300, "200"]);
});

Deno.test("what asks for a repair holds the message, the place and the stack", () => {
  const log = new ConsoleLog();
  const stack = "Error: x\n    at a (app.ts:3:7)\n    at b (app.ts:9:1)";
  log.add({
    type: "error",
    text: "Uncaught Error: x",
    position: { path: "app.ts", line: 3, column: 7 },
    stack,
  });
  const text = fixPrompt(log.errors.value, t);
  assertStringIncludes(
    text,
    "Uncaught Error: x (app.ts:3:7)\n    at a (app.ts:3:7)\n    at b (app.ts:9:1)\n```",
  );
  assertEquals(text.includes("\nError: x"), false);
});

Deno.test("markup with fences in it stays within its own fence", () => {
  const text = elementPrompt({ selector: "#a", tag: "p", text: "", html: "<p>```js</p>" }, t);
  assertEquals(text, "The element `#a`:\n````html\n<p>```js</p>\n````\n");
});
