import { assert, assertEquals, assertLess } from "@std/assert";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Chat, MessagePage, StartedRun } from "../../lib/shared/mod.ts";
import { startApp, type TestApp } from "../harness.ts";
import { seededRandom } from "../random.ts";
import { CountingClock } from "./counting_clock.ts";
import { Visitor } from "./visitor.ts";

const SEED = 20261121;
const SUBSCRIBERS = 300;
const RUNS_AT_A_TIME = 10;
const SOAK_MS = 30_000;
const LONGEST_VISIT_MS = 1_500;
const WARM_UP_MS = 3_000;
/** Ended runs stay in the store for an hour; what is kept of them in memory beside it must be nothing. */
const MEMORY_BOUND_BYTES = 32e6;

/** A run with the text that it has to come to. */
interface Expected {
  chatId: string;
  runId: string;
  text: string;
  hasEnded: boolean;
}

Deno.test("300 subscribers come and go for 30 s: every text is right, and nothing of them stays", async () => {
  const clock = new CountingClock();
  await using app = await startApp({}, { clock });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.handler);
  const address = `http://127.0.0.1:${server.addr.port}`;
  const random = seededRandom(SEED);
  try {
    const timersBefore = clock.running;
    // What is made once, and code that becomes hot, shall not count as growth.
    await soak(app, address, WARM_UP_MS, random);
    await untilTimers(app, clock, timersBefore);
    const memoryBefore = usedMemory();
    const runs = await soak(app, address, SOAK_MS, random);
    await untilTimers(app, clock, timersBefore);
    assertEquals(app.services.runs.active, 0);
    assertLess(usedMemory() - memoryBefore, MEMORY_BOUND_BYTES, "memory has grown");
    assert(runs.length > RUNS_AT_A_TIME, `only ${runs.length} runs in all`);
    for (const { chatId, text } of runs) {
      const path = `/api/chat/sessions/${chatId}/messages`;
      const { messages } = await app.json<MessagePage>("GET", path);
      assertEquals([messages.at(-1)?.status, messages.at(-1)?.text], ["complete", text]);
    }
  } finally {
    await server.shutdown();
  }
});

/** Lets runs and subscribers go on side by side; returns the runs when all have ended. */
async function soak(app: TestApp, address: string, ms: number, random: () => number): Promise<Expected[]> {
  const deadline = performance.now() + ms;
  const runs: Expected[] = [];
  const keepRunning = async () => {
    while (performance.now() < deadline) {
      const run = await start(app, runs.length);
      runs.push(run);
      await visitUntilEnd(new Visitor(address, run.runId), run, random);
      run.hasEnded = true;
    }
  };
  const comeAndGo = async () => {
    while (performance.now() < deadline) {
      const running = runs.filter(({ hasEnded }) => !hasEnded);
      const run = running[Math.floor(random() * running.length)];
      if (!run) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      const visitor = new Visitor(address, run.runId);
      const visits = 1 + Math.floor(random() * 3);
      for (let i = 0; i < visits && !visitor.hasEnded; i++) await visit(visitor, run, random);
    }
  };
  await Promise.all([
    ...Array.from({ length: RUNS_AT_A_TIME }, keepRunning),
    ...Array.from({ length: SUBSCRIBERS }, comeAndGo),
  ]);
  return runs;
}

/** Starts a run whose text no other has. */
async function start(app: TestApp, number: number): Promise<Expected> {
  const { id: chatId } = await app.json<Chat>("POST", "/api/chat/sessions", {});
  const word = `run-${number}-ä€`;
  const path = `/api/chat/sessions/${chatId}/messages`;
  const body = { text: `/pace 60 /repeat 12 ${word}` };
  const { run } = await app.json<StartedRun>("POST", path, body, 202);
  return { chatId, runId: run.id, text: Array.from({ length: 12 }, () => word).join(" "), hasEnded: false };
}

async function visitUntilEnd(visitor: Visitor, run: Expected, random: () => number): Promise<void> {
  while (!visitor.hasEnded) await visit(visitor, run, random);
}

async function visit(visitor: Visitor, { text }: Expected, random: () => number): Promise<void> {
  await visitor.visit(random() * LONGEST_VISIT_MS);
  assertEquals(visitor.text, visitor.hasEnded ? text : text.slice(0, visitor.text.length));
}

/** Waits until as many timers run as before: each subscription has one, each stream of the gateway, each batch of the ledger. */
async function untilTimers(app: TestApp, clock: CountingClock, count: number): Promise<void> {
  await app.services.ledger.flush();
  for (let i = 0; i < 100 && clock.running !== count; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assertEquals(clock.running, count, "timers");
}

function usedMemory(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  return Deno.memoryUsage().heapUsed;
}
