import { assert, assertEquals, assertFalse, assertRejects, assertStringIncludes } from "@std/assert";
import { createLog, type LogEntry } from "../../host/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { type CheckName, type CheckResult, FreshetError, type ProjectFile } from "../../shared/mod.ts";
import { allLines, apiProject, ask } from "../testing.ts";
import { E2bSandbox } from "./e2b_sandbox.ts";
import { Machine } from "./machine.ts";
import type { E2bSandboxOptions } from "./options.ts";
import { FAKE_KEY, type FakeCommand, FakeE2b, type RunCommand } from "./testing.ts";

const API: { kinds: ["api"] } = { kinds: ["api"] };

/** A sandbox over a fake, with all that was logged. */
function createRig(run: RunCommand = answers({}), options: Partial<E2bSandboxOptions> = {}) {
  const fake = new FakeE2b(run);
  const entries: LogEntry[] = [];
  const log = createLog((entry) => entries.push(entry), "debug");
  const sandbox = new E2bSandbox({
    apiKey: FAKE_KEY,
    apiUrl: fake.url,
    sandboxUrl: fake.url,
    log,
    ...options,
  });
  return {
    fake,
    sandbox,
    logged: () => JSON.stringify(entries),
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await fake[Symbol.asyncDispose]();
      assertFalse(JSON.stringify(entries).includes(FAKE_KEY), "The key is in the log");
    },
  };
}

/** Answers each subcommand of deno by a script; the set-up succeeds. */
function answers(
  scripts: Record<string, (command: FakeCommand) => number | string | Promise<number | string>>,
): RunCommand {
  return async (command) => {
    if (command.line.startsWith("set -eu")) return await scripts["set-up"]?.(command) ?? 0;
    const [, subcommand = ""] = /\/deno (\w+) --config/.exec(command.line) ?? [];
    if (subcommand === "info" && !scripts["info"]) {
      command.stdout(graphOf(command));
      return 0;
    }
    return await scripts[subcommand]?.(command) ?? 0;
  };
}

/** What `deno info --json` says of a project that imports nothing but hono. */
function graphOf({ cwd }: FakeCommand, specifier?: string): string {
  const dependencies = specifier ? [{ specifier, code: { specifier } }] : [];
  return JSON.stringify({
    modules: [{ specifier: `file://${cwd}/entry.ts` }, {
      specifier: `file://${cwd}/project/main.ts`,
      dependencies,
    }],
  });
}

/** A command that goes on until it is killed. */
function hangs({ killed }: FakeCommand): Promise<number> {
  return new Promise((resolve) => killed.addEventListener("abort", () => resolve(0), { once: true }));
}

/** `deno serve` that listens and answers until it is killed. */
function serves(command: FakeCommand): Promise<number> {
  const port = Number(/--port (\d+)/.exec(command.line)?.[1]);
  command.machine.ports.set(port, async (request) => {
    const { pathname, search } = new URL(request.url);
    return Response.json({ path: pathname + search, method: request.method, body: await request.text() });
  });
  command.stdout("ready to\n");
  command.stderr(`deno serve: Listening on http://0.0.0.0:${port}/\n`);
  return hangs(command);
}

async function results(
  sandbox: E2bSandbox,
  files: ProjectFile[],
  checks?: CheckName[],
  signal?: AbortSignal,
): Promise<CheckResult[]> {
  const found: CheckResult[] = [];
  const options = { ...API, ...(checks ? { checks } : {}), ...(signal ? { signal } : {}) };
  for await (const result of sandbox.check(files, options)) found.push(result);
  return found;
}

Deno.test("is ready where E2B takes the key, and asks it once", async () => {
  await using rig = createRig();
  assertEquals(rig.fake.calls, []);
  assertEquals(await rig.sandbox.availability(), { type: "ready" });
  assertEquals(await rig.sandbox.availability(), { type: "ready" });
  assertEquals(rig.fake.calls, ["list"]);
});

Deno.test("is missing where the key is refused, and asks again later", async () => {
  const clock = new FakeClock();
  const wrongKey = "e2b_wrong";
  await using rig = createRig(undefined, { clock, apiKey: wrongKey });
  const missing = await rig.sandbox.availability();
  assert(missing.type === "missing");
  assertStringIncludes(missing.reason, "E2B refuses the API key");
  assertFalse(rig.logged().includes(wrongKey));
  await assertRejects(() => results(rig.sandbox, apiProject()), FreshetError, "E2B refuses the API key");
  assertEquals(rig.fake.calls, ["list"]);
  await clock.advance(10_000);
  await rig.sandbox.availability();
  assertEquals(rig.fake.calls, ["list", "list"]);
});

Deno.test("is missing where E2B fails, hangs or cannot be reached", async () => {
  await using rig = createRig(undefined, { requestMs: 50 });
  const reasonWith = async (options: Partial<E2bSandboxOptions>) => {
    const sandbox = new E2bSandbox({ apiKey: FAKE_KEY, apiUrl: rig.fake.url, requestMs: 50, ...options });
    const found = await sandbox.availability();
    return found.type === "missing" ? found.reason : found.type;
  };
  rig.fake.failures.set("list", { status: 503 });
  assertStringIncludes(await reasonWith({}), "E2B is busy");
  rig.fake.failures.set("list", { status: 500, message: `no ${FAKE_KEY}` });
  assertEquals(await reasonWith({}), "E2B cannot do it: 500: no …");
  rig.fake.failures.set("list", "hang");
  assertEquals(await reasonWith({}), "E2B did not answer in time");
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  closed.close();
  const apiUrl = `http://127.0.0.1:${closed.addr.port}`;
  assertStringIncludes(await reasonWith({ apiUrl, requestMs: 5_000 }), "E2B cannot be reached");
});

Deno.test("starts no machine for what can be told without one", async () => {
  await using rig = createRig();
  const page = [{ path: "index.html", content: "<p>hi" }, { path: "a.css", content: "p { color: red" }];
  const found: CheckResult[] = [];
  for await (const result of rig.sandbox.check(page, { kinds: ["ui"] })) found.push(result);
  assertEquals(found.filter(({ outcome }) => outcome === "failed").map(({ check }) => check), ["parse"]);
  const outside = await results(rig.sandbox, [{ path: "../main.ts", content: "" }]);
  assertEquals(outside[0]?.outcome, "failed");
  assertEquals(rig.fake.calls, ["list"]);
});

Deno.test("checks on one machine that reaches npm only, and ends it", async () => {
  await using rig = createRig(answers({
    lint: ({ stdout }) => (stdout(`{"diagnostics":[],"errors":[]}`), 0),
    test: ({ stdout }) => (stdout("ok\n"), 0),
    serve: serves,
  }));
  const project = apiProject(undefined, { path: "a_test.ts", content: `Deno.test("a", () => {});\n` });
  const found = await results(rig.sandbox, project);
  assertEquals(found.map(({ check, outcome }) => `${check} ${outcome}`).sort(), [
    "imports passed",
    "lint passed",
    "parse passed",
    "paths passed",
    "start passed",
    "tests passed",
    "types passed",
  ]);
  const { fake } = rig;
  assertEquals([fake.started.length, fake.machines.size, fake.started[0]?.running], [1, 0, 0]);
  const created = fake.requests.find(({ call }) => call === "create")?.body as Record<string, unknown>;
  assertEquals(created["network"], {
    allowOut: ["registry.npmjs.org"],
    denyOut: ["0.0.0.0/0"],
    allowPublicTraffic: false,
  });
  assertEquals([created["templateID"], created["timeout"]], ["base", 300]);
  const paths = [...fake.started[0]?.files.keys() ?? []].map((path) => path.replace(/^.*\/jobs\/\w+\//, ""));
  assert(["project/main.ts", "project/a_test.ts", "entry.ts"].every((path) => paths.includes(path)));
});

Deno.test("ends a check that takes too long", async () => {
  await using rig = createRig(answers({ test: hangs }), { limits: { checkMs: 50 } });
  const project = apiProject(undefined, { path: "a_test.ts", content: "" });
  const [result] = await results(rig.sandbox, project, ["tests"]);
  assertEquals(result?.problems, [{ message: "The tests did not end within 0.05 s" }]);
  assertEquals(rig.fake.machines.size, 0);
});

Deno.test("ends a check that writes too much", async () => {
  await using rig = createRig(answers({
    test: (command) => {
      for (let i = 0; i < 63; i++) command.stdout("x".repeat(64_000));
      return hangs(command);
    },
  }));
  const project = apiProject(undefined, { path: "a_test.ts", content: "" });
  const [result] = await results(rig.sandbox, project, ["tests"]);
  assertEquals(result?.problems, [{ message: "The tests write too much" }]);
});

Deno.test("tells which signal ended a project", async () => {
  await using rig = createRig(answers({ serve: () => "trace/breakpoint trap (core dumped)" }));
  const process = await rig.sandbox.start(apiProject());
  assertEquals(await process.exited, { code: 133, signal: "SIGTRAP", reason: "it crashed (SIGTRAP)" });
});

Deno.test("an abort ends the check and its machine at once", async () => {
  const abort = new AbortController();
  await using rig = createRig(
    answers({ test: (command) => (abort.abort(new Error("enough")), hangs(command)) }),
  );
  const project = apiProject(undefined, { path: "a_test.ts", content: "" });
  await assertRejects(() => results(rig.sandbox, project, ["tests"], abort.signal), Error, "enough");
  assertEquals([rig.fake.started.length, rig.fake.machines.size], [1, 0]);
});

Deno.test("a machine that comes after the abort is ended too", async () => {
  const abort = new AbortController();
  await using rig = createRig();
  rig.fake.onCreate = () => Promise.resolve(abort.abort(new Error("enough")));
  await assertRejects(() => results(rig.sandbox, apiProject(), ["imports"], abort.signal), Error, "enough");
  await rig.sandbox.close();
  assertEquals([rig.fake.started.length, rig.fake.machines.size], [1, 0]);
});

Deno.test("whoever stops listening ends the machine", async () => {
  await using rig = createRig(answers({ test: hangs }));
  const project = apiProject(undefined, { path: "a_test.ts", content: "" });
  for await (const { check } of rig.sandbox.check(project, API)) if (check === "imports") break;
  assertEquals([rig.fake.started.length, rig.fake.machines.size], [1, 0]);
});

for (
  const [name, fail, code] of [
    ["is refused", (fake) => fake.failures.set("create", { status: 401 }), "auth"],
    ["is not to be had", (fake) => fake.failures.set("create", { status: 429 }), "rate_limited"],
    ["fails to start", (fake) => fake.failures.set("create", { status: 500 }), "upstream"],
    ["never comes", (fake) => fake.failures.set("create", "hang"), "stalled"],
    ["takes no files", (fake) => fake.failures.set("files", { status: 507 }), "upstream"],
    ["starts no command", (fake) => fake.failures.set("start", { status: 503 }), "unavailable"],
    ["hangs at a command", (fake) => fake.failures.set("start", "hang"), "stalled"],
    ["is cut off before a command", (fake) => fake.failures.set("start", "cut"), "unavailable"],
    ["is lost during a command", (fake) => fake.run = lostAt("info"), "unavailable"],
    ["cannot be set up", (fake) => fake.run = answers({ "set-up": failsToSetUp }), "unavailable"],
  ] satisfies [string, (fake: FakeE2b) => unknown, string][]
) {
  Deno.test(`checks end with an error when the machine ${name}`, async () => {
    await using rig = createRig(undefined, { requestMs: 100 });
    fail(rig.fake);
    const error = await assertRejects(() => results(rig.sandbox, apiProject()), FreshetError);
    assertEquals([error.code as string, rig.fake.machines.size], [code, 0]);
  });
}

function lostAt(subcommand: string): RunCommand {
  return answers({ [subcommand]: (command) => (command.cut(), 0) });
}

function failsToSetUp({ stderr }: FakeCommand): number {
  stderr("npm error network\n");
  return 1;
}

Deno.test("a machine that cannot be ended is told of, not thrown", async () => {
  await using rig = createRig();
  rig.fake.failures.set("kill", { status: 500 });
  assertEquals((await results(rig.sandbox, apiProject(), ["imports"]))[0]?.outcome, "passed");
  assertStringIncludes(rig.logged(), "Cannot end an E2B sandbox");
  assertEquals(rig.fake.calls.filter((call) => call === "kill").length, 2);
});

Deno.test("runs a project: requests, log, lease, stop", async () => {
  const clock = new FakeClock();
  await using rig = createRig(answers({ serve: serves }), { clock });
  const process = await rig.sandbox.start(apiProject());
  assertEquals(process.state, "running");
  assertEquals(JSON.parse(await ask(process, "/a?b=1", { method: "POST", body: "text" })), {
    path: "/a?b=1",
    method: "POST",
    body: "text",
  });
  await clock.advance(2 * 60_000);
  assertEquals(rig.fake.requests.at(-1), { call: "timeout", body: { timeout: 300 } });
  await process.stop();
  assertEquals([rig.fake.machines.size, process.state, (await process.exited).reason], [
    0,
    "exited",
    "stopped",
  ]);
  const lines = await allLines(process);
  assertEquals(lines[0]?.text, "ready to");
  assertEquals(lines.map(({ stream }) => stream), ["stdout", "stderr"]);
  await assertRejects(() => process.fetch(new Request("http://project.test/")), FreshetError, "not running");
});

Deno.test("asks a project by https at the host that E2B gives its port", async () => {
  await using rig = createRig();
  const options = { apiKey: FAKE_KEY, apiUrl: rig.fake.url, domain: "e2b.example" };
  const machine = await Machine.boot(options, new AbortController().signal, () => {});
  const [started] = rig.fake.started;
  assertEquals(machine.addressOf(8000), {
    host: "0.0.0.0",
    url: `https://8000-${started?.id}.e2b.example`,
    headers: { "e2b-traffic-access-token": started?.trafficToken ?? "" },
  });
  await machine.end();
});

Deno.test("a project that does not start says why, and its machine is ended", async () => {
  await using rig = createRig(answers({ serve: ({ stderr }) => (stderr("error: Uncaught nothing\n"), 1) }));
  const process = await rig.sandbox.start(apiProject());
  assertEquals([process.state, (await process.exited).reason], ["exited", "it ended with code 1"]);
  assertEquals((await allLines(process)).map(({ text }) => text), ["error: Uncaught nothing"]);
  assertEquals(rig.fake.machines.size, 0);
});

Deno.test("a project whose machine is lost has ended", async () => {
  const lose = Promise.withResolvers<void>();
  await using rig = createRig(answers({
    serve: async (command) => {
      const served = serves(command);
      await lose.promise;
      command.cut();
      return await served;
    },
  }));
  const process = await rig.sandbox.start(apiProject());
  lose.resolve();
  assertEquals((await process.exited).code, 1);
  assertEquals([process.state, rig.fake.machines.size], ["exited", 0]);
  assertStringIncludes(
    (await allLines(process)).at(-1)?.text ?? "",
    "The connection to the E2B sandbox was lost",
  );
});

Deno.test("does not run what imports what it must not, nor more than the limit", async () => {
  let specifier: string | undefined = "https://example.com/a.ts";
  await using rig = createRig(
    answers({
      info: (command) => (command.stdout(graphOf(command, specifier)), 0),
      serve: serves,
    }),
    { limits: { processes: 1 } },
  );
  const { sandbox, fake } = rig;
  const refused = await assertRejects(() => sandbox.start(apiProject()), FreshetError, "from the network");
  assertEquals([refused.code, fake.started.length, fake.machines.size], ["invalid_request", 1, 0]);
  specifier = undefined;
  await sandbox.start(apiProject());
  const more = await assertRejects(() => sandbox.start(apiProject()), FreshetError);
  assertEquals(more.code, "rate_limited");
  await assertRejects(() => sandbox.start([]), FreshetError, "there is no main.ts");
  await sandbox.close();
  assertEquals(fake.machines.size, 0);
  await assertRejects(() => sandbox.start(apiProject()), FreshetError, "The sandbox is closed");
});

Deno.test("tells the routes of files and of a running project", async () => {
  await using rig = createRig(answers({
    serve: serves,
    run: ({ line, stdout }) => {
      const mark = /routes\.ts '([^']+)'$/.exec(line)?.[1];
      stdout(`\n${mark}[{"method":"GET","path":"/todos/:id"}]\n`);
      return 0;
    },
  }));
  const expected = { routes: [{ method: "GET", path: "/todos/:id" }] };
  assertEquals(await rig.sandbox.listRoutes(apiProject()), expected);
  assertEquals(rig.fake.machines.size, 0);
  const process = await rig.sandbox.start(apiProject());
  assertEquals(await rig.sandbox.listRoutes(process), expected);
  await process.stop();
  assertStringIncludes((await rig.sandbox.listRoutes(process)).reason ?? "", "not running");
});
