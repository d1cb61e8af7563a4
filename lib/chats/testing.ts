import type { ChatDelta, ChatRequest, StartedRun } from "../shared/mod.ts";
import { localPrincipal, Preferences } from "../access/mod.ts";
import { Ledger } from "../analytics/mod.ts";
import { type Clock, silentLog, systemClock } from "../host/mod.ts";
import { Nodes } from "../nodes/mod.ts";
import type { Provider } from "../providers/mod.ts";
import { Runs } from "../runs/mod.ts";
import { Feed, openStore, type Store } from "../store/mod.ts";
import { createTools } from "../tools/mod.ts";
import { Chats } from "./chats.ts";

/** Answers a request as a test wants it. */
export type Script = (request: ChatRequest, signal: AbortSignal) => AsyncGenerator<ChatDelta>;

/** Chats over a store in memory and one model, "m", that says what the test wants. */
export interface ChatBench {
  store: Store;
  runs: Runs;
  chats: Chats;
  nodes: Nodes;
  /** What the model answers from now on. */
  script: Script;
  /** Sends a message and waits until it is answered. */
  say(chatId: string, text: string, more?: { parentId?: string | null }): Promise<StartedRun>;
  /** Waits until a run has ended. */
  ended(started: StartedRun): Promise<StartedRun>;
  /** The texts of the active branch. */
  texts(chatId: string): Promise<string[]>;
  /** How many blobs are kept. */
  blobs(): Promise<number>;
}

/** A model that says one text. */
export function saying(text: string): Script {
  return async function* () {
    yield await Promise.resolve({ type: "text", text });
    yield { type: "finish", reason: "stop" };
  };
}

/** Runs a test on chats of its own, or on those that a store holds already. */
export async function withChats(
  fn: (bench: ChatBench) => Promise<void>,
  clock: Clock = systemClock,
  kept?: Store,
): Promise<void> {
  const store = kept ?? await openStore({ folder: ":memory:" });
  const runs = new Runs({ store, clock, log: silentLog });
  const feed = new Feed();
  const preferences = new Preferences(store, { autoTitles: false });
  const ledger = new Ledger({ store, clock, log: silentLog });
  const provider: Provider = {
    kind: "openai",
    chat: (_endpoint, request, signal) => bench.script(request, signal),
    continuation: () => "none",
    embed: () => Promise.reject(new Error("not asked for")),
    models: () => Promise.resolve([{ id: "m", name: "m", capabilities: ["chat", "vision"] }]),
    probe: () => Promise.resolve(),
  };
  const nodes = new Nodes({
    store,
    providers: new Map([["openai", provider]]),
    ledger,
    clock,
    log: silentLog,
    sketch: false,
    config: [{ name: "n", kind: "openai", baseUrl: "http://n.lan/v1" }],
    servers: [],
    onChange: () => {},
  });
  const chats = new Chats({
    store,
    clock,
    log: silentLog,
    feed,
    nodes,
    runs,
    preferences,
    tools: createTools(),
  });
  const bench: ChatBench = {
    store,
    runs,
    chats,
    nodes,
    script: saying("hello"),
    say: async (chatId, text, more = {}) => {
      return await bench.ended(
        await chats.conversation.send(localPrincipal, chatId, { text, ...more }, null),
      );
    },
    ended: async (started) => {
      const signal = new AbortController().signal;
      await Array.fromAsync(runs.subscribe(localPrincipal, started.run.id, 0, signal));
      return started;
    },
    texts: async (chatId) => {
      return (await chats.messages.page(localPrincipal, chatId)).messages.map(({ text }) => text);
    },
    blobs: async () => {
      const entries = await Array.fromAsync(store.kv.list({ prefix: ["blob"] }));
      return entries.filter(({ key }) => key.at(-1) === "info").length;
    },
  };
  await nodes.catalog.refresh(localPrincipal);
  await runs.start();
  try {
    await fn(bench);
  } finally {
    await runs.close();
    await chats.close();
    await nodes.close();
    await ledger.flush();
    if (!kept) store.close();
  }
}

/** A text of about `chars` characters that does not become small by compression; the same for the same seed. */
export function noise(chars: number, seed = 1): string {
  let state = seed;
  let text = "";
  while (text.length < chars) {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    text += String.fromCharCode(0x4e00 + (state >>> 8) % 20_000);
  }
  return text;
}
