import { assertEquals } from "@std/assert";
import type { CheckName, CheckResult, ProjectFile, ProjectKind } from "../shared/mod.ts";
import type { SandboxLimits } from "./limits.ts";
import { LocalSandbox } from "./local_sandbox.ts";
import type { LogLine, SandboxProcess } from "./sandbox.ts";

/** An API project without fault; `main` goes where its routes are. */
export function apiProject(
  main = `app.get("/", (c) => c.text("hello"));`,
  ...more: ProjectFile[]
): ProjectFile[] {
  const content = `import { Hono } from "hono";\n\nconst app = new Hono();\n${main}\n\nexport default app;\n`;
  return [{ path: "main.ts", content }, ...more];
}

/** An API project whose `/` answers what a piece of code gives or throws. */
export function probeProject(code: string, ...more: ProjectFile[]): ProjectFile[] {
  return apiProject(
    `app.get("/", async (c) => {
  try {
    return c.text("gave " + String(await (async () => { ${code} })()));
  } catch (error) {
    return c.text("threw " + String(error));
  }
});`,
    ...more,
  );
}

/** A sandbox in a directory of its own. */
export async function createTestSandbox(
  limits: Partial<SandboxLimits> = {},
): Promise<{ sandbox: LocalSandbox; directory: string; close(): Promise<void> }> {
  const directory = await Deno.makeTempDir({ prefix: "freshet-sandbox-" });
  const sandbox = new LocalSandbox({ directory, limits });
  return {
    sandbox,
    directory,
    async close() {
      await sandbox.close();
      await Deno.remove(directory, { recursive: true });
    },
  };
}

/** A directory of files that no project may read; each holds the word SECRET. */
export async function createSecrets(): Promise<string> {
  const directory = await Deno.makeTempDir({ prefix: "freshet-secret-" });
  for (const ending of ["txt", "json", "ts", "js"]) {
    await Deno.writeTextFile(`${directory}/secret.${ending}`, `"SECRET"`);
  }
  return directory;
}

/** The result of one check. */
export async function checkOne(
  sandbox: LocalSandbox,
  check: CheckName,
  files: ProjectFile[],
  kinds: ProjectKind[] = ["api"],
): Promise<CheckResult> {
  const results: CheckResult[] = [];
  for await (const result of sandbox.check(files, { kinds, checks: [check] })) results.push(result);
  assertEquals(results.map((result) => result.check), [check]);
  const [result] = results;
  if (!result) throw new Error("There is no result");
  return result;
}

/** What a process answers on a path. */
export async function ask(process: SandboxProcess, path = "/", init: RequestInit = {}): Promise<string> {
  return await (await process.fetch(new Request(`http://project.test${path}`, init))).text();
}

/** All that a process wrote, when it has ended. */
export async function allLines(process: SandboxProcess): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const some of process.logs(0, new AbortController().signal)) lines.push(...some);
  return lines;
}
