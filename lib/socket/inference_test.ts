import { assertEquals, assertRejects } from "@std/assert";
import { localPrincipal } from "../access/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import { withChats } from "../chats/testing.ts";
import { Inferences } from "./inference.ts";

const budgets = { check: () => {} };

Deno.test("two processes that get the same first message make one chat of it", async () => {
  await withChats(async (bench) => {
    const request = { type: "inference", id: "same", content: "hi" } as const;
    const made = await Promise.all(
      [new Inferences({ ...bench, budgets }), new Inferences({ ...bench, budgets })].map((process) =>
        process.start(localPrincipal, request)
      ),
    );
    assertEquals(new Set(made.map(({ started }) => started.run.id)).size, 1);
    const { chats } = await bench.chats.list(localPrincipal);
    assertEquals(chats.map(({ id }) => id), [made[0]?.started.chat.id]);
    for (const { started } of made) await bench.ended(started);
    assertEquals(await bench.texts(chats[0]?.id ?? ""), ["hi", "hello"]);
  });
});

Deno.test("a model is the chat's from then on, and its other settings stay", async () => {
  await withChats(async (bench) => {
    const inferences = new Inferences({ ...bench, budgets });
    const chat = await bench.chats.create(localPrincipal, { settings: { model: "old", temperature: 0.5 } });
    const request = { type: "inference", content: "hi", chatId: chat.id } as const;
    const first = await inferences.start(localPrincipal, { ...request, model: "m" });
    await bench.ended(first.started);
    const second = await inferences.start(localPrincipal, request);
    await bench.ended(second.started);
    assertEquals(second.started.chat.settings, { model: "m", temperature: 0.5 });
    assertEquals(first.id === second.id, false);
    assertEquals(await bench.texts(chat.id), ["hi", "hello", "hi", "hello"]);
  });
});

Deno.test("where the budget of a key is spent, nothing is kept", async () => {
  await withChats(async (bench) => {
    const check = () => Promise.reject(new FreshetError("insufficient_quota", "spent"));
    const inferences = new Inferences({ ...bench, budgets: { check } });
    const request = { type: "inference", content: "hi" } as const;
    await assertRejects(() => inferences.start(localPrincipal, request), FreshetError, "spent");
    assertEquals((await bench.chats.list(localPrincipal)).chats, []);
  });
});
