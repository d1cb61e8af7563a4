import { assertEquals, assertRejects } from "@std/assert";
import { FreshetError, type ModelDownload, type NodeInfo } from "../../shared/mod.ts";
import { silentLog, systemClock } from "../../host/mod.ts";
import { localPrincipal } from "../../access/mod.ts";
import { createManagers } from "../../providers/mod.ts";
import { openStore, type Store } from "../../store/mod.ts";
import {
  type FakeGalleryModel,
  fakeLocalAI,
  type FakeLocalAIOptions,
  type FakeServer,
  LocalAIDisk,
} from "../../../tests/fakes/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { Downloads } from "./downloads.ts";

const NODE = { id: "n", name: "Rack", kind: "localai" } as NodeInfo;

interface World {
  disk: LocalAIDisk;
  clock: FakeClock;
  server(): FakeServer;
  /** Ends the server and starts another on the same disk and port, which knows nothing of jobs. */
  restart(options?: FakeLocalAIOptions): Promise<void>;
  /** A process of Freshet on the same data. */
  begin(): Promise<Downloads>;
}

/** Downloads on a LocalAI, whose jobs go on by themselves. */
async function withLocalAI(gallery: FakeGalleryModel[], fn: (world: World) => Promise<void>): Promise<void> {
  const store: Store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const disk = new LocalAIDisk({ gallery });
  let server = await fakeLocalAI({ disk });
  const { port, url } = server;
  const manager = createManagers({ pollMs: 1 }).get("localai");
  if (!manager) throw new Error("There is no manager for LocalAI");
  const all: Downloads[] = [];
  const begin = async () => {
    const downloads = new Downloads({
      store,
      clock,
      log: silentLog,
      feed: { publish: () => {} },
      managed: () =>
        Promise.resolve({ node: NODE, endpoint: { nodeId: "n", baseUrl: `${url}/v1` }, manager }),
      during: (_, work) => work(),
      onModel: () => Promise.resolve(),
    });
    all.push(downloads);
    await downloads.start();
    return downloads;
  };
  const restart = async (options: FakeLocalAIOptions = {}) => {
    await server.close();
    disk.jobs.forget();
    server = await fakeLocalAI({ disk, port, ...options });
  };
  try {
    await fn({ disk, clock, server: () => server, restart, begin });
  } finally {
    for (const downloads of all) await downloads.close();
    await server.close();
    store.close();
  }
}

const add = (downloads: Downloads, model = "localai@qwen3-8b") =>
  downloads.add(localPrincipal, { nodeId: "n", model });

async function until(
  downloads: Downloads,
  holds: (download: ModelDownload) => boolean,
): Promise<ModelDownload> {
  const end = systemClock.now() + 4_000;
  for (;;) {
    const [download] = await downloads.list(localPrincipal);
    if (download && holds(download)) return download;
    if (systemClock.now() > end) throw new Error(`Not so: ${JSON.stringify(download)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const applied = (server: FakeServer) => server.requests.filter(({ path }) => path === "/models/apply").length;
const isDone = ({ state }: ModelDownload) => state === "done";

Deno.test("a download is paused in its server, stays so over a restart, and goes on with what was loaded", () =>
  withLocalAI([{ name: "qwen3-8b", bytes: 8_000, steps: 80 }], async ({ begin, disk, server }) => {
    const first = await begin();
    const { id, isServerSide, cannotPause } = await add(first);
    assertEquals([isServerSide, cannotPause], [true, undefined]);
    await until(first, ({ completedBytes }) => completedBytes > 1_000);
    const paused = await first.pause(localPrincipal, id);
    assertEquals([paused.state, paused.bytesPerSecond], ["paused", 0]);
    assertEquals(server().lastRequest.path, "/api/operations/1059474d-f4f9-1/pause");
    const asked = server().requests.length;
    await first.close();
    const second = await begin();
    assertEquals((await second.list(localPrincipal))[0]?.state, "paused");
    assertEquals(server().requests.length, asked);
    await second.resume(localPrincipal, id);
    const on = await until(second, ({ phase }) => phase !== paused.phase || applied(server()) === 2);
    assertEquals(on.completedBytes >= paused.completedBytes, true);
    const done = await until(second, isDone);
    assertEquals([done.completedBytes, done.totalBytes, applied(server())], [8_000, 8_000, 2]);
    // It went on where it was: every step of the file was loaded once.
    assertEquals(disk.jobs.stepsOf("localai@qwen3-8b"), 80);
    assertEquals(disk.models.has("qwen3-8b"), true);
  }));

Deno.test("a version without a call to pause says so and goes on with the same job", () =>
  withLocalAI([{ name: "qwen3-8b", bytes: 8_000, steps: 60 }], async ({ begin, restart, server, disk }) => {
    await restart({ lacks: ["pause"] });
    const downloads = await begin();
    const { id } = await add(downloads);
    await until(downloads, ({ completedBytes }) => completedBytes > 0);
    const refused = await assertRejects(() => downloads.pause(localPrincipal, id), FreshetError);
    assertEquals([refused.code, refused.message], ["unsupported", "Rack cannot pause a download"]);
    const on = await until(downloads, ({ state }) => state !== "paused");
    assertEquals([on.cannotPause, on.state], [true, "running"]);
    const done = await until(downloads, isDone);
    assertEquals([done.completedBytes, applied(server())], [8_000, 1]);
    assertEquals(disk.models.has("qwen3-8b"), true);
  }));

Deno.test("what has failed in its server is paused here alone, and what cannot be reached is not paused", () =>
  withLocalAI([
    { name: "weak", steps: 6, fails: { after: 4, words: "disk full", times: 1 } },
    { name: "qwen3-8b", steps: 4_000 },
  ], async ({ begin, restart, clock, server }) => {
    const downloads = await begin();
    const weak = await add(downloads, "weak");
    await until(downloads, ({ state }) => state === "waiting");
    assertEquals((await downloads.pause(localPrincipal, weak.id)).state, "paused");
    await downloads.resume(localPrincipal, weak.id);
    await until(downloads, isDone);
    const { id } = await add(downloads);
    await until(downloads, ({ completedBytes }) => completedBytes > 0);
    await server().close();
    const refused = await assertRejects(() => downloads.pause(localPrincipal, id), FreshetError);
    assertEquals(refused.code, "unreachable");
    await until(downloads, ({ state }) => state === "waiting");
    await restart();
    await clock.advance(2_000);
    await until(downloads, ({ state }) => state === "running");
    assertEquals((await downloads.pause(localPrincipal, id)).state, "paused");
  }));

Deno.test("a download that waits in its server's queue is not begun twice, however long that takes", () =>
  withLocalAI([{ name: "a", steps: 4_000, stopsAt: 2 }, { name: "b" }], async ({ begin, clock, server }) => {
    const downloads = await begin();
    const a = await add(downloads, "a");
    await until(downloads, ({ completedBytes }) => completedBytes > 0);
    await add(downloads, "b");
    const behind = await until(downloads, ({ phase }) => phase === "queued");
    assertEquals([behind.model, behind.state, behind.totalBytes], ["b", "running", 0]);
    for (let minutes = 0; minutes < 40; minutes += 10) {
      const asked = server().requests.length;
      await clock.advance(10 * 60_000);
      await until(downloads, () => server().requests.length > asked + 4);
    }
    assertEquals((await downloads.list(localPrincipal))[0]?.state, "running");
    await downloads.remove(localPrincipal, a.id);
    await until(downloads, ({ model, state }) => model === "b" && state === "done");
    assertEquals(server().requests.filter(({ body }) => JSON.stringify(body)?.includes('"b"')).length, 1);
  }));

Deno.test("after a restart of Freshet the same job is followed, and none is begun", () =>
  withLocalAI([{ name: "qwen3-8b", steps: 150 }], async ({ begin, server }) => {
    const first = await begin();
    await add(first);
    await until(first, ({ completedBytes }) => completedBytes > 10);
    await first.close();
    const asked = server().requests.length;
    const second = await begin();
    await until(second, isDone);
    assertEquals(applied(server()), 1);
    assertEquals(server().requests[asked]?.path, "/models/jobs/1059474d-f4f9-1");
  }));

Deno.test("a server that is started anew in the middle forgets its job; another one goes on where it was", () =>
  withLocalAI([{ name: "qwen3-8b", bytes: 4_000, steps: 150 }], async ({ begin, server, restart, clock }) => {
    const downloads = await begin();
    await add(downloads);
    await until(downloads, ({ completedBytes }) => completedBytes > 60);
    await restart();
    const waiting = await until(downloads, ({ state }) => state === "waiting");
    assertEquals(["unreachable", "upstream"].includes(waiting.error?.code ?? ""), true);
    await clock.advance(2_000);
    const done = await until(downloads, isDone);
    assertEquals([done.completedBytes, applied(server())], [4_000, 1]);
    assertEquals(server().requests[0]?.path, "/models/jobs/1059474d-f4f9-1");
  }));

Deno.test("a job that fails or whose answer breaks off is tried again; a name that is nowhere is not", () =>
  withLocalAI([
    { name: "weak", steps: 6, breaksAfter: 2, fails: { after: 4, words: "disk full", times: 1 } },
    { name: "no such model", fails: { after: 0, words: 'no model found with name "x"' } },
  ], async ({ begin, clock, disk }) => {
    const downloads = await begin();
    await add(downloads, "weak");
    await until(downloads, ({ state }) => state === "waiting");
    await clock.advance(2_000);
    const second = await until(
      downloads,
      ({ state, error }) => state === "waiting" && error?.message.includes("could not install") === true,
    );
    assertEquals(second.error?.message, "LocalAI could not install weak: disk full");
    for (let i = 0; i < 4; i++) await clock.advance(2_000);
    await until(downloads, isDone);
    assertEquals(disk.models.has("weak"), true);
    await add(downloads, "nobody");
    const failed = await until(downloads, ({ state }) => state === "failed");
    assertEquals(failed.error?.code, "model_not_found");
  }));

Deno.test("a job that gets no further counts as broken off after a quarter of an hour", () =>
  withLocalAI([{ name: "qwen3-8b", steps: 10, stopsAt: 4 }], async ({ begin, clock }) => {
    const downloads = await begin();
    await add(downloads);
    await until(downloads, ({ completedBytes }) => completedBytes === 400);
    await clock.advance(15 * 60_000);
    const waiting = await until(downloads, ({ state }) => state === "waiting");
    assertEquals(waiting.error?.code, "stalled");
  }));

Deno.test("cancelling ends the job where the server can, and says so where it cannot", () =>
  withLocalAI([{ name: "qwen3-8b", steps: 4_000 }], async ({ begin, server, restart, clock }) => {
    const downloads = await begin();
    const { id } = await add(downloads);
    await until(downloads, ({ completedBytes }) => completedBytes > 0);
    await downloads.remove(localPrincipal, id);
    assertEquals(await downloads.list(localPrincipal), []);
    assertEquals(server().lastRequest.path, "/api/operations/1059474d-f4f9-1/cancel");
    await restart({ lacks: ["cancel"] });
    const other = await add(downloads);
    await until(downloads, ({ completedBytes }) => completedBytes > 0);
    await downloads.remove(localPrincipal, other.id);
    const [kept] = await downloads.list(localPrincipal);
    assertEquals([kept?.state, kept?.error?.code], ["failed", "unsupported"]);
    assertEquals(kept?.error?.message.startsWith("Rack goes on with it by itself"), true);
    await downloads.remove(localPrincipal, other.id);
    assertEquals(await downloads.list(localPrincipal), []);
    await clock.advance(0);
  }));

Deno.test("several models are downloaded to one server at once", () =>
  withLocalAI(
    [{ name: "a", steps: 30 }, { name: "b", steps: 30 }, { name: "c", steps: 30 }],
    async ({ begin, disk }) => {
      const downloads = await begin();
      await Promise.all(["a", "b", "c"].map((model) => add(downloads, model)));
      const end = systemClock.now() + 4_000;
      while (systemClock.now() < end && !(await downloads.list(localPrincipal)).every(isDone)) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      assertEquals([...disk.models.keys()].toSorted(), ["a", "b", "c", "phi-4-mini"]);
    },
  ));

Deno.test("a double click pauses once, and what waits behind others is neither paused nor begun twice", () =>
  withLocalAI([{ name: "a", steps: 4_000 }, { name: "b" }], async ({ begin, server }) => {
    const downloads = await begin();
    const a = await add(downloads, "a");
    await until(downloads, ({ completedBytes }) => completedBytes > 0);
    const b = await add(downloads, "b");
    await until(downloads, ({ phase }) => phase === "queued");
    const refused = await assertRejects(() => downloads.pause(localPrincipal, b.id), FreshetError);
    assertEquals([refused.code, refused.message], [
      "conflict",
      "Rack is at another download, and can pause only that",
    ]);
    const clicks = [1, 2].map(() => downloads.pause(localPrincipal, a.id).then(({ state }) => state, codeOf));
    assertEquals(await Promise.all(clicks), ["paused", "conflict"]);
    const paused = (await downloads.list(localPrincipal)).find(({ id }) => id === a.id);
    assertEquals(paused?.state, "paused");
    const again = await add(downloads, "a");
    const twin = await assertRejects(() => downloads.resume(localPrincipal, a.id), FreshetError);
    assertEquals([twin.code, twin.message], ["conflict", "a is being downloaded to Rack already"]);
    const removals = [1, 2].map(() => downloads.remove(localPrincipal, again.id).then(() => "gone", codeOf));
    assertEquals(await Promise.all(removals), ["gone", "not_found"]);
    assertEquals(begunOf(server(), "b"), 1);
  }));

Deno.test("what is cancelled or closed before its server has named it goes on in no server unknown", () =>
  withLocalAI([{ name: "a", steps: 4_000 }], async ({ begin, server }) => {
    const first = await begin();
    const { id } = await add(first, "a");
    await first.remove(localPrincipal, id);
    assertEquals(server().lastRequest.path, "/api/operations/1059474d-f4f9-1/cancel");
    await add(first, "a");
    await first.close();
    const second = await begin();
    await until(second, ({ completedBytes }) => completedBytes > 0);
    assertEquals(begunOf(server(), "a"), 2);
  }));

/** How often a server was asked for a model. */
function begunOf(server: FakeServer, model: string): number {
  return server.requests.filter(({ path, body }) =>
    path === "/models/apply" && JSON.stringify(body)?.includes(`"${model}"`)
  ).length;
}

function codeOf(error: unknown): string {
  return error instanceof FreshetError ? error.code : String(error);
}
