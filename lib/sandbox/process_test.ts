import { assert, assertEquals, assertGreater, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { FreshetError } from "../shared/mod.ts";
import { allLines, apiProject, ask, createTestSandbox } from "./testing.ts";

const { sandbox, directory, close } = await createTestSandbox({ processes: 2 });
Deno.test.afterAll(close);

async function jobs(): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(directory)) {
    for await (const job of Deno.readDir(join(directory, name, "jobs"))) found.push(job.name);
  }
  return found;
}

function isAlive(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof TypeError) return false;
    throw error;
  }
}

const PID = `app.get("/pid", (c) => c.text(String(Deno.pid)));`;

Deno.test("starts, answers, logs and stops with nothing left", async () => {
  const process = await sandbox.start(apiProject(`${PID}
app.post("/echo/:id", async (c) => {
  console.log("first\\n\\u001b[31msecond\\u001b[0m");
  console.error("third");
  return c.json({ id: c.req.param("id"), q: c.req.query("q"), body: await c.req.text(), a: c.req.header("x-a") }, 201, { "x-b": "2" });
});`));
  assertEquals(process.state, "running");
  const pids = [process.pid ?? 0, Number(await ask(process, "/pid"))];
  assertEquals(pids.map(isAlive), [true, true]);
  const request = new Request("http://any.test/echo/7?q=ä", {
    method: "POST",
    body: "text",
    headers: { "x-a": "1" },
  });
  const response = await process.fetch(request);
  assertEquals([response.status, response.headers.get("x-b")], [201, "2"]);
  assertEquals(await response.json(), { id: "7", q: "ä", body: "text", a: "1" });
  const seen: string[] = [];
  for await (const lines of process.logs(0, new AbortController().signal)) {
    seen.push(...lines.map(({ stream, text }) => `${stream} ${text}`));
    if (seen.length >= 4) break;
  }
  assertEquals(seen.sort().slice(1), ["stderr third", "stdout first", "stdout second"]);
  await process.stop();
  assertEquals(pids.map(isAlive), [false, false]);
  assertEquals([process.state, (await process.exited).reason], ["exited", "stopped"]);
  assertEquals(await jobs(), []);
  await assertRejects(() => ask(process), FreshetError, "not running");
});

Deno.test("logs go on after a line and end with the process", async () => {
  const process = await sandbox.start(
    apiProject(`app.get("/:n", (c) => { console.log(c.req.param("n")); return c.text(""); });`),
  );
  for (const n of [1, 2, 3]) await ask(process, `/${n}`);
  await process.stop();
  const all = await allLines(process);
  assertEquals(all.map(({ seq }) => seq), all.map((_, i) => i + 1));
  const rest: string[] = [];
  for await (const lines of process.logs(2, new AbortController().signal)) {
    rest.push(...lines.map(({ text }) => text));
  }
  assertEquals(rest, ["2", "3"]);
});

Deno.test("does not follow redirects, nor hand over Freshet's cookie", async () => {
  const process = await sandbox.start(apiProject(
    `app.get("/r", (c) => c.redirect("http://127.0.0.1:1/")); app.get("/c", (c) => c.text(c.req.header("cookie") ?? ""));`,
  ));
  try {
    const response = await process.fetch(new Request("http://any.test/r"));
    assertEquals([response.status, response.headers.get("location")], [302, "http://127.0.0.1:1/"]);
    await response.body?.cancel();
    assertEquals(
      await ask(process, "/c", { headers: { cookie: "freshet_session=s; freshet_0a1b2c3d_session=s; a=1" } }),
      "a=1",
    );
  } finally {
    await process.stop();
  }
});

Deno.test("serves files of its own", async () => {
  const files = apiProject(
    `app.use("/*", serveStatic({ root: import.meta.dirname + "/public" }));`,
    { path: "public/a.txt", content: "static" },
  );
  const main = files[0];
  if (main) main.content = `import { serveStatic } from "hono/deno";\n${main.content}`;
  const process = await sandbox.start(files);
  try {
    assertEquals(await ask(process, "/a.txt"), "static");
    assertEquals((await ask(process, "/%2e%2e/%2e%2e/run.json")).includes("imports"), false);
  } finally {
    await process.stop();
  }
});

Deno.test("tells why a process did not start", async () => {
  const process = await sandbox.start(apiProject(`console.log("before"); throw new Error("no luck");`));
  assertEquals([process.state, (await process.exited).reason], ["exited", "it ended with code 1"]);
  assertStringIncludes((await allLines(process)).map(({ text }) => text).join("\n"), "no luck");
  assertEquals(await jobs(), []);
});

Deno.test("refuses more processes than allowed, until one has ended", async () => {
  const both = await Promise.all([sandbox.start(apiProject()), sandbox.start(apiProject())]);
  await assertRejects(() => sandbox.start(apiProject()), FreshetError, "2 are running already");
  await both[0].stop();
  const third = await sandbox.start(apiProject());
  await Promise.all([both[1].stop(), third.stop()]);
});

Deno.test("an abort while it starts leaves nothing", async () => {
  const abort = new AbortController();
  const starting = sandbox.start(apiProject("await new Promise(() => setInterval(() => {}, 1000));"), {
    signal: abort.signal,
  });
  abort.abort();
  const ended = await starting.then((process) => process.exited, (error) => error);
  assert(ended.reason === "stopped" || ended === abort.signal.reason, String(ended));
  assertEquals(await jobs(), []);
});

Deno.test("a process that ignores SIGTERM is ended all the same", async () => {
  const { sandbox, close } = await createTestSandbox({ graceMs: 50 });
  try {
    const process = await sandbox.start(apiProject(`${PID}\nDeno.addSignalListener("SIGTERM", () => {});`));
    const pid = Number(await ask(process, "/pid"));
    await process.stop();
    assertEquals(isAlive(pid), false);
  } finally {
    await close();
  }
});

Deno.test("an idle process is stopped", async () => {
  const { sandbox, close } = await createTestSandbox({ idleMs: 1 });
  try {
    assertStringIncludes((await (await sandbox.start(apiProject())).exited).reason, "nobody used it");
  } finally {
    await close();
  }
});

Deno.test("no process outlives a server that is killed, and the next start removes its directory", async () => {
  const root = await Deno.makeTempDir({ prefix: "freshet-sandbox-" });
  const script = `const { LocalSandbox } = await import(${JSON.stringify(import.meta.resolve("./mod.ts"))});
const process = await new LocalSandbox({ directory: Deno.args[0] }).start(${JSON.stringify(apiProject(PID))});
console.log(await (await process.fetch(new Request("http://any.test/pid"))).text());`;
  const server = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", new URL("../../deno.json", import.meta.url).pathname, script, root],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const { value } = await server.stdout.pipeThrough(new TextDecoderStream()).values({ preventCancel: false })
    .next();
  const pid = Number(value);
  assertGreater(pid, 0);
  server.kill("SIGKILL");
  await server.status;
  // Nobody tells when a process of somebody else has gone, so look until it has.
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals([...Deno.readDirSync(root)].length, 1);
  const { LocalSandbox } = await import("./mod.ts");
  await new LocalSandbox({ directory: root }).sweep();
  assertEquals([...Deno.readDirSync(root)].length, 0);
  await Deno.remove(root);
});

Deno.test("lists the routes of a process and of files, without middlewares", async () => {
  const main = `app.use("*", async (_c, next) => { await next(); });
app.get("/todos/:id", async (_c, next) => { await next(); }, (c) => c.text(""));
app.all("/any", (c) => c.text(""));
app.route("/api", new Hono().post("/x", (c) => c.text("")));
console.log("noise");`;
  const expected = {
    routes: [
      { method: "GET", path: "/todos/:id" },
      { method: "ALL", path: "/any" },
      { method: "POST", path: "/api/x" },
    ],
  };
  assertEquals(await sandbox.listRoutes(apiProject(main)), expected);
  const process = await sandbox.start(apiProject(main));
  assertEquals(await sandbox.listRoutes(process), expected);
  await process.stop();
  const { routes, reason } = await sandbox.listRoutes([{ path: "main.ts", content: "export default {};" }]);
  assertEquals(routes, []);
  assertStringIncludes(reason ?? "", "Cannot tell the routes");
  assertEquals(await jobs(), []);
});
