import { assertEquals, assertRejects } from "@std/assert";
import { strToU8, zipSync } from "fflate";
import { FreshetError } from "../../shared/mod.ts";
import { exportItems } from "./export_items.ts";

const LIMITS = { totalBytes: 1_000_000, chatBytes: 1_000 };

async function items(bytes: Uint8Array, size: number, limits = LIMITS) {
  const parts = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.slice(at, at + size));
  };
  return await Array.fromAsync(exportItems(parts(), limits));
}

Deno.test("items are the same however the text is cut", async () => {
  const list = [{ a: '}{"\\' }, { b: [{ c: "ü🌊" }, "]"] }, [], {}];
  for (const text of [JSON.stringify(list), `\ufeff \n${JSON.stringify(list, null, 2)}\n`]) {
    for (const size of [1, 2, 3, 5, 1_000]) {
      const found = await items(strToU8(text), size);
      assertEquals(found.map((item) => "json" in item && JSON.parse(item.json)), list);
    }
  }
  assertEquals(await items(strToU8('{"a":[{}]}'), 2), [{ json: '{"a":[{}]}' }]);
});

Deno.test("a chat that is too long is passed over, and the next one is read", async () => {
  const text = JSON.stringify([{ a: "x".repeat(2_000) }, { b: 1 }]);
  assertEquals(await items(strToU8(text), 100), [{ problem: "tooLarge" }, { json: '{"b":1}' }]);
});

Deno.test("an archive that unpacks to more than the limit is given up", async () => {
  const bomb = zipSync({ "conversations.json": strToU8(`[${" ".repeat(5_000_000)}]`) });
  const error = await assertRejects(() => items(bomb, 10_000), FreshetError);
  assertEquals(error.code, "payload_too_large");
  const unread = zipSync({
    "chat.html": strToU8(" ".repeat(5_000_000)),
    "conversations.json": strToU8("[{}]"),
  });
  assertEquals(await items(unread, 10_000), [{ json: "{}" }]);
});

Deno.test("a body that is refused at its first bytes is let go", async () => {
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(strToU8("hello")),
    cancel: () => {
      isCancelled = true;
    },
  });
  await assertRejects(() => Array.fromAsync(exportItems(body, LIMITS)), FreshetError);
  assertEquals(isCancelled, true);
});
