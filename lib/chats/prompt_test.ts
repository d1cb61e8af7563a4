import { assert, assertEquals } from "@std/assert";
import type { Attachment, Message, ModelEntry } from "../shared/mod.ts";
import { estimateTokens } from "../shared/mod.ts";
import { localPrincipal } from "../access/mod.ts";
import { systemClock } from "../host/mod.ts";
import { openStore } from "../store/mod.ts";
import { Attachments } from "./attachments.ts";
import { buildPrompt, type PromptOptions } from "./prompt.ts";

const message = (role: "user" | "assistant", text: string, more: Partial<Message> = {}): Message => ({
  id: crypto.randomUUID(),
  chatId: "c",
  parentId: null,
  role,
  status: "complete",
  text,
  createdAt: 0,
  ...more,
});

const model = (contextLength: number, capabilities: ModelEntry["capabilities"] = ["chat"]): ModelEntry => ({
  id: "m",
  name: "m",
  capabilities,
  contextLength,
  nodes: [],
});

/** Hands out messages from the newest to the oldest, counting how many were asked for. */
function history(messages: Message[]): { read: () => number; from: AsyncIterable<Message> } {
  let read = 0;
  async function* from(): AsyncGenerator<Message> {
    for (const item of messages.toReversed()) {
      read++;
      yield await Promise.resolve(item);
    }
  }
  return { read: () => read, from: from() };
}

async function prompt(messages: Message[], options: Partial<PromptOptions> = {}) {
  const store = await openStore({ folder: ":memory:" });
  try {
    const attachments = new Attachments({ store, clock: systemClock });
    const { from, read } = history(messages);
    const built = await buildPrompt({
      principal: localPrincipal,
      history: from,
      systemPrompt: "",
      model: model(8_192),
      maxTokens: undefined,
      attachments,
      ...options,
    });
    const texts = built.messages.map(({ role, content }) =>
      `${role}: ${content.map((part) => part.type === "text" ? part.text : part.type).join("|")}`
    );
    return { ...built, texts, read: read() };
  } finally {
    store.close();
  }
}

Deno.test("a prompt holds the whole branch, oldest first, after the system prompt", async () => {
  const { texts, isCut } = await prompt([
    message("user", "a"),
    message("assistant", "b"),
    message("user", "c"),
  ], {
    systemPrompt: "Be brief",
  });
  assertEquals([texts, isCut], [["system: Be brief", "user: a", "assistant: b", "user: c"], false]);
});

Deno.test("what does not fit is left out from the old end, without reading the rest of the chat", async () => {
  const long = "word ".repeat(400);
  const messages = Array.from(
    { length: 200 },
    (_, i) => message(i % 2 ? "assistant" : "user", `${i} ${long}`),
  );
  messages.push(message("user", "the question"));
  const { texts, isCut, read, contextLength, messages: sent } = await prompt(messages, {
    model: model(4_096),
  });
  assertEquals([texts.at(-1), isCut, texts[0]?.startsWith("user: ")], ["user: the question", true, true]);
  assert(read < 20, `${read} messages were read`);
  const tokens = sent.flatMap(({ content }) => content).reduce(
    (sum, part) => sum + (part.type === "text" ? estimateTokens(part.text) : 0),
    0,
  );
  assert(tokens <= 4_096 && contextLength === 4_096);
});

Deno.test("the newest message is sent even where it alone is too long", async () => {
  const { texts } = await prompt([message("user", "x".repeat(100_000))], { model: model(1_024) });
  assertEquals(texts.length, 1);
});

Deno.test("the context to load grows by doubling, up to what the model has", async () => {
  const lengths = [];
  for (const chars of [10, 20_000, 60_000, 2_000_000]) {
    lengths.push(
      (await prompt([message("user", "a".repeat(chars))], { model: model(65_536), maxTokens: 1_000 }))
        .contextLength,
    );
  }
  assertEquals(lengths, [8_192, 8_192, 16_384, 65_536]);
});

Deno.test("tools that were used are told again", async () => {
  const steps = [{
    call: { id: "1", name: "calculator", arguments: "{}" },
    result: { content: "42", isError: false },
  }];
  const { messages } = await prompt([message("user", "q"), message("assistant", "It is 42", { steps })]);
  assertEquals(messages.map(({ role, toolCallId, toolCalls }) => [role, toolCallId, toolCalls?.length]), [
    ["user", undefined, undefined],
    ["assistant", undefined, 1],
    ["tool", "1", undefined],
    ["assistant", undefined, undefined],
  ]);
});

Deno.test("files come as text in a fence that their own content cannot close, pictures only to models that see", async () => {
  const store = await openStore({ folder: ":memory:" });
  const attachments = new Attachments({ store, clock: systemClock });
  const encode = (text: string) => new TextEncoder().encode(text);
  const notes = await attachments.create(localPrincipal, {
    name: "notes.md",
    mediaType: "text/markdown",
    bytes: encode("````\ncode\n````"),
  });
  const pixel = Uint8Array.fromBase64(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  );
  const picture = await attachments.create(localPrincipal, {
    name: "dot.png",
    mediaType: "image/png",
    bytes: pixel,
  });
  const ask = (files: Attachment[], entry: ModelEntry) =>
    prompt([message("user", "look", { attachments: files })], { attachments, model: entry });
  const blind = await ask([notes, picture], model(8_192));
  assertEquals(blind.texts, [
    "user: File notes.md:\n`````\n````\ncode\n````\n`````|[The image dot.png was attached; this model cannot see images.]|look",
  ]);
  const seeing = await ask([picture], model(8_192, ["chat", "vision"]));
  assertEquals(seeing.messages[0]?.content[0], {
    type: "image",
    mediaType: "image/png",
    data: pixel.toBase64(),
  });
  store.close();
});
