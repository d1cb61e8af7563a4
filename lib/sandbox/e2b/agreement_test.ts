import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import type { CheckName, CheckResult, ProjectFile } from "../../shared/mod.ts";
import { findHono, seedPackage } from "../hono_package.ts";
import type { Sandbox } from "../sandbox.ts";
import { apiProject, createTestSandbox } from "../testing.ts";
import { E2bSandbox } from "./e2b_sandbox.ts";
import { FAKE_KEY, type FakeCommand, FakeE2b } from "./testing.ts";

const CHECKS: CheckName[] = ["imports", "parse", "types", "lint", "tests"];

/** Runs a command for real, on this host, where the machine's files are put. The set-up takes nothing from the network. */
async function runHere(command: FakeCommand): Promise<number> {
  const { machine, cwd, line, killed } = command;
  for (const [path, text] of machine.files) {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
  machine.files.clear();
  if (line.startsWith("set -eu")) {
    const hono = await findHono();
    assert(hono);
    await seedPackage(hono, `${cwd}/deno_dir`);
    await Deno.symlink(Deno.execPath(), `${cwd}/deno`);
    roots.add(cwd);
    return 0;
  }
  const options: Deno.CommandOptions = { args: ["-c", line], cwd, signal: killed, stdin: "null" };
  const { code, stdout, stderr } = await new Deno.Command("/bin/bash", options).output();
  command.stdout(stdout);
  command.stderr(stderr);
  return code;
}

const roots = new Set<string>();

/** What was found, without what differs from run to run. */
async function findings(sandbox: Sandbox, files: ProjectFile[]): Promise<Partial<CheckResult>[]> {
  const found: CheckResult[] = [];
  for await (const result of sandbox.check(files, { kinds: ["api"], checks: CHECKS })) found.push(result);
  return found.map(({ check, outcome, problems }) => ({ check, outcome, problems })).sort((a, b) =>
    a.check.localeCompare(b.check)
  );
}

Deno.test({
  name: "the reports of a machine are read as the local ones are",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using fake = new FakeE2b(runHere);
    const remote = new E2bSandbox({ apiKey: FAKE_KEY, apiUrl: fake.url, sandboxUrl: fake.url });
    const local = await createTestSandbox();
    const faulty = apiProject(
      `const count: number = "it's many";\napp.get("/", (c) => c.text(String(count)));`,
      {
        path: "tests/count_test.ts",
        content: `Deno.test("counts", () => {\n  throw new Error("too many");\n});\n`,
      },
      { path: "lib/a.ts", content: `export function a(): number {\n  return 1;\n  debugger;\n}\n` },
      { path: "public/index.html", content: `<p>\n<script>const = 1;</script>\n` },
    );
    try {
      const [expected, found] = await Promise.all([local.sandbox, remote].map((it) => findings(it, faulty)));
      assertEquals(expected?.map(({ check, outcome }) => `${check} ${outcome}`), [
        "imports passed",
        "lint failed",
        "parse failed",
        "tests failed",
        "types failed",
      ]);
      assertEquals(found, expected);
      assertEquals(fake.machines.size, 0);
    } finally {
      await remote.close();
      await local.close();
      for (const root of roots) await Deno.remove(root, { recursive: true });
    }
  },
});
