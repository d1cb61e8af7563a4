import { assertEquals, assertRejects } from "@std/assert";
import {
  FreshetError,
  type ModelDownload,
  type NodeInfo,
  type ProfileEvent,
  withTag,
} from "../../shared/mod.ts";
import { silentLog } from "../../host/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { localPrincipal } from "../../access/mod.ts";
import type { ModelManager, PullStep } from "../../providers/mod.ts";
import { openStore, type Store } from "../../store/mod.ts";
import { Downloads } from "./downloads.ts";

const NODE = { id: "n", name: "Workstation", kind: "ollama" } as NodeInfo;
const GB = 1_000_000_000;

/** A server whose pulls go on by hand, and which keeps what it has. */
class Server {
  /** What each pull that is open was asked for. */
  readonly open: { model: string; say(step: PullStep | FreshetError | "end"): Promise<void> }[] = [];
  asked = 0;

  readonly manager = {
    kind: "ollama",
    can: new Set(["pull", "pause", "cancel"]),
    pullName: withTag,
    pull: (_: unknown, model: string, signal: AbortSignal) => this.#pull(model, signal),
  } as Partial<ModelManager> as ModelManager;

  async *#pull(model: string, signal: AbortSignal): AsyncGenerator<PullStep> {
    this.asked++;
    const said: (PullStep | FreshetError | "end")[] = [];
    let wake = () => {};
    const pull = {
      model,
      say: async (step: PullStep | FreshetError | "end") => {
        said.push(step);
        wake();
        await settle();
      },
    };
    this.open.push(pull);
    signal.addEventListener("abort", () => wake());
    try {
      for (;;) {
        const next = said.shift();
        if (signal.aborted) throw new FreshetError("cancelled", "The request was cancelled");
        if (next === "end") return;
        if (next instanceof FreshetError) throw next;
        if (next) yield next;
        else await new Promise<void>((resolve) => wake = resolve);
      }
    } finally {
      this.open.splice(this.open.indexOf(pull), 1);
    }
  }
}

const step = (completedBytes: number): PullStep => ({
  phase: "pulling a2af",
  layer: { digest: "sha256:a2af", totalBytes: 4 * GB, completedBytes },
});
const settle = async () => {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve, 0));
};

interface World {
  store: Store;
  clock: FakeClock;
  server: Server;
  events: ProfileEvent[];
  /** The nodes that were asked for what they have, while it was known who changes that. */
  models: string[];
  /** What Freshet has told that it is changing. */
  announced: Set<string>;
  /** Another process on the same data. */
  begin(): Promise<Downloads>;
}

async function withDownloads(fn: (downloads: Downloads, world: World) => Promise<void>): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const server = new Server();
  const all: Downloads[] = [];
  const events: ProfileEvent[] = [];
  const models: string[] = [];
  const announced = new Set<string>();
  const begin = async () => {
    const downloads = new Downloads({
      store,
      clock,
      log: silentLog,
      feed: { publish: (_, event) => void events.push(event) },
      managed: () => {
        return Promise.resolve({
          node: NODE,
          endpoint: { nodeId: "n", baseUrl: "http://n" },
          manager: server.manager,
        });
      },
      during: async ({ model }, work) => {
        announced.add(model);
        await work();
        announced.delete(model);
      },
      onModel: (_, nodeId, model) => Promise.resolve(void (announced.has(model) && models.push(nodeId))),
    });
    all.push(downloads);
    await downloads.start();
    return downloads;
  };
  try {
    await fn(await begin(), { store, clock, server, events, models, announced, begin });
  } finally {
    for (const downloads of all) await downloads.close();
    store.close();
  }
}

async function only(downloads: Downloads): Promise<ModelDownload> {
  const list = await downloads.list(localPrincipal);
  assertEquals(list.length, 1);
  return list[0] as ModelDownload;
}

const add = (downloads: Downloads, model = "qwen3:8b") =>
  downloads.add(localPrincipal, { nodeId: "n", model });

Deno.test("a download tells its bytes, speed and time left, and asks for the node's models at its end", () =>
  withDownloads(async (downloads, { clock, server, models, announced }) => {
    await add(downloads);
    await settle();
    // Who asks the node before the record says that it is done must not take it for somebody else's change.
    assertEquals([...announced], ["qwen3:8b"]);
    for (const gb of [0, 0.1, 0.2]) {
      await server.open[0]?.say(step(gb * GB));
      await clock.advance(1_000);
    }
    const running = await only(downloads);
    assertEquals([running.state, running.completedBytes, running.totalBytes], ["running", 0.2 * GB, 4 * GB]);
    assertEquals([running.bytesPerSecond, running.secondsLeft], [0.1 * GB, 38]);
    await server.open[0]?.say("end");
    const done = await only(downloads);
    assertEquals([done.state, done.completedBytes, done.bytesPerSecond], ["done", 4 * GB, 0]);
    assertEquals(models, ["n"]);
  }));

Deno.test("pages hear of progress at most twice a second", () =>
  withDownloads(async (downloads, { clock, server, events }) => {
    await add(downloads);
    await settle();
    for (let i = 0; i < 100; i++) {
      await server.open[0]?.say(step(i));
      await clock.advance(20);
    }
    assertEquals(events.length, 1 + 4);
  }));

Deno.test("a download that broke off is tried again, with longer pauses, and begins anew with each byte", () =>
  withDownloads(async (downloads, { clock, server }) => {
    await add(downloads);
    await settle();
    const broken = new FreshetError("unreachable", "Cannot reach Ollama");
    await server.open[0]?.say(step(1));
    await server.open[0]?.say(broken);
    const waiting = await only(downloads);
    assertEquals([waiting.state, waiting.error?.code, waiting.retryAt], [
      "waiting",
      "unreachable",
      clock.now() + 2_000,
    ]);
    await clock.advance(2_000);
    await server.open[0]?.say(new FreshetError("upstream", "It ended", { hint: "Ask again" }));
    assertEquals((await only(downloads)).retryAt, clock.now() + 4_000);
    assertEquals((await only(downloads)).error, { code: "upstream", message: "It ended" });
    await clock.advance(4_000);
    await server.open[0]?.say(step(2));
    assertEquals([(await only(downloads)).state, (await only(downloads)).error], ["running", undefined]);
    await server.open[0]?.say(broken);
    assertEquals((await only(downloads)).retryAt, clock.now() + 2_000);
    for (const ms of [2, 4, 8, 15, 30, 60, 60, 60]) {
      await clock.advance(ms * 1_000);
      await server.open[0]?.say(broken);
    }
    assertEquals([(await only(downloads)).state, server.open.length], ["failed", 0]);
  }));

Deno.test("what another try would not change fails at once, and can be gone on with", () =>
  withDownloads(async (downloads, { server }) => {
    const { id } = await add(downloads, "nobody");
    await settle();
    await server.open[0]?.say(new FreshetError("model_not_found", "There is no model nobody:latest"));
    assertEquals([(await only(downloads)).state, (await only(downloads)).model], ["failed", "nobody:latest"]);
    await downloads.resume(localPrincipal, id);
    await settle();
    const again = await only(downloads);
    assertEquals([again.state, again.error, again.finishedAt, server.asked], [
      "running",
      undefined,
      undefined,
      2,
    ]);
  }));

Deno.test("a download is paused, gone on with and cancelled, each closing its connection", () =>
  withDownloads(async (downloads, { server, events }) => {
    const { id } = await add(downloads);
    await settle();
    await server.open[0]?.say(step(GB));
    const paused = await downloads.pause(localPrincipal, id);
    assertEquals([paused.state, paused.completedBytes, server.open.length], ["paused", GB, 0]);
    await assertRejects(() => downloads.pause(localPrincipal, id), FreshetError, "not under way");
    await downloads.resume(localPrincipal, id);
    await assertRejects(() => downloads.resume(localPrincipal, id), FreshetError, "is under way");
    await settle();
    assertEquals(server.open.length, 1);
    await downloads.remove(localPrincipal, id);
    assertEquals([server.open.length, await downloads.list(localPrincipal)], [0, []]);
    assertEquals(events.at(-1), { type: "download:removed", downloadId: id });
    await assertRejects(() => downloads.remove(localPrincipal, id), FreshetError, "no such download");
  }));

Deno.test("several run at once, but the same one only once", () =>
  withDownloads(async (downloads, { server }) => {
    const both = await Promise.allSettled([add(downloads, "qwen3"), add(downloads, "qwen3:latest")]);
    assertEquals(both.map(({ status }) => status), ["fulfilled", "rejected"]);
    await add(downloads, "gemma3:4b");
    await settle();
    assertEquals(server.open.map(({ model }) => model), ["qwen3:latest", "gemma3:4b"]);
    for (const model of ["", "a b", "x".repeat(400)]) {
      await assertRejects(() => add(downloads, model), FreshetError, "Name a model");
    }
  }));

Deno.test("what was under way goes on after a restart, and what was paused or failed does not", () =>
  withDownloads(async (downloads, { server, clock, begin }) => {
    await add(downloads, "a");
    await settle();
    await server.open[0]?.say(step(GB));
    await clock.advance(2_000);
    await server.open[0]?.say(step(2 * GB));
    const { id } = await add(downloads, "b");
    await downloads.pause(localPrincipal, id);
    await downloads.close();
    assertEquals(server.open.length, 0);
    const next = await begin();
    await settle();
    assertEquals(server.open.map(({ model }) => model), ["a:latest"]);
    const list = await next.list(localPrincipal);
    assertEquals(list.map(({ model, state, completedBytes }) => [model, state, completedBytes]), [
      ["b:latest", "paused", 0],
      ["a:latest", "running", 2 * GB],
    ]);
    await server.open[0]?.say("end");
    assertEquals((await next.list(localPrincipal))[1]?.state, "done");
  }));

Deno.test("a process that died without a word leaves its download to the next one, and writes nothing more", () =>
  withDownloads(async (downloads, { server, clock, begin }) => {
    await add(downloads);
    await settle();
    await server.open[0]?.say(step(GB));
    const next = await begin();
    await settle();
    assertEquals(server.open.length, 2);
    await clock.advance(3_000);
    await server.open[0]?.say(step(2 * GB));
    await settle();
    assertEquals(server.open.length, 1, "the one that lost it has closed its connection");
    await server.open[0]?.say(step(3 * GB));
    assertEquals((await only(next)).completedBytes, 3 * GB);
  }));
