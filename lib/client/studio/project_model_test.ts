import { effect } from "@preact/signals";
import { assertEquals } from "@std/assert";
import { defaultUiSettings, encodeSse, type ProjectPage, type VersionFiles } from "../../shared/mod.ts";
import { Drafts } from "../drafts.ts";
import { FakeClock, settle } from "../testing/fake_clock.ts";
import { failure, FakeServer, FakeStream } from "../testing/fake_server.ts";
import { ProjectModel } from "./project_model.ts";
import {
  projectAt,
  sampleFiles,
  sampleGenerating,
  samplePageData,
  sampleVersion,
  studioOver,
  versionEvent,
} from "./testing/samples.ts";

const v1 = sampleVersion(1);
const V1_FILES = sampleFiles(v1, { "main.ts": "one" });

/** A project that stands at v1, over a server whose answers a test may change. */
function standing() {
  const server = new FakeServer();
  const clock = new FakeClock();
  const { api, streams } = studioOver(server);
  const events: FakeStream[] = [];
  server.on("GET /api/events", ({ signal }) => {
    const stream = new FakeStream(signal);
    events.push(stream);
    return stream.response;
  });
  const pages: { now: ProjectPage } = { now: { project: projectAt("v1"), versions: [v1] } };
  server.on("GET /api/projects/p1", () => pages.now);
  const model = new ProjectModel(samplePageData(pages.now.project, pages.now.versions, V1_FILES), {}, {
    api,
    clock,
    drafts: new Drafts(undefined),
    smooth: () => false,
  });
  return { server, clock, streams, events, pages, model };
}

Deno.test("a prompt shows at once, and gives way to the version that the server made of it", async () => {
  const { server, model, clock } = standing();
  const v2 = sampleGenerating(2);
  const answer = Promise.withResolvers<void>();
  server.on("POST /api/projects/p1/versions", async () => {
    await answer.promise;
    return { project: projectAt("v1", "v2"), version: v2 };
  });
  model.prompt.setText("  Add authentication  ");
  const sent = model.prompt.send(clock.now());
  assertEquals(model.prompt.pending.value.map(({ text, queued }) => [text, queued]), [[
    "Add authentication",
    false,
  ]]);
  assertEquals(model.prompt.text.value, "");
  answer.resolve();
  await sent;
  assertEquals(model.prompt.pending.value, []);
  assertEquals(model.thread.value.map(({ id }) => id), ["v1", "v2"]);
  assertEquals([model.selected.value?.id, model.isBusy.value, model.branchLive.value?.runId], [
    "v2",
    true,
    "r2",
  ]);
  const { body, headers } = server.asked[0] ?? {};
  assertEquals(body, { origin: "prompt", text: "Add authentication", branch: "main", queue: true });
  assertEquals(headers?.has("idempotency-key"), true);
});

Deno.test("a prompt that was refused comes back, and keeps its key when it is sent again", async () => {
  const { server, model, clock } = standing();
  server.on("POST /api/projects/p1/versions", () => failure(503, "unavailable"));
  model.prompt.setText("Add a field");
  await model.prompt.send(clock.now());
  assertEquals([model.prompt.text.value, model.prompt.problem.value?.code], ["Add a field", "unavailable"]);
  await model.prompt.send(clock.now());
  const keys = server.asked.map(({ headers }) => headers.get("idempotency-key"));
  assertEquals([keys.length, keys[0]], [2, keys[1]]);
});

Deno.test("while a version is made the next prompt waits in the queue, and can be taken back", async () => {
  const { server, model, clock } = standing();
  model.receive({ project: projectAt("v1", "v2"), versions: [sampleGenerating(2), v1] });
  const queued = { id: "q1", text: "Then this", createdAt: 0 };
  const withQueue = projectAt("v1", "v2");
  withQueue.branches[0]?.queue.push(queued);
  server.on("POST /api/projects/p1/versions", () => ({ project: withQueue, queued }));
  server.on("DELETE /api/projects/p1/queue/q1", () => new Response(null, { status: 204 }));
  model.prompt.setText("Then this");
  await model.prompt.send(clock.now());
  assertEquals(server.asked[0]?.body, { origin: "prompt", text: "Then this", branch: "main", queue: true });
  assertEquals(model.project.value.branches[0]?.queue, [queued]);
  assertEquals(model.selected.value?.id, "v2");
  await model.actions.removeQueued("q1");
  assertEquals(model.project.value.branches[0]?.queue, []);
});

Deno.test("a version that somebody else began is followed to its end, and its files take the place of the writing", async () => {
  const { server, model, streams, clock, pages } = standing();
  model.sync.stream.listen(true);
  await settle();
  pages.now = { project: projectAt("v1", "v2"), versions: [sampleGenerating(2), v1] };
  streams[0]?.send(
    versionEvent("r2", 1, { type: "version:start", versionId: "v2", versionNumber: 2, branch: "main" }) +
      versionEvent("r2", 2, { type: "file:generating", filePath: "new.ts" }) +
      versionEvent("r2", 3, { type: "code:chunk", filePath: "new.ts", chunk: "let n", startLine: 1 }),
  );
  await settle();
  assertEquals([model.selected.value?.id, model.code.openPath.value, model.code.textOf("new.ts")], [
    "v2",
    "new.ts",
    "let n",
  ]);
  const done = sampleVersion(2, { runId: "r2" });
  const files: VersionFiles = sampleFiles(done, { "main.ts": "one", "new.ts": "let n = 1;\n" });
  server.on("GET /api/projects/p1/versions/v2/files", () => files);
  pages.now = { project: projectAt("v2"), versions: [done, v1] };
  streams[0]?.send(versionEvent("r2", 4, { type: "end", outcome: "complete" }));
  await clock.tick(50);
  assertEquals([model.selectedLive.value, model.isBusy.value, model.selected.value?.status], [
    null,
    false,
    "complete",
  ]);
  assertEquals([model.code.openPath.value, model.code.textOf("new.ts")], ["new.ts", "let n = 1;\n"]);
  model.sync.stream.listen(false);
});

Deno.test("who looks at an older version is not taken away from it", async () => {
  const { model, server } = standing();
  const v2 = sampleVersion(2);
  server.on("GET /api/projects/p1/versions/*/files", () => V1_FILES);
  model.receive({ project: projectAt("v2"), versions: [v2, v1] });
  assertEquals(model.selected.value?.id, "v1");
  model.select("v1");
  model.receive({ project: projectAt("v2", "v3"), versions: [sampleGenerating(3), v2, v1] });
  assertEquals(model.selected.value?.id, "v1");
  assertEquals(model.branchLive.value?.version.id, "v3");
  await settle();
});

Deno.test("a stream that misses events is made whole by the run's snapshot", async () => {
  const { server, model, streams } = standing();
  model.receive({ project: projectAt("v1", "v2"), versions: [sampleGenerating(2), v1] });
  const file = { path: "a.ts", status: "generating", text: "let a" };
  const version = {
    versionId: "v2",
    versionNumber: 2,
    branch: "main",
    step: "generating",
    plannedFiles: [],
    planning: "",
    activities: [],
    files: [file],
    checks: [],
    results: [],
  };
  const state = { seq: 5, text: "", reasoning: "", steps: [], status: "running", version };
  server.on("GET /api/runs/r2", () => ({ run: { id: "r2" }, state }));
  model.sync.stream.listen(true);
  await settle();
  streams[0]?.send(
    versionEvent("r2", 5, { type: "code:chunk", filePath: "a.ts", chunk: "t a", startLine: 1 }),
  );
  await settle();
  assertEquals(model.code.textOf("a.ts"), "let a");
  model.sync.stream.listen(false);
});

Deno.test("after three broken streams the project is asked for every two seconds, until the stream is there again", async () => {
  const { server, model, clock, pages } = standing();
  let tries = 0;
  const ends = () => {
    tries++;
    return failure(502, "unreachable");
  };
  server.on("GET /api/stream/p1", ends);
  model.sync.stream.listen(true);
  await settle();
  assertEquals([tries, model.sync.stream.health.value], [1, "reconnecting"]);
  await clock.tick(2000);
  pages.now = { project: projectAt("v1", undefined, { name: "Renamed" }), versions: [v1] };
  const polls = () => server.log.filter((line) => line === "GET /api/projects/p1").length;
  assertEquals(polls(), 0);
  await clock.tick(4000);
  assertEquals([tries, polls(), model.project.value.name], [3, 1, "Renamed"]);
  await clock.tick(2000);
  assertEquals([tries, polls()], [3, 2]);
  const { streams } = studioOver(server);
  await clock.tick(2000);
  assertEquals([streams.length, model.sync.stream.health.value], [1, "live"]);
  model.sync.stream.listen(false);
});

Deno.test("what a person does shows at once and is taken back where the server refuses", async () => {
  const { server, model } = standing();
  server.on("PATCH /api/projects/p1", () => failure(503, "unavailable"));
  const locking = model.actions.toggleLock("main.ts");
  assertEquals(model.project.value.lockedPaths, ["main.ts"]);
  await locking;
  assertEquals(model.project.value.lockedPaths, []);
  assertEquals(model.toasts.list.value.map(({ kind }) => kind), ["error"]);
  server.on("PATCH /api/projects/p1/versions/v1", () => ({ ...v1, starred: true }));
  const starring = model.actions.star(v1);
  assertEquals(model.version("v1")?.starred, true);
  await starring;
});

Deno.test("saving edits makes a version by hand of the files that were changed", async () => {
  const { server, model } = standing();
  const v2 = sampleVersion(2, { origin: "edit" });
  server.on("POST /api/projects/p1/versions", () => ({ project: projectAt("v2"), version: v2 }));
  model.code.edit("main.ts", "two");
  await model.actions.save();
  assertEquals(server.asked[0]?.body, {
    origin: "edit",
    branch: "main",
    parentId: "v1",
    files: [{ path: "main.ts", content: "two" }],
  });
  assertEquals([model.code.editedId.value, model.selected.value?.id], [null, "v2"]);
});

Deno.test("a page at rest has one connection, and takes what happens in other tabs", async () => {
  const { server, model, clock, streams, events, pages } = standing();
  model.sync.listen(true, model.isMaking.value);
  await settle();
  assertEquals([events.length, streams.length], [1, 0]);
  pages.now = {
    project: projectAt("v1", undefined, { name: "Renamed" }),
    versions: [{ ...v1, starred: true }],
  };
  const changed = (projectId: string) =>
    encodeSse({ event: "project:changed", data: JSON.stringify({ type: "project:changed", projectId }) });
  const asked = () => server.log.filter((line) => line === "GET /api/projects/p1").length;
  const before = asked();
  events[0]?.send(changed("p2") + changed("p1") + changed("p1"));
  await settle();
  await clock.tick(100);
  assertEquals(asked() - before, 1);
  assertEquals([model.project.value.name, model.version("v1")?.starred], ["Renamed", true]);
  const settings = { ...defaultUiSettings(), theme: "light" as const };
  events[0]?.send(encodeSse({
    event: "settings:changed",
    data: JSON.stringify({ type: "settings:changed", settings }),
  }));
  await settle();
  assertEquals(model.settings.value.theme, "light");
  model.sync.listen(false, false);
});

Deno.test("the stream of a project is open only while a version is made", async () => {
  const { server, model, clock, streams, events, pages } = standing();
  const stop = effect(() => model.sync.listen(true, model.isMaking.value));
  await settle();
  pages.now = { project: projectAt("v1", "v2"), versions: [sampleGenerating(2), v1] };
  events[0]?.send(encodeSse({ data: JSON.stringify({ type: "project:changed", projectId: "p1" }) }));
  await settle();
  await clock.tick(100);
  assertEquals([streams.length, streams[0]?.cancelled, model.branchLive.value?.runId], [1, false, "r2"]);
  server.on("GET /api/projects/p1/versions/v2/files", () => V1_FILES);
  pages.now = { project: projectAt("v2"), versions: [sampleVersion(2, { runId: "r2" }), v1] };
  streams[0]?.send(
    versionEvent("r2", 1, { type: "version:start", versionId: "v2", versionNumber: 2, branch: "main" }) +
      versionEvent("r2", 2, { type: "end", outcome: "complete" }),
  );
  await clock.tick(100);
  assertEquals([model.isMaking.value, streams.length, streams[0]?.cancelled], [false, 1, true]);
  stop();
  model.sync.listen(false, false);
});

Deno.test("a project that was deleted elsewhere is said to be gone", async () => {
  const { server, model, events, clock } = standing();
  model.sync.listen(true, false);
  await settle();
  server.on("GET /api/projects/p1", () => failure(404, "not_found"));
  events[0]?.send(encodeSse({ data: JSON.stringify({ type: "project:changed", projectId: "p1" }) }));
  await settle();
  await clock.tick(100);
  assertEquals(model.toasts.list.value.map(({ message }) => message), ["studio.gone"]);
  model.sync.listen(false, false);
});

Deno.test("an answer that was overtaken does not take a newer version away", () => {
  const { model } = standing();
  model.receive({
    project: projectAt("v2", undefined, { versionCount: 2 }),
    versions: [sampleVersion(2), v1],
  });
  model.receive({ project: projectAt("v1", undefined, { versionCount: 1 }), versions: [v1] });
  assertEquals(model.thread.value.map(({ id }) => id), ["v1", "v2"]);
});

Deno.test("versions that are the same stay the same objects, so that they are not rendered anew", () => {
  const { model } = standing();
  const before = model.version("v1");
  model.receive({ project: projectAt("v1"), versions: [{ ...v1 }] });
  assertEquals(model.version("v1") === before, true);
  model.receive({ project: projectAt("v1"), versions: [{ ...v1, note: "mine" }] });
  assertEquals(model.version("v1")?.note, "mine");
});

Deno.test("of a new project the entry is shown once it is made, unless a person chose another file", async () => {
  for (const chosen of [null, "style.css"]) {
    const { server, model, streams, clock, pages } = standing();
    pages.now = { project: projectAt(null, "v2"), versions: [sampleGenerating(2, { parentId: null })] };
    model.receive(pages.now);
    server.on("GET /api/runs/r2", () => failure(503, "unavailable"));
    model.sync.stream.listen(true);
    await settle();
    const write = (path: string, seq: number) =>
      versionEvent("r2", seq, { type: "file:generating", filePath: path }) +
      versionEvent("r2", seq + 1, { type: "code:chunk", filePath: path, chunk: path, startLine: 1 });
    streams[0]?.send(
      versionEvent("r2", 1, { type: "version:start", versionId: "v2", versionNumber: 2, branch: "main" }) +
        ["index.html", "style.css", "zoo.ts"].map((path, i) => write(path, 2 + 2 * i)).join(""),
    );
    await settle();
    assertEquals(model.code.openPath.value, "zoo.ts");
    if (chosen) model.code.open(chosen);
    const done = sampleVersion(2, { parentId: null, runId: "r2" });
    const files = sampleFiles(done, { "index.html": "a", "style.css": "b", "zoo.ts": "c" });
    server.on("GET /api/projects/p1/versions/v2/files", () => files);
    pages.now = { project: projectAt("v2"), versions: [done] };
    streams[0]?.send(versionEvent("r2", 8, { type: "end", outcome: "complete" }));
    await clock.tick(50);
    assertEquals(model.code.openPath.value, chosen ?? "index.html");
    model.sync.stream.listen(false);
  }
});
