import { assert, assertEquals } from "@std/assert";
import type { CreatedVersion, ProjectPage, Version, VersionFiles } from "../../lib/shared/mod.ts";
import { sha256Hex } from "../../lib/store/mod.ts";
import { seededRandom } from "../random.ts";
import { type ServerProcess, startServer } from "../server_process.ts";
import { dictated } from "../studio/dictated_prompt.ts";
import { ProjectStream } from "../studio/project_stream.ts";

const ROUNDS = 3;
const PROJECTS_PER_ROUND = 2;
const SEED = 20261121;
const PACE_MS = 4;
const KILLED_WITHIN_MS = 1_300;
const WAIT_MS = 15_000;

const FILES = Object.fromEntries(
  Array.from({ length: 8 }, (_, i) => [
    `src/part${i}.ts`,
    Array.from({ length: 6 }, (_, line) => `export const value${i}_${line} = ${line};\n`).join(""),
  ]),
);
const NEXT = { "next.ts": "export const next = true;\n" };

/** A version as a client saw it being made. */
interface Witness {
  prompt: string;
  projectId: string;
  versionId: string;
  /** Whether a prompt waits behind it. */
  isFollowed: boolean;
  /** Hashes of the files that the client was told are stored, by path. */
  stored: Map<string, string>;
}

Deno.test("SIGKILL at random moments of 6 versions loses no prompt and no file that was said to be stored", async () => {
  const folder = await Deno.makeTempDir();
  const random = seededRandom(SEED);
  const witnesses: Witness[] = [];
  let server: ServerProcess | undefined;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      server = await startServer(folder);
      const { url } = server;
      const mine = await Promise.all(
        Array.from({ length: PROJECTS_PER_ROUND }, (_, i) => begin(url, round, i === 0)),
      );
      witnesses.push(...mine);
      const watching = mine.map((witness) => watch(url, witness));
      await new Promise((resolve) => setTimeout(resolve, random() * KILLED_WITHIN_MS));
      await server.kill();
      server = undefined;
      await Promise.all(watching);
    }
    server = await startServer(folder);
    const { url } = server;
    const versions = await Promise.all(witnesses.map((witness) => check(url, witness)));
    const cut = versions.filter(({ status }) => status === "interrupted");
    assert(cut.length >= ROUNDS, `only ${cut.length} versions were interrupted`);
    assert(witnesses.some(({ stored }) => stored.size > 0), "no file was stored before a server was killed");
    await Promise.all(
      witnesses.filter(({ isFollowed }) => isFollowed).map((witness) => checkNext(url, witness)),
    );
    assert(cut[0]);
    await retry(url, cut[0]);
  } finally {
    await server?.kill();
    await Deno.remove(folder, { recursive: true });
  }
});

async function begin(url: string, round: number, isFollowed: boolean): Promise<Witness> {
  const prompt = `${dictated(FILES, PACE_MS)} round ${round}`;
  const { project, version } = await call<CreatedVersion>(url, "POST", "/api/projects", { prompt });
  assert(version);
  if (isFollowed) {
    const text = dictated(NEXT);
    await call(url, "POST", `/api/projects/${project.id}/messages`, { text, queue: true });
  }
  return { prompt, projectId: project.id, versionId: version.id, isFollowed, stored: new Map() };
}

/** Follows the stream until the server is gone. */
async function watch(url: string, { projectId, stored }: Witness): Promise<void> {
  try {
    await using stream = await ProjectStream.open((path, init) => fetch(url + path, init), projectId);
    for (let sent = await stream.next(); sent; sent = await stream.next()) {
      const { event } = sent;
      if (event.type === "end") return;
      if (event.type === "file:complete" && event.file) stored.set(event.filePath, event.file.sha256);
    }
  } catch (error) {
    assert(error instanceof TypeError, String(error));
  }
}

/** The prompt is there, the version has ended, and every file that was said to be stored is there, byte for byte. */
async function check(url: string, { projectId, versionId, prompt, stored }: Witness): Promise<Version> {
  const path = `/api/projects/${projectId}/versions/${versionId}/files`;
  const { version, files } = await call<VersionFiles>(url, "GET", path);
  assertEquals(version.prompt, prompt);
  assert(["interrupted", "complete"].includes(version.status), `status ${version.status}`);
  const hashes = new Map<string, string>();
  for (const { path, content, sha256 } of files) {
    assertEquals(await sha256Hex(new TextEncoder().encode(content)), sha256);
    assertEquals(content, FILES[path]);
    hashes.set(path, sha256);
  }
  for (const [path, sha256] of stored) assertEquals([path, hashes.get(path)], [path, sha256]);
  return version;
}

/** The prompt that waited behind a version is made all the same, once. */
async function checkNext(url: string, { projectId, versionId }: Witness): Promise<void> {
  const { versions, project } = await idle(url, projectId);
  assertEquals(project.branches.map(({ queue, generatingId }) => [queue, generatingId]), [[[], undefined]]);
  const [next, first] = versions;
  assertEquals([versions.length, first?.id, next?.prompt], [2, versionId, dictated(NEXT)]);
  // One that was cut itself is as good as any other that was.
  if (next?.status === "interrupted") return;
  const { files } = await call<VersionFiles>(
    url,
    "GET",
    `/api/projects/${projectId}/versions/${next?.id}/files`,
  );
  assertEquals([next?.status, files.find(({ path }) => path === "next.ts")?.content], [
    "complete",
    NEXT["next.ts"],
  ]);
}

async function retry(url: string, { projectId, id }: Version): Promise<void> {
  await idle(url, projectId);
  const body = { origin: "retry", versionId: id };
  const { version } = await call<CreatedVersion>(url, "POST", `/api/projects/${projectId}/versions`, body);
  await idle(url, projectId);
  const path = `/api/projects/${projectId}/versions/${version?.id}/files`;
  const again = await call<VersionFiles>(url, "GET", path);
  assertEquals([again.version.status, again.version.origin], ["complete", "retry"]);
  assertEquals(Object.fromEntries(again.files.map(({ path, content }) => [path, content])), FILES);
}

/** The project as soon as nothing is being made and nothing waits any more. */
async function idle(url: string, projectId: string): Promise<ProjectPage> {
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const page = await call<ProjectPage>(url, "GET", `/api/projects/${projectId}`);
    if (page.project.branches.every(({ generatingId, queue }) => !generatingId && queue.length === 0)) {
      return page;
    }
    assert(Date.now() < until, `a version of ${projectId} does not end`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function call<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "content-type": "application/json" };
  }
  const response = await fetch(url + path, init);
  const text = await response.text();
  assert(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
