import { assert, assertEquals } from "@std/assert";
import type { CreatedVersion, Version, VersionFiles } from "../../lib/shared/mod.ts";
import { startApp, type TestApp } from "../harness.ts";

/** What the built-in model is asked for, with follow-ups; every version has to pass the checks of the sandbox. */
const PROJECTS: { prompt: string; kinds: string[]; files: string[]; next: string[] }[] = [
  {
    prompt: "A REST API for notes with title, body and a status (open, done)",
    kinds: ["api"],
    files: ["main.ts", "deno.json"],
    next: [
      "add authentication",
      "add a priority field to notes",
      "add rate limiting and an OpenAPI document",
    ],
  },
  {
    prompt: "An API for books with title, author and year, with pagination, search, authentication and tests",
    kinds: ["api"],
    files: ["main.ts"],
    next: ["remove the year field"],
  },
  { prompt: "A chat application with rooms", kinds: ["ui"], files: ["index.html"], next: ["make it light"] },
  {
    prompt: "A crypto dashboard with a watchlist",
    kinds: ["ui"],
    files: ["index.html"],
    next: ["make it dark"],
  },
  { prompt: "An appointment system with a calendar", kinds: ["ui"], files: ["index.html"], next: [] },
  { prompt: "A landing page for a bakery", kinds: ["ui"], files: ["index.html"], next: [] },
  {
    prompt: "A REST API and a page for tasks with title and due date",
    kinds: ["ui", "api"],
    files: ["main.ts", "public/index.html"],
    next: ["add a notes field"],
  },
];

Deno.test("what Sketch writes passes the checks, and follow-ups change only what they must", async () => {
  await using app = await startApp();
  // Two at a time, as the sandbox checks two at a time.
  for (let i = 0; i < PROJECTS.length; i += 2) {
    await Promise.all(PROJECTS.slice(i, i + 2).map((project) => build(app, project)));
  }
});

async function build(app: TestApp, { prompt, kinds, files, next }: typeof PROJECTS[number]): Promise<void> {
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
