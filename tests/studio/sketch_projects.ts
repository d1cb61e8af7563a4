import { assert, assertEquals } from "@std/assert";
import type { CreatedVersion, Version, VersionFiles } from "../../lib/shared/mod.ts";
import { startApp, type TestApp } from "../harness.ts";

/** What the built-in model is asked for, with follow-ups. */
export interface SketchProject {
  prompt: string;
  kinds: string[];
  files: string[];
  next: string[];
}

/** Makes projects, two at a time as the sandbox checks two at a time; every version has to pass its checks. */
export async function buildAll(projects: readonly SketchProject[]): Promise<void> {
  await using app = await startApp();
  for (let i = 0; i < projects.length; i += 2) {
    await Promise.all(projects.slice(i, i + 2).map((project) => build(app, project)));
  }
}

async function build(app: TestApp, { prompt, kinds, files, next }: SketchProject): Promise<void> {
  const { project, version } = await app.json<CreatedVersion>("POST", "/api/projects", {
    prompt: `/pace 0 ${prompt}`,
  });
  assertEquals(project.kinds, kinds, prompt);
  assert(version);
  const base = `/api/projects/${project.id}`;
  let last = await passed(app, base, version, prompt);
  for (const path of files) assert(path in last, `${prompt}: there is no ${path}`);
  for (const text of next) {
    const body = { origin: "prompt", text: `/pace 0 ${text}` };
    const { version } = await app.json<CreatedVersion>("POST", `${base}/versions`, body);
    assert(version);
    const files = await passed(app, base, version, `${prompt}: ${text}`);
    const changed = new Set(
      [...Object.keys(last), ...Object.keys(files)].filter((path) => last[path] !== files[path]),
    );
    assert(changed.size > 0, `${text}: nothing changed`);
    const untouched = Object.keys(last).filter((path) => !changed.has(path));
    assert(untouched.length > 0, `${text}: everything was written anew`);
    last = files;
  }
}

/** The files of a version once it is made and has passed all checks. */
async function passed(
  app: TestApp,
  base: string,
  { id, runId }: Version,
  what: string,
): Promise<Record<string, string>> {
  await (await app.fetch(`/api/runs/${runId}/events`)).body?.pipeTo(new WritableStream());
  const { version, files } = await app.json<VersionFiles>("GET", `${base}/versions/${id}/files`);
  assertEquals(version.status, "complete", what);
  const found = version.validation?.results.flatMap(({ problems }) => problems) ?? [];
  assertEquals([version.validation?.outcome, found], ["passed", []], what);
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}
