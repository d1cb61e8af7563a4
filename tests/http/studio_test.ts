import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  type CreatedVersion,
  type ErrorBody,
  type Project,
  PROJECT_LIMITS,
  type ProjectFile,
  type ProjectList,
  type ProjectMessage,
  type ProjectPage,
  reduceVersion,
  type RunEvent,
  type Version,
  type VersionEvent,
  type VersionFiles,
  type VersionProgress,
} from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import { sha256Hex } from "../../lib/store/mod.ts";
import { type DiffedFile, unzipProject, type Validate } from "../../lib/studio/mod.ts";
import { operations } from "../../lib/app/mod.ts";
import { startApp, type TestApp } from "../harness.ts";
import { seededRandom } from "../random.ts";
import { dictated } from "../studio/dictated_prompt.ts";
import { ProjectStream } from "../studio/project_stream.ts";

const PROJECTS = "/api/projects";
const NOBODY = "01jd0000000000000000000000";
const PAGE = { "index.html": "<h1>Hello</h1>\n", "app.ts": "export const a = 1;\n" };
const BOOKS = "/pace 0 Build a REST API for books";

/** Checks nothing: what is tested here is not the sandbox. */
const validate: Validate = {
  async *all() {
    yield await Promise.resolve({ type: "validation:start", checks: [] });
    return { outcome: "passed", results: [], repairs: 0 };
  },
  async *early() {},
};

const start = () => startApp({}, { validate });

/** A project whose first version is made. */
async function finishedProject(
  app: TestApp,
  files: Record<string, string> = PAGE,
): Promise<{ project: Project; version: Version; url: string }> {
  const created = await app.json<CreatedVersion>("POST", PROJECTS, { prompt: dictated(files) }, 202);
  const version = await ended(app, created);
  return { project: created.project, version, url: `${PROJECTS}/${created.project.id}` };
}

/** Waits for a version by the events of its run. */
async function ended(app: TestApp, { project, version }: CreatedVersion): Promise<Version> {
  assert(version?.runId);
  await (await app.fetch(`/api/runs/${version.runId}/events`)).text();
  const { versions } = await app.json<ProjectPage>("GET", `${PROJECTS}/${project.id}`);
  const found = versions.find(({ id }) => id === version.id);
  assert(found);
  return found;
}

async function create(app: TestApp, url: string, body: unknown): Promise<Version> {
  return await ended(app, await app.json<CreatedVersion>("POST", `${url}/versions`, body, 202));
}

async function prompted(app: TestApp, url: string, files: Record<string, string | null>): Promise<Version> {
  return await create(app, url, { origin: "prompt", text: dictated(files) });
}

async function filesOf(app: TestApp, { projectId, id }: Version): Promise<Record<string, string>> {
  const { files } = await app.json<VersionFiles>("GET", `${PROJECTS}/${projectId}/versions/${id}/files`);
  return byPath(files);
}

function byPath(files: readonly ProjectFile[]): Record<string, string> {
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}

async function refusal(app: TestApp, path: string, init: RequestInit): Promise<[number, string]> {
  const response = await app.fetch(path, init);
  const text = await response.text();
  const { error } = JSON.parse(text) as { error?: ErrorBody };
  assert(error?.code && error.message, `${init.method} ${path}: ${response.status} ${text.slice(0, 300)}`);
  return [response.status, error.code];
}

const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body: typeof body === "string" ? body : JSON.stringify(body),
  headers: { "content-type": "application/json", ...headers },
});

Deno.test("a prompt is answered with its version at once, and the stream brings its files in order", async () => {
  await using app = await start();
  const { project, version } = await app.json<CreatedVersion>("POST", PROJECTS, { prompt: BOOKS }, 202);
  assert(version?.runId);
  assertEquals([version.status, version.number, version.parentId, version.prompt], [
    "generating",
    1,
    null,
    BOOKS,
  ]);
  assertEquals([project.kinds, project.branches[0]?.generatingId], [["api"], version.id]);
  await using stream = await ProjectStream.open(app.fetch, project.id);
  const sent = await stream.run();
  assertEquals(sent.map(({ id }) => id), sent.map((_, i) => `${version.runId}.${i + 1}`));
  const events = sent.map(({ event }) => event);
  assertOrder(events);
  const { files } = await app.json<VersionFiles>(
    "GET",
    `${PROJECTS}/${project.id}/versions/${version.id}/files`,
  );
  assert(files.length > 3);
  const written = new Map<string, string>();
  for (const event of events) {
    if (event.type !== "code:chunk") continue;
    written.set(event.filePath, (written.get(event.filePath) ?? "") + event.chunk);
  }
  for (const { path, content, sha256, size } of files) {
    const bytes = new TextEncoder().encode(content);
    assertEquals([path, await sha256Hex(bytes), bytes.length], [path, sha256, size]);
    assertEquals(written.get(path), content, path);
  }
  const progress = events.reduce<VersionProgress | undefined>(
    (state, event) => reduceVersion(state, event as VersionEvent) ?? state,
    undefined,
  );
  const byName = (a: { path: string }, b: { path: string }) => a.path < b.path ? -1 : 1;
  assertEquals(
    progress?.files.map(({ file }) => file).toSorted((a, b) => a && b ? byName(a, b) : 0),
    files.map(({ path, sha256, size }) => ({ path, sha256, size })),
  );
  const made = await app.json<Version>("GET", `${PROJECTS}/${project.id}/versions/${version.id}`);
  assertEquals([made.status, made.fileCount, made.title, made.changes], [
    "complete",
    files.length,
    progress?.title,
    progress?.changes,
  ]);
});

/** Every run's events have this order, whatever the model says. */
function assertOrder(events: readonly RunEvent[]): void {
  const types = events.map(({ type }) => type);
  const at = (type: RunEvent["type"]) => types.indexOf(type);
  const marks = [
    at("start"),
    at("version:start"),
    at("planning"),
    at("file:generating"),
    at("code:chunk"),
    at("file:complete"),
    at("validation:start"),
    at("validation:complete"),
    at("version:complete"),
    types.length - 1,
  ];
  assertEquals(marks, marks.toSorted((a, b) => a - b), types.join(" "));
  assertEquals([marks[0], types.at(-1), marks.includes(-1)], [0, "end", false]);
  let open: string | undefined;
  for (const event of events) {
    if (event.type === "file:generating") [open] = [event.filePath, assertEquals(open, undefined)];
    else if (event.type === "code:chunk") assertEquals(event.filePath, open);
    else if (event.type === "file:complete") open = void assertEquals(event.filePath, open);
  }
}

Deno.test("a stream goes on after any event, and with the next version on the same connection", async () => {
  await using app = await start();
  const created = await app.json<CreatedVersion>("POST", PROJECTS, { prompt: BOOKS }, 202);
  const { project } = created;
  await using first = await ProjectStream.open(app.fetch, project.id);
  const all = await first.run();
  const random = seededRandom(7);
  for (let round = 0; round < 6; round++) {
    const at = Math.floor(random() * (all.length - 1));
    await using resumed = await ProjectStream.open(app.fetch, project.id, all[at]?.id);
    assertEquals(await resumed.run(), all.slice(at + 1));
  }
  await using second = await ProjectStream.open(app.fetch, project.id, all.at(-3)?.id);
  assertEquals(await second.run(), all.slice(-2));
  const next = await app.json<CreatedVersion>("POST", `${PROJECTS}/${project.id}/messages`, {
    text: dictated({ "notes.md": "Notes\n" }),
  }, 202);
  for (const stream of [first, second]) {
    const more = await stream.run();
    assertEquals(more.map(({ id }) => id), more.map((_, i) => `${next.version?.runId}.${i + 1}`));
  }
  for (const stranger of ["nonsense", `${NOBODY}.3`, `${next.version?.runId}.999999`]) {
    await using stream = await ProjectStream.open(app.fetch, project.id, stranger);
    const another = await app.json<CreatedVersion>("POST", `${PROJECTS}/${project.id}/messages`, {
      text: dictated({ "notes.md": `${stranger}\n` }),
    }, 202);
    assertEquals((await stream.run())[0]?.id, `${another.version?.runId}.1`);
  }
});

Deno.test("an open stream misses no version, however quickly versions follow each other", async () => {
  await using app = await start();
  const { project, version, url } = await finishedProject(app);
  await using stream = await ProjectStream.open(app.fetch, project.id);
  const runIds: (string | undefined)[] = [];
  let parentId = version.id;
  for (let i = 0; i < 20; i++) {
    const made = await create(app, url, {
      origin: "edit",
      parentId,
      files: [{ path: "app.ts", content: `${i}` }],
    });
    runIds.push(made.runId);
    parentId = made.id;
  }
  const seen: (string | undefined)[] = [];
  while (seen.length < runIds.length) seen.push((await stream.run()).at(-1)?.id.split(".")[0]);
  assertEquals(seen.toSorted(), runIds.toSorted());
});

Deno.test("files, differences and messages of two versions", async () => {
  await using app = await start();
  const { version: first, url } = await finishedProject(app);
  const second = await prompted(app, url, { "app.ts": "a2\n", "b.ts": "b\nc\n", "index.html": null });
  assertEquals([second.number, second.parentId, second.status], [2, first.id, "complete"]);
  assertEquals(await filesOf(app, first), PAGE);
  assertEquals(await filesOf(app, second), { "app.ts": "a2\n", "b.ts": "b\nc\n" });
  assertEquals(second.changes, [
    { path: "app.ts", operation: "modified", addedLines: 1, removedLines: 1 },
    { path: "b.ts", operation: "created", addedLines: 2, removedLines: 0 },
    { path: "index.html", operation: "deleted", addedLines: 0, removedLines: 1 },
  ]);
  const diff = await app.json<{ files: DiffedFile[] }>(
    "GET",
    `${url}/versions/${first.id}/diff/${second.id}`,
  );
  assertEquals(diff.files.map(({ path, operation, before, after }) => [path, operation, before, after]), [
    ["app.ts", "modified", PAGE["app.ts"], "a2\n"],
    ["b.ts", "created", null, "b\nc\n"],
    ["index.html", "deleted", PAGE["index.html"], null],
  ]);
  const messages = await app.json<ProjectMessage[]>("GET", `${url}/messages`);
  assertEquals(messages.map(({ role, versionId, status }) => [role, versionId, status]), [
    ["user", first.id, "complete"],
    ["assistant", first.id, "complete"],
    ["user", second.id, "complete"],
    ["assistant", second.id, "complete"],
  ]);
  assertEquals([messages[0]?.text, messages[1]?.text], [dictated(PAGE), "As asked.\n"]);
  const versions = await app.json<Version[]>("GET", `${url}/versions`);
  assertEquals(versions.map(({ id }) => id), [second.id, first.id]);
});

Deno.test("an archive unpacks to the files, and makes the same project when it is imported", async () => {
  await using app = await start();
  const files = { ...PAGE, "src/ünï.ts": "// 🚀\r\nno end", "empty.css": "" };
  const { version, url } = await finishedProject(app, files);
  const stored = await filesOf(app, version);
  const response = await app.fetch(`${url}/versions/${version.id}/zip`);
  assertEquals(response.headers.get("content-type"), "application/zip");
  assertMatch(response.headers.get("content-disposition") ?? "", /^attachment; filename\*=UTF-8''.+v1\.zip$/);
  const archive = new Uint8Array(await response.arrayBuffer());
  const unpacked = unzipProject(archive);
  const whole = byPath(unpacked.files);
  assertEquals(unpacked.skipped, []);
  assertEquals({ ...whole, ...stored }, whole);
  assert("start" in JSON.parse(whole["deno.json"] ?? "{}").tasks);
  const imported = await app.fetch(`${PROJECTS}/import?name=Back`, {
    method: "POST",
    body: archive,
    headers: { "content-type": "application/zip" },
  });
  assertEquals(imported.status, 202);
  const back = await ended(app, await imported.json());
  assertEquals([back.status, back.origin, await filesOf(app, back)], ["complete", "import", whole]);
  const form = new FormData();
  form.append("top/a.ts", new File(["a\n"], "a.ts"));
  form.append("top/b/c.css", new File(["c\n"], "c.css"));
  const folder = await app.fetch(`${PROJECTS}/import`, { method: "POST", body: form });
  assertEquals(folder.status, 202);
  assertEquals(Object.values(await filesOf(app, await ended(app, await folder.json()))), ["a\n", "c\n"]);
});

Deno.test("a project is found, renamed, copied, deleted and brought back", async () => {
  await using app = await start();
  const { project, version, url } = await finishedProject(app);
  const renamed = await app.json<Project>("PATCH", url, { name: "Greeting", kinds: ["ui", "api"] });
  assertEquals([renamed.name, renamed.kinds], ["Greeting", ["ui", "api"]]);
  const copy = await app.json<Project>("POST", `${url}/duplicate`);
  assertEquals([copy.name, copy.kinds, copy.id === project.id], ["Greeting (copy)", ["ui", "api"], false]);
  const { versions } = await app.json<ProjectPage>("GET", `${PROJECTS}/${copy.id}`);
  assert(versions[0]);
  assertEquals([versions.length, versions[0].origin, await filesOf(app, versions[0])], [
    1,
    "duplicate",
    PAGE,
  ]);
  const names = async (query = "") =>
    (await app.json<ProjectList>("GET", PROJECTS + query)).projects.map(({ name }) => name);
  assertEquals(await names(), ["Greeting (copy)", "Greeting"]);
  assertEquals(await names("?q=COPY"), ["Greeting (copy)"]);
  await app.json("DELETE", url, undefined, 204);
  assertEquals(await names(), ["Greeting (copy)"]);
  for (const path of [url, `${url}/messages`, `${url}/versions/${version.id}/files`]) {
    assertEquals(await refusal(app, path, {}), [404, "not_found"], path);
  }
  await app.json("POST", `${url}/restore`);
  assertEquals((await names()).toSorted(), ["Greeting", "Greeting (copy)"]);
  assertEquals(await filesOf(app, version), PAGE);
});

Deno.test("a version is starred and noted, restored whole and in part, and tried again", async () => {
  await using app = await start();
  const { version: first, url } = await finishedProject(app);
  const fields = { starred: true, note: "The good one" };
  const starred = await app.json<Version>("PATCH", `${url}/versions/${first.id}`, fields);
  assertEquals(starred, { ...first, ...fields });
  const second = await prompted(app, url, { "app.ts": "a2\n", "index.html": null });
  const taken = await create(app, url, { origin: "restore", versionId: first.id, paths: ["index.html"] });
  assertEquals(await filesOf(app, taken), { ...PAGE, "app.ts": "a2\n" });
  const { version: restored } = await app.json<CreatedVersion>("POST", `${url}/versions`, {
    origin: "restore",
    versionId: first.id,
  }, 202);
  assert(restored);
  assertEquals([restored.status, restored.sourceId, await filesOf(app, restored)], [
    "complete",
    first.id,
    PAGE,
  ]);
  const again = await create(app, url, { origin: "retry", versionId: second.id });
  assertEquals([again.parentId, again.prompt, await filesOf(app, again)], [first.id, second.prompt, {
    "app.ts": "a2\n",
  }]);
  const from = await create(app, url, {
    origin: "prompt",
    text: dictated({ "c.ts": "c\n" }),
    fromVersionId: first.id,
  });
  assertEquals([from.parentId, await filesOf(app, from)], [first.id, { ...PAGE, "c.ts": "c\n" }]);
  const { versions } = await app.json<ProjectPage>("GET", url);
  assertEquals(versions.map(({ number }) => number), [6, 5, 4, 3, 2, 1]);
});

Deno.test("a branch begins at any version and leaves the others alone", async () => {
  await using app = await start();
  const { version: first, url } = await finishedProject(app);
  const second = await prompted(app, url, { "app.ts": "a2\n" });
  const branched = await app.json<Project>("POST", `${url}/branches`, { name: "try", versionId: first.id });
  assertEquals([branched.activeBranch, branched.branches.length], ["try", 2]);
  const third = await prompted(app, url, { "c.ts": "c\n" });
  assertEquals([third.branch, third.number, third.parentId, await filesOf(app, third)], ["try", 3, first.id, {
    ...PAGE,
    "c.ts": "c\n",
  }]);
  const onMain = await create(app, url, {
    origin: "prompt",
    text: dictated({ "d.ts": "d\n" }),
    branch: "main",
  });
  assertEquals([onMain.branch, onMain.parentId], ["main", second.id]);
  const { project } = await app.json<ProjectPage>("GET", url);
  assertEquals(project.branches.map(({ name, headId }) => [name, headId]), [["main", onMain.id], [
    "try",
    third.id,
  ]]);
  const twice = post({ name: "try", versionId: first.id });
  assertEquals(await refusal(app, `${url}/branches`, twice), [409, "conflict"]);
  const unknown = post({ origin: "prompt", text: "More", branch: "nope" });
  assertEquals(await refusal(app, `${url}/versions`, unknown), [404, "not_found"]);
  assertEquals((await app.json<Project>("PATCH", url, { activeBranch: "main" })).activeBranch, "main");
});

Deno.test("prompts wait their turn, can be taken back, and go on after a stop", async () => {
  await using app = await start();
  const { project, version, url } = await finishedProject(app);
  await using stream = await ProjectStream.open(app.fetch, project.id);
  const send = (files: Record<string, string>, paceMs: number, queue = true) =>
    post({ text: dictated(files, paceMs), queue });
  const slow: CreatedVersion = await (await app.fetch(`${url}/messages`, send({ "slow.ts": "s\n" }, 60_000)))
    .json();
  assertEquals([slow.version?.number, slow.queued], [2, undefined]);
  assertEquals(await refusal(app, `${url}/messages`, send({ "x.ts": "x\n" }, 0, false)), [409, "conflict"]);
  const queued: string[] = [];
  for (const name of ["one", "two", "three"]) {
    const response = await app.fetch(`${url}/messages`, send({ [`${name}.ts`]: `${name}\n` }, 0));
    const created: CreatedVersion = await response.json();
    assertEquals([response.status, created.version], [202, undefined]);
    queued.push(created.queued?.id ?? "");
  }
  const after = await app.json<Project>("DELETE", `${url}/queue/${queued[1]}`);
  assertEquals(after.branches[0]?.queue.map(({ id }) => id), [queued[0], queued[2]]);
  assertEquals(await refusal(app, `${url}/queue/${queued[1]}`, { method: "DELETE" }), [404, "not_found"]);
  const messages = await app.json<ProjectMessage[]>("GET", `${url}/messages`);
  assertEquals(messages.slice(-2).map(({ id, status }) => [id, status]), [[queued[0], "queued"], [
    queued[2],
    "queued",
  ]]);
  for (const origin of ["edit", "restore"]) {
    const body = { origin, parentId: version.id, versionId: version.id, files: [] };
    assertEquals(await refusal(app, `${url}/versions`, post(body)), [409, "conflict"], origin);
  }
  await app.json("POST", `/api/runs/${slow.version?.runId}/cancel`, undefined, 204);
  const runs = [await stream.run(), await stream.run(), await stream.run()];
  const outcomes = runs.map((events) => events.at(-1)?.event);
  assertEquals(outcomes.map((event) => event?.type === "end" ? event.outcome : event), [
    "cancelled",
    "complete",
    "complete",
  ]);
  const { versions } = await app.json<ProjectPage>("GET", url);
  assertEquals(versions.map(({ number, status }) => [number, status]), [
    [4, "complete"],
    [3, "complete"],
    [2, "cancelled"],
    [1, "complete"],
  ]);
  assert(versions[0]);
  assertEquals(await filesOf(app, versions[0]), { ...PAGE, "one.ts": "one\n", "three.ts": "three\n" });
});

Deno.test("more prompts than may wait are refused", async () => {
  await using app = await start();
  const created = await app.json<CreatedVersion>("POST", PROJECTS, { prompt: dictated(PAGE, 60_000) }, 202);
  const url = `${PROJECTS}/${created.project.id}`;
  for (let i = 0; i < PROJECT_LIMITS.queue; i++) {
    await app.json("POST", `${url}/messages`, { text: `More ${i}`, queue: true }, 202);
  }
  assertEquals(await refusal(app, `${url}/messages`, post({ text: "Too many", queue: true })), [
    429,
    "rate_limited",
  ]);
  await app.json("DELETE", url, undefined, 204);
  assertEquals(
    (await (await app.fetch(`/api/runs/${created.version?.runId}/events`)).text()).includes(
      '"cancelled"',
    ),
    true,
  );
});

Deno.test("a locked file stays as it is, whatever the model writes", async () => {
  await using app = await start();
  const { url } = await finishedProject(app);
  const { lockedPaths } = await app.json<Project>("PATCH", url, { lockedPaths: ["./app.ts", "app.ts"] });
  assertEquals(lockedPaths, ["app.ts"]);
  const version = await prompted(app, url, { "app.ts": "changed\n", "b.ts": "b\n" });
  assertEquals(await filesOf(app, version), { ...PAGE, "b.ts": "b\n" });
  const deleting = await prompted(app, url, { "app.ts": null, "b.ts": null });
  assertEquals(await filesOf(app, deleting), PAGE);
});

Deno.test("what does not fit is refused in the one shape, and changes nothing", async () => {
  await using app = await start();
  const { version, url } = await finishedProject(app);
  const edit = (path: string, content = "x") =>
    post({ origin: "edit", parentId: version.id, files: [{ path, content }] });
  const [versions, own] = [`${url}/versions`, `${url}/versions/${version.id}`];
  const bad: [number, string, RequestInit][] = [
    [400, PROJECTS, post("{")],
    [400, PROJECTS, post({})],
    [400, PROJECTS, post({ prompt: "  " })],
    [400, PROJECTS, post({ prompt: "x".repeat(PROJECT_LIMITS.promptChars + 1) })],
    [400, PROJECTS, post({ prompt: "x", kinds: [] })],
    [400, PROJECTS, post({ prompt: "x", kinds: ["ui", "ui"] })],
    [400, PROJECTS, post({ prompt: "x", imageIds: ["x"] })],
    [404, PROJECTS, post({ prompt: "x", imageIds: [NOBODY] })],
    [415, PROJECTS, post("prompt=x", { "content-type": "text/plain" })],
    [413, PROJECTS, post({ prompt: "x".repeat(5_000_000) })],
    [400, PROJECTS, post({ prompt: "x" }, { "idempotency-key": "k".repeat(201) })],
    [400, `${PROJECTS}?cursor=%21`, {}],
    [400, `${PROJECTS}?limit=0`, {}],
    [400, url, { ...post({ lockedPaths: ["../x"] }), method: "PATCH" }],
    [404, url, { ...post({ activeBranch: "nope" }), method: "PATCH" }],
    [400, versions, post({ origin: "magic" })],
    [400, versions, post({ origin: "edit", parentId: "x", files: [] })],
    [400, versions, post({ origin: "restore", versionId: version.id, paths: [] })],
    [404, versions, post({ origin: "restore", versionId: version.id, paths: ["nope.ts"] })],
    [404, versions, post({ origin: "restore", versionId: NOBODY })],
    [404, versions, post({ origin: "edit", parentId: NOBODY, files: [] })],
    [404, versions, post({ origin: "retry", versionId: NOBODY })],
    [404, versions, post({ origin: "prompt", text: "x", fromVersionId: NOBODY })],
    [400, versions, edit("a.ts", "x".repeat(PROJECT_LIMITS.fileBytes + 1))],
    [413, versions, edit("a.ts", "ü".repeat(PROJECT_LIMITS.fileBytes / 2 + 1))],
    [413, versions, post(`{"origin":"edit","x":"${"x".repeat(24 * 1024 * 1024)}"}`)],
    [400, `${url}/messages`, post({ text: "" })],
    [400, own, { ...post({ note: "x".repeat(2_001) }), method: "PATCH" }],
    [404, `${own}/diff/${NOBODY}`, {}],
    [404, `${versions}/${NOBODY}/files`, {}],
    [404, `${versions}/${NOBODY}/zip`, {}],
    [404, `${versions}/${NOBODY}`, { ...post({ starred: true }), method: "PATCH" }],
    [404, `${url}/branches`, post({ name: "b", versionId: NOBODY })],
    [400, `${url}/branches`, post({ name: " ", versionId: version.id })],
    [404, `${url}/queue/${NOBODY}`, { method: "DELETE" }],
    [404, `/api/stream/${NOBODY}`, {}],
    [404, `${PROJECTS}/${NOBODY}/duplicate`, { method: "POST" }],
    [404, `${PROJECTS}/${NOBODY}/restore`, { method: "POST" }],
    [404, `${PROJECTS}/${"x".repeat(3_000)}`, {}],
    [405, url, { method: "PUT" }],
    [415, `${PROJECTS}/import`, post({})],
    [400, `${PROJECTS}/import`, {
      method: "POST",
      body: "PK",
      headers: { "content-type": "application/zip" },
    }],
    [403, PROJECTS, post({ prompt: "x" }, { origin: "https://evil.example" })],
    ...["../x", "/etc/passwd", "a/../../x", "a\\b", "C:/x", "a\0b", "con.ts", ".git/config", "a/ ", "a//b"]
      .map(
        (path): [number, string, RequestInit] => [400, versions, edit(path)],
      ),
  ];
  for (const [status, path, init] of bad) {
    const label = `${init.method ?? "GET"} ${path} ${String(init.body ?? "").slice(0, 100)}`;
    assertEquals([(await refusal(app, path, init))[0], label], [status, label]);
  }
  const page = await app.json<ProjectPage>("GET", url);
  assertEquals([page.versions, page.project.branches[0]?.headId], [[version], version.id]);
  assertEquals((await app.json<ProjectList>("GET", PROJECTS)).projects.length, 1);
});

Deno.test("files that cannot lie beside each other are refused", async () => {
  await using app = await start();
  const { version, url } = await finishedProject(app);
  for (const paths of [["x", "x/y.ts"], ["App.ts"], ["app.ts/b.ts"], ["e\u0301.ts", "\u00c9.ts"]]) {
    const files = paths.map((path) => ({ path, content: "x" }));
    const body = post({ origin: "edit", parentId: version.id, files });
    assertEquals(await refusal(app, `${url}/versions`, body), [400, "invalid_request"], paths.join());
  }
  const replaced = await create(app, url, {
    origin: "edit",
    parentId: version.id,
    files: [{ path: "./App.ts", content: "x" }],
    deleted: ["app.ts"],
  });
  assertEquals(await filesOf(app, replaced), { "App.ts": "x", "index.html": PAGE["index.html"] });
  const both = post({ origin: "restore", versionId: version.id, paths: ["app.ts"] });
  assertEquals(await refusal(app, `${url}/versions`, both), [400, "invalid_request"]);
});

Deno.test("another profile's projects do not exist", async () => {
  await using app = await start();
  const stranger = { ...localPrincipal, profileId: "stranger" };
  const { studio } = app.services;
  const { project, version } = await studio.import(stranger, {
    name: "Private",
    files: [{ path: "a.ts", content: "a" }],
  });
  const own = await finishedProject(app);
  const url = `${PROJECTS}/${project.id}`;
  const cases: [string, string, unknown?][] = [
    ["GET", url],
    ["PATCH", url, { name: "Mine" }],
    ["DELETE", url],
    ["POST", `${url}/restore`],
    ["POST", `${url}/duplicate`],
    ["GET", `${url}/messages`],
    ["POST", `${url}/messages`, { text: "x" }],
    ["GET", `${url}/versions`],
    ["GET", `${url}/versions/${version?.id}`],
    ["GET", `${url}/versions/${version?.id}/files`],
    ["GET", `${url}/versions/${version?.id}/zip`],
    ["GET", `${url}/versions/${version?.id}/diff/${version?.id}`],
    ["POST", `${url}/branches`, { name: "b", versionId: version?.id }],
    ["GET", `/api/stream/${project.id}`],
    ["GET", `/api/runs/${version?.runId}/events`],
    ["GET", `${own.url}/versions/${version?.id}/files`],
    ["GET", `${own.url}/versions/${own.version.id}/diff/${version?.id}`],
    ["POST", `${own.url}/versions`, { origin: "restore", versionId: version?.id }],
  ];
  for (const [method, path, body] of cases) {
    const init = body === undefined ? { method } : { ...post(body), method };
    assertEquals([(await refusal(app, path, init))[0], path], [404, path], method);
  }
  assertEquals((await app.json<ProjectList>("GET", PROJECTS)).projects.length, 1);
});

Deno.test("the same idempotency key makes one project and one version, also when all come at once", async () => {
  await using app = await start();
  const send = async (path: string, body: unknown): Promise<CreatedVersion> => {
    const response = await app.fetch(path, post(body, { "idempotency-key": "k1" }));
    assertEquals(response.status, 202);
    return await response.json();
  };
  const make = () => send(PROJECTS, { prompt: dictated(PAGE) });
  const made = [...await Promise.all([make(), make(), make()]), await make()];
  assertEquals(new Set(made.map(({ version }) => version?.id)).size, 1);
  assert(made[0]);
  await ended(app, made[0]);
  const url = `${PROJECTS}/${made[0].project.id}`;
  const more = () => send(`${url}/messages`, { text: dictated({ "b.ts": "b\n" }) });
  const versions = [...await Promise.all([more(), more(), more()]), await more()];
  assertEquals(new Set(versions.map(({ version }) => version?.id)).size, 1);
  assert(versions[0]);
  await ended(app, versions[0]);
  assertEquals((await app.json<ProjectList>("GET", PROJECTS)).projects.length, 1);
  assertEquals((await app.json<ProjectPage>("GET", url)).versions.length, 2);
});

/** The studio's operations, with ids where their paths have parameters. */
function studioOperations(): { path: string; pattern: string; method: string }[] {
  return Object.values(operations).flatMap(({ path, method, ...operation }) => {
    if (!("feature" in operation) || operation.feature !== "studio") return [];
    return [{ pattern: path, path: path.replaceAll(/\{\w+\}/g, NOBODY), method }];
  });
}

Deno.test("a studio that is switched off is not there, and a key needs its scope", async () => {
  assert(studioOperations().length >= 20);
  const features = {
    gateway: true,
    attachments: true,
    tools: true,
    sketch: true,
    discovery: true,
    models: true,
    dashboard: true,
    system: true,
  };
  {
    await using app = await startApp({ features: { ...features, studio: false } }, { validate });
    for (const { path, method } of studioOperations()) {
      assertEquals(await refusal(app, path, { method }), [404, "not_found"], path);
    }
  }
  await using app = await start();
  const key = async (scopes: string[]) => {
    const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", { name: "k", scopes }, 201);
    return { "x-api-key": secret };
  };
  const [reader, maker] = [await key(["chat", "models"]), await key(["studio"])];
  for (const { path, method } of studioOperations()) {
    assertEquals(await refusal(app, path, { method, headers: reader }), [403, "forbidden"], path);
  }
  const response = await app.fetch(PROJECTS, post({ prompt: dictated(PAGE) }, maker));
  assertEquals(response.status, 202);
  assertEquals((await ended(app, await response.json())).status, "complete");
  assertEquals(await refusal(app, "/api/chat/sessions", { headers: maker }), [403, "forbidden"]);
});

Deno.test("every operation of the studio is in the OpenAPI document and has a route", async () => {
  await using app = await start();
  const { paths } = await app.json<{ paths: Record<string, Record<string, { summary?: string }>> }>(
    "GET",
    "/api/openapi.json",
  );
  for (const { pattern, path, method } of studioOperations()) {
    assert(paths[pattern]?.[method.toLowerCase()]?.summary, `${method} ${pattern}`);
    const response = await app.fetch(path, { method });
    const text = await response.text();
    assert(response.status !== 405 && !text.includes("There is nothing at"), `${method} ${path}: ${text}`);
  }
});
