import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { CreatedVersion, ProcessResponse, ProjectProcess, SavedRequest } from "../../lib/shared/mod.ts";
import { zipProject } from "../../lib/studio/archive/mod.ts";
import { startApp, type TestApp } from "../harness.ts";
import { unchecked } from "../studio/unchecked.ts";

const API = {
  "main.ts": [
    'import { Hono } from "hono";',
    "const app = new Hono();",
    'console.log("begun");',
    'app.get("/", (c) => c.json({ ok: true }));',
    'app.post("/echo/:id", async (c) => c.text(`${c.req.param("id")} ${await c.req.text()}`, 201));',
    "export default app;",
    "",
  ].join("\n"),
  "deno.json": '{ "imports": { "hono": "npm:hono@^4" } }\n',
};
const PAGE = {
  "index.html": '<!doctype html><title>Page</title><script type="module" src="./app.ts"></script>\n',
  "app.ts": "const answer: number = 42;\ndocument.title = String(answer);\n",
};

Deno.test("a version of an API runs, tells its routes, answers requests, and is stopped", async () => {
  await using app = await startApp({}, { validate: unchecked });
  const { base, versionId } = await imported(app, API);
  const started = await app.json<ProjectProcess>("POST", `${base}/processes`, { versionId }, 201);
  assertEquals([started.state, started.versionId], ["running", versionId]);
  const at = `${base}/processes/${started.id}`;
  const { routes } = await app.json<{ routes: unknown[] }>("GET", `${at}/routes`);
  assertEquals(routes, [{ method: "GET", path: "/" }, { method: "POST", path: "/echo/:id" }]);
  const ask = (request: Record<string, unknown>) =>
    app.json<ProcessResponse>("POST", `${at}/requests`, { headers: {}, body: "", ...request });
  const hello = await ask({ method: "GET", path: "/" });
  assertEquals([hello.status, hello.body, hello.headers["content-type"]], [
    200,
    '{"ok":true}',
    "application/json",
  ]);
  const echo = await ask({ method: "POST", path: "/echo/7?a=b", body: "ünï" });
  assertEquals([echo.status, echo.body, echo.isBase64], [201, "7 ünï", false]);
  assertEquals((await ask({ method: "DELETE", path: "/nope" })).status, 404);

  const logs = await app.fetch(`${at}/logs`);
  assertEquals(logs.headers.get("content-type"), "text/event-stream; charset=utf-8");
  const text = readUntil(logs, "event: exit");
  await app.json("DELETE", at, undefined, 204);
  assertStringIncludes(await text, "begun");
  assertEquals(await app.json("GET", `${base}/processes`), []);
  await app.json("GET", `${at}/routes`, undefined, 404);
});

Deno.test("what cannot be started says why", async () => {
  await using app = await startApp({}, { validate: unchecked });
  const { base, versionId } = await imported(app, { ...API, "main.ts": 'throw new Error("no luck");\n' });
  const { id, state } = await app.json<ProjectProcess>("POST", `${base}/processes`, { versionId }, 201);
  assertEquals(state, "exited");
  assertStringIncludes(
    await readUntil(await app.fetch(`${base}/processes/${id}/logs`), "event: exit"),
    "no luck",
  );
  const outside = {
    ...API,
    "main.ts": 'import x from "/etc/passwd" with { type: "text" };\nexport default x;\n',
  };
  const escaping = await imported(app, outside);
  await app.json("POST", `${escaping.base}/processes`, { versionId: escaping.versionId }, 400);
});

Deno.test("a request leads to the process and nowhere else", async () => {
  await using app = await startApp({}, { validate: unchecked });
  const { base, versionId } = await imported(app, API);
  const { id } = await app.json<ProjectProcess>("POST", `${base}/processes`, { versionId }, 201);
  const at = `${base}/processes/${id}/requests`;
  const request = { method: "GET", path: "//example.org/", headers: {}, body: "" };
  await app.json("POST", at, request, 400);
  await app.json("POST", at, { ...request, path: "relative" }, 400);
  await app.json("POST", at, { ...request, path: "/", method: "CONNECT" }, 400);
  await app.json("POST", at, { ...request, path: "/", headers: { "b ad": "x" } }, 400);
});

Deno.test("requests are kept with their project", async () => {
  await using app = await startApp({}, { validate: unchecked });
  const { base } = await imported(app, API);
  const saved: SavedRequest[] = [{ id: "1", name: "hello", method: "GET", path: "/", headers: {}, body: "" }];
  assertEquals(await app.json("GET", `${base}/requests`), []);
  await app.json("PUT", `${base}/requests`, saved);
  assertEquals(await app.json("GET", `${base}/requests`), saved);
  await app.json("PUT", `${base}/requests`, [{ ...saved[0], path: "no slash" }], 400);
});

Deno.test("a preview is served by its signed address, sandboxed, on the other name of this machine", async () => {
  await using app = await startApp({ token: "a-long-secret-of-tests" }, { validate: unchecked });
  const authorized = { authorization: "Bearer a-long-secret-of-tests" };
  const { base, versionId } = await imported(app, PAGE, authorized);
  const address = await app.fetch(`${base}/versions/${versionId}/preview`, { headers: authorized });
  const { url } = await address.json() as { url: string };
  assertMatch(url, /^http:\/\/localhost:13000\/preview\/[\w.-]+\/$/);
  const page = await app.fetch(url);
  assertEquals(page.status, 200);
  assertMatch(
    page.headers.get("content-security-policy") ?? "",
    /^sandbox allow-scripts allow-forms allow-downloads;/,
  );
  assertEquals(page.headers.get("cross-origin-opener-policy"), "unsafe-none");
  assertStringIncludes(await page.text(), "<title>Page</title>");
  const script = await app.fetch(`${url}app.ts`);
  assertStringIncludes(script.headers.get("content-type") ?? "", "javascript");
  assert(!(await script.text()).includes(": number"));
  assertEquals((await app.fetch(`${url}..%2f..%2fdeno.json`)).status, 404);
  // The last character of a signature has bits that count for nothing, the first one has none.
  const forged = url.replace(/\.(\w|-)/, (_, first) => first === "A" ? ".B" : ".A");
  assertEquals((await app.fetch(forged)).status, 404);
  assertEquals((await app.fetch(url, { method: "POST", headers: { origin: "null" } })).status, 404);
  const foreign = new Request(url.replace("localhost", "example.org"));
  assertEquals((await app.handler(foreign)).status, 403);
  await (await app.fetch(base, { method: "DELETE", headers: authorized })).body?.cancel();
  assertEquals((await app.fetch(url)).status, 404);
});

Deno.test("a page's requests reach its own API, which is started for it once", async () => {
  await using app = await startApp({}, { validate: unchecked });
  const { base, versionId } = await imported(app, { ...API, "public/index.html": "<h1>Both</h1>" });
  const { url } = await app.json<{ url: string }>("GET", `${base}/versions/${versionId}/preview`);
  const post = () =>
    app.fetch(`${url}echo/1?a=b`, { method: "POST", body: "x", headers: { origin: "null" } });
  const first = await Promise.all([post(), post()]);
  assertEquals(await Promise.all(first.map((echo) => echo.text())), ["1 x", "1 x"]);
  const [{ id = "" } = {}, ...others] = await app.json<Partial<ProjectProcess>[]>("GET", `${base}/processes`);
  assertEquals(others, []);
  assertStringIncludes(await (await app.fetch(url)).text(), "<h1>Both</h1>");
  const echo = await post();
  assertEquals([echo.status, await echo.text()], [201, "1 x"]);
  assertMatch(echo.headers.get("content-security-policy") ?? "", /^sandbox/);
  const elsewhere = await app.fetch(`${url}/example.org/x`);
  assertEquals([elsewhere.status, await elsewhere.text()], [404, "404 Not Found"]);
  await app.json("DELETE", `${base}/processes/${id}`, undefined, 204);
});

/** A project out of files; a request of a page where there is a token. */
async function imported(
  app: TestApp,
  files: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ base: string; versionId: string }> {
  const body = zipProject(Object.entries(files).map(([path, content]) => ({ path, content })), {
    modifiedAt: 0,
  });
  const response = await app.fetch("/api/projects/import?name=Imported", {
    method: "POST",
    body,
    headers: { "content-type": "application/zip", ...headers },
  });
  assertEquals(response.status, 202);
  const { project, version } = await response.json() as CreatedVersion;
  const base = `/api/projects/${project.id}`;
  const stream = await app.fetch(`/api/runs/${version?.runId}/events`, { headers });
  await stream.body?.pipeTo(new WritableStream());
  return { base, versionId: version?.id ?? "" };
}

async function readUntil(response: Response, mark: string): Promise<string> {
  let text = "";
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    if (text.includes(mark)) break;
  }
  return text;
}
