import { assert, assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { localPrincipal as me } from "../access/mod.ts";
import { systemClock } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { keys, records } from "../store/mod.ts";
import { noise, saying, withChats } from "./testing.ts";

const HOUR = 60 * 60_000;
const PNG = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);

/** Moves the time without letting every timer fire in between. */
function jump(clock: FakeClock, ms: number): void {
  const now = clock.now() + ms;
  clock.now = () => now;
}

Deno.test("a continuation that fails leaves the message as it was", () =>
  withChats(async (bench) => {
    const { chats } = bench;
    const chat = await chats.create(me, {});
    const { assistant } = await bench.say(chat.id, "question");
    bench.script = async function* () {
      yield await Promise.reject(new FreshetError("auth", "No"));
    };
    await bench.ended(await chats.conversation.continue(me, chat.id, assistant.id));
    assertEquals(await bench.texts(chat.id), ["question", "hello"]);
  }));

Deno.test("a process that dies before it has repeated a continued message keeps that message", () =>
  withChats(async (bench) => {
    const { chats, store } = bench;
    const chat = await chats.create(me, {});
    const { assistant } = await bench.say(chat.id, "question");
    bench.script = async function* (_request, signal) {
      signal.throwIfAborted();
      yield await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    };
    const { run } = await chats.conversation.continue(me, chat.id, assistant.id);
    // As a process leaves the store that is killed right after the commit that began the run.
    const stored = await store.get(records.run, keys.run("local", run.id));
    assert(stored);
    const { ownerId } = stored.value;
    await store.kv.atomic()
      .set(stored.key, store.encode(records.run, { ...stored.value, ownerId: "gone" }))
      .delete(keys.runOwned(ownerId, "local", run.id))
      .set(keys.runOwned("gone", "local", run.id), true)
      .commit();
    await store.deleteBelow(keys.runLog("local", run.id));
    await withChats(
      async (next) => {
        assertEquals(await next.texts(chat.id), ["question", "hello"]);
        assertEquals((await next.chats.messages.page(me, chat.id)).messages.at(-1)?.status, "interrupted");
      },
      systemClock,
      store,
    );
  }));

Deno.test("continuing keeps the tool calls that were made before", () =>
  withChats(async (bench) => {
    const { chats } = bench;
    let calls = 0;
    bench.script = async function* () {
      await Promise.resolve();
      if (calls++ % 2 === 0) {
        yield {
          type: "tool_call",
          index: 4_000_000_000,
          id: `c${calls}`,
          name: "calculator",
          arguments: '{"expression":"1+1"}',
        };
        yield { type: "finish", reason: "tool_calls" };
      } else {
        yield { type: "text", text: "two " };
        yield { type: "finish", reason: "length" };
      }
    };
    const chat = await chats.create(me, { settings: { tools: ["calculator"] } });
    const { assistant } = await bench.say(chat.id, "1+1?");
    await bench.ended(await chats.conversation.continue(me, chat.id, assistant.id));
    const message = (await chats.messages.page(me, chat.id)).messages.at(-1);
    assertEquals([message?.text, message?.steps?.map(({ call }) => call.id)], ["two two ", ["c1", "c3"]]);
    assert(message?.steps?.every(({ result }) => result && !result.isError));
  }));

Deno.test("what stands below a deleted message is out of reach until that comes back", () =>
  withChats(async ({ chats, say, texts }) => {
    const chat = await chats.create(me, {});
    const first = await say(chat.id, "one");
    const second = await say(chat.id, "two");
    await chats.messages.delete(me, chat.id, second.assistant.id);
    await chats.messages.delete(me, chat.id, first.assistant.id);
    const below = second.user?.id ?? "";
    const stale = [
      () => chats.messages.select(me, chat.id, below),
      () => chats.conversation.send(me, chat.id, { text: "late", parentId: below }, null),
      () => chats.conversation.regenerate(me, chat.id, below),
    ];
    for (const attempt of stale) {
      assertEquals((await assertRejects(attempt, FreshetError)).code, "not_found");
      assertEquals(await texts(chat.id), ["one"]);
    }
    await chats.messages.restore(me, chat.id, second.assistant.id);
    assertEquals(await texts(chat.id), ["one"]);
    assertEquals((await chats.transfers.exportJson(me, chat.id)).messages.map(({ text }) => text), ["one"]);
    await chats.messages.restore(me, chat.id, first.assistant.id);
    assertEquals(await texts(chat.id), ["one", "hello", "two", "hello"]);
  }));

Deno.test("large messages leave no blobs behind when they are rewritten, repeated at once, or deleted for good", async () => {
  const clock = new FakeClock();
  await withChats(async (bench) => {
    const { chats, blobs } = bench;
    bench.script = saying(noise(60_000, 2));
    const chat = await chats.create(me, {});
    const send = () => chats.conversation.send(me, chat.id, { text: noise(60_000) }, "key");
    const started = await Promise.all([send(), send(), send()]);
    assertEquals(new Set(started.map(({ run }) => run.id)).size, 1);
    const { assistant, run } = await bench.ended(started[0]);
    const ofLog = (await Array.fromAsync(bench.store.kv.list({ prefix: ["blob", "local", "run_log"] })))
      .filter(({ key }) => key.at(-1) === "info").length;
    assertEquals(await blobs() - ofLog, 2);
    await chats.messages.delete(me, chat.id, assistant.id);
    await chats.messages.restore(me, chat.id, assistant.id);
    assertEquals(await blobs() - ofLog, 2);
    assertEquals((await bench.texts(chat.id))[1], noise(60_000, 2));
    await chats.delete(me, chat.id);
    jump(clock, 8 * 24 * HOUR);
    await chats.purge();
    while (await bench.runs.get(me, run.id).then(() => true, () => false)) await clock.advance(30_000);
    assertEquals(await blobs(), 0);
    const left = await Array.fromAsync(bench.store.kv.list({ prefix: [] }));
    const names = left.map(({ key }) => String(key[0])).filter((name) => !name.startsWith("ledger"));
    assertEquals(names, ["idempotency", "node_models", "price_table"]);
  }, clock);
});

Deno.test("files go a day after they were uploaded in vain, else with the last chat they were sent in", async () => {
  const clock = new FakeClock();
  await withChats(async ({ chats, ended }) => {
    const { attachments } = chats;
    const upload = async (name: string) => {
      return (await attachments.create(me, { name, mediaType: "", bytes: PNG })).id;
    };
    const unsent = await upload("unsent.png");
    const sent = await upload("sent.png");
    const both = [await chats.create(me, {}), await chats.create(me, {})];
    for (const { id } of both) {
      await ended(await chats.conversation.send(me, id, { text: "look", attachmentIds: [sent] }, null));
    }
    jump(clock, 25 * HOUR);
    await chats.purge();
    const isThere = (id: string) => attachments.get(me, id).then(() => true, () => false);
    assertEquals([await isThere(unsent), await attachments.bytes(me, unsent)], [false, null]);
    for (const [i, { id }] of both.entries()) {
      assertEquals(await isThere(sent), true, `before chat ${i}`);
      await chats.delete(me, id);
      jump(clock, 8 * 24 * HOUR);
      await chats.purge();
    }
    assertEquals([await isThere(sent), await attachments.bytes(me, sent)], [false, null]);
  }, clock);
});

Deno.test("a chat that is brought back while it is due stays", async () => {
  const clock = new FakeClock();
  await withChats(async ({ chats, say, texts }) => {
    const chat = await chats.create(me, {});
    await say(chat.id, "one");
    await chats.delete(me, chat.id);
    jump(clock, 6 * 24 * HOUR);
    await chats.restore(me, chat.id);
    jump(clock, 8 * 24 * HOUR);
    await chats.purge();
    assertEquals(await texts(chat.id), ["one", "hello"]);
  }, clock);
});

Deno.test("a damaged chat keeps the others from nothing", async () => {
  const clock = new FakeClock();
  await withChats(async ({ chats, say, store }) => {
    const [damaged, other] = [await chats.create(me, {}), await chats.create(me, {})];
    for (const { id } of [damaged, other]) {
      await say(id, "one");
      await chats.delete(me, id);
    }
    const messages = (chatId: string) =>
      Array.fromAsync(store.kv.list({ prefix: keys.messages("local", chatId) }));
    await store.kv.set((await messages(damaged.id))[0]?.key ?? [], new Uint8Array([9, 9, 9, 9]));
    jump(clock, 8 * 24 * HOUR);
    await chats.purge();
    assertEquals([(await messages(damaged.id)).length, (await messages(other.id)).length], [2, 0]);
  }, clock);
});

Deno.test("a chat whose image was deleted goes on", () =>
  withChats(async (bench) => {
    const { chats } = bench;
    const { id } = await chats.attachments.create(me, { name: "a.png", mediaType: "", bytes: PNG });
    const chat = await chats.create(me, {});
    await bench.ended(
      await chats.conversation.send(me, chat.id, { text: "look", attachmentIds: [id] }, null),
    );
    await chats.attachments.delete(me, id);
    let seen = "";
    bench.script = async function* ({ messages }) {
      seen = JSON.stringify(messages[0]?.content);
      yield* saying("fine")({ model: "", messages }, new AbortController().signal);
    };
    await bench.say(chat.id, "and now?");
    assertEquals((await bench.texts(chat.id)).at(-1), "fine");
    assert(seen.includes("a.png was attached and has been deleted"), seen);
  }));

Deno.test("a chat that is deleted for good while its answer is written takes nothing along", async () => {
  const clock = new FakeClock();
  await withChats(async (bench) => {
    const { chats, store } = bench;
    let proceed = () => {};
    const gate = new Promise<void>((resolve) => proceed = resolve);
    bench.script = async function* () {
      yield { type: "text", text: "begun" };
      await gate;
      yield* saying(" and ended")({ model: "", messages: [] }, new AbortController().signal);
    };
    const chat = await chats.create(me, { temporary: true });
    const started = await chats.conversation.send(me, chat.id, { text: "one" }, null);
    await clock.advance(0);
    const { key } = (await Array.fromAsync(store.kv.list({ prefix: keys.chatPurges() })))[0] ?? {};
    assert(key);
    await store.kv.atomic().delete(key).set(keys.chatPurge(0, "local", chat.id), true).commit();
    await chats.purge();
    proceed();
    await bench.ended(started);
    assertEquals((await bench.runs.get(me, started.run.id)).status, "complete");
    assertEquals(await Array.fromAsync(store.kv.list({ prefix: keys.messages("local", chat.id) })), []);
  }, clock);
});

Deno.test("what was sent with a key and deleted since is not sent again", () =>
  withChats(async ({ chats, ended }) => {
    const chat = await chats.create(me, {});
    const send = () => chats.conversation.send(me, chat.id, { text: "once" }, "key");
    const { user } = await ended(await send());
    await chats.messages.delete(me, chat.id, user?.id ?? "");
    assertEquals((await assertRejects(send, FreshetError)).code, "not_found");
    assertEquals((await chats.messages.page(me, chat.id)).messages, []);
  }));

Deno.test("the list has each chat once, however its time moves", () => {
  const clock = new FakeClock();
  return withChats(async ({ chats, say }) => {
    const made = [];
    for (let i = 0; i < 3; i++) made.push(await chats.create(me, { title: `${i}` }));
    await clock.advance(1_000);
    await say(made[0]?.id ?? "", "one");
    clock.now = () => 1_600_000_000_000;
    await say(made[1]?.id ?? "", "two");
    const { chats: listed } = await chats.list(me);
    assertEquals(listed.map(({ title }) => title), ["0", "2", "1"]);
  }, clock);
});

Deno.test("of two continuations at once one goes on; two regenerations at once make two branches", () =>
  withChats(async (bench) => {
    const { chats, say, ended, texts } = bench;
    const chat = await chats.create(me, {});
    const { assistant, user } = await say(chat.id, "one");
    // An answer that was there at once would leave the message free again for the second.
    const decided = Promise.withResolvers<void>();
    bench.script = async function* (request, signal) {
      await decided.promise;
      yield* saying("hello")(request, signal);
    };
    const twice = <T>(fn: () => Promise<T>) => Promise.allSettled([fn(), fn()]);
    const continued = await twice(() => chats.conversation.continue(me, chat.id, assistant.id));
    decided.resolve();
    assertEquals(continued.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    for (const result of continued) {
      if (result.status === "fulfilled") await ended(result.value);
      else assertEquals((result.reason as FreshetError).code, "conflict");
    }
    assertEquals(await texts(chat.id), ["one", "hellohello"]);
    for (const result of await twice(() => chats.conversation.regenerate(me, chat.id, user?.id ?? ""))) {
      assert(result.status === "fulfilled");
      await ended(result.value);
    }
    const last = (await chats.messages.page(me, chat.id)).messages.at(-1);
    assertEquals([last?.siblings.ids.length, last?.status], [3, "complete"]);
  }));

Deno.test("cancelling at any moment ends a run once, and its message with it", () =>
  withChats(async (bench) => {
    const { chats, runs } = bench;
    bench.script = async function* (_request, signal) {
      for (let i = 0; i < 20; i++) {
        signal.throwIfAborted();
        yield { type: "text", text: `${i} ` };
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      yield { type: "finish", reason: "stop" };
    };
    const chat = await chats.create(me, {});
    const outcomes = new Set<string>();
    for (let ticks = 0; ticks < 40; ticks += 2) {
      const started = await chats.conversation.send(me, chat.id, { text: "count" }, null);
      for (let i = 0; i < ticks; i++) await new Promise((resolve) => setTimeout(resolve, 0));
      await runs.cancel(me, started.run.id);
      await bench.ended(started);
      const { run, state } = await runs.snapshot(me, started.run.id);
      const message = (await chats.messages.page(me, chat.id)).messages.at(-1);
      assertEquals([message?.status, message?.text], [run.status, state.text]);
      outcomes.add(run.status);
    }
    assert(outcomes.has("cancelled"), [...outcomes].join());
  }));

Deno.test("what is private reaches no hosted node, whatever was chosen for it", () =>
  withChats(async (bench) => {
    const { chats, nodes } = bench;
    const hosted = { name: "hosted", kind: "openai", baseUrl: "https://api.example.com/v1" } as const;
    const { id: nodeId } = await nodes.registry.create(me, hosted);
    const open = await chats.create(me, { settings: { nodeId } });
    await bench.say(open.id, "question");
    assertEquals(await bench.texts(open.id), ["question", "hello"]);
    const closed = await chats.create(me, { settings: { nodeId, localOnly: true } });
    await bench.say(closed.id, "question");
    const { messages } = await chats.messages.page(me, closed.id);
    assertEquals(messages.map(({ text, error }) => [text, error?.code]), [["question", undefined], [
      "",
      "forbidden",
    ]]);
  }));
