import { assert, assertEquals, assertRejects } from "@std/assert";
import { TextBody } from "./text_body.ts";

function open(): { body: TextBody; read: () => Promise<string | undefined>; cancelled: () => number } {
  let cancels = 0;
  const body = new TextBody(() => cancels++);
  const reader = body.readable.getReader();
  return {
    body,
    cancelled: () => cancels,
    read: async () => {
      const { value } = await reader.read();
      return value && new TextDecoder().decode(value);
    },
  };
}

Deno.test("a waiting reader gets each text at once, a busy one all of them together", async () => {
  const { body, read } = open();
  const first = read();
  body.write("a");
  assertEquals(await first, "a");
  body.write("b");
  body.write("c");
  assertEquals(await read(), "bc");
  body.write("d");
  body.end();
  assertEquals(await read(), "d");
  assertEquals(await read(), undefined);
});

Deno.test("a writer has to wait while too much waits for the reader", async () => {
  const { body, read } = open();
  assertEquals(body.write("x".repeat(100)), undefined);
  let drained = false;
  const full = body.write("y".repeat(300_000))?.then(() => drained = true);
  assert(full, "a promise to wait for");
  await Promise.resolve();
  assertEquals(drained, false);
  assertEquals((await read())?.length, 300_100);
  await full;
  assertEquals(drained, true);
});

Deno.test("a comment goes only to a reader that waits", async () => {
  const { body, read } = open();
  body.writeIfWanted("lost");
  const first = read();
  await new Promise((resolve) => setTimeout(resolve));
  body.writeIfWanted("kept");
  body.writeIfWanted("not asked for yet");
  assertEquals(await first, "kept");
});

Deno.test("a reader that leaves is reported once, and frees a writer that waits", async () => {
  let cancels = 0;
  const body = new TextBody(() => cancels++);
  const full = body.write("y".repeat(300_000));
  await body.readable.cancel();
  await full;
  assertEquals(body.write("more"), undefined);
  body.end();
  assertEquals(cancels, 1);
});

Deno.test("an empty body ends for a reader that waits already", async () => {
  const { body, read } = open();
  const first = read();
  body.end();
  assertEquals(await first, undefined);
});

Deno.test("a body that ends with an error breaks off after all that was written", async () => {
  const { body, read } = open();
  body.write("a");
  body.end(new Error("cut"));
  assertEquals(await read(), "a");
  await assertRejects(read, Error, "cut");
});
