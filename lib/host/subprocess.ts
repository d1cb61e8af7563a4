/** Where the deno executable is, or why code cannot be run on this host, in words for a person. */
export type DenoExecutable = { type: "ready"; path: string } | { type: "missing"; reason: string };

/** The shell that sets limits for a program before it becomes that program; not on Windows. */
export const SHELL = "/bin/sh";

const isWindows = Deno.build.os === "windows";

/**
 * Finds a deno that this process may start: its own executable, or where that is a compiled Freshet the one on the PATH. It is
 * missing without `--allow-run` (the reason names the flag), in a compiled binary on a machine without Deno, and on Deno Deploy.
 */
export async function findDeno(): Promise<DenoExecutable> {
  const candidates = await existing([...ownExecutable(), ...onPath()]);
  if (candidates.length === 0) {
    return { type: "missing", reason: "There is no deno on this machine that Freshet can start" };
  }
  for (const path of candidates) if (await mayRun(path)) return await withShell(path);
  return {
    type: "missing",
    reason: `Freshet may not start programs here: start it with ${
      isWindows ? "--allow-run=deno" : `--allow-run=deno,${SHELL}`
    }, or by "deno task start:full"`,
  };
}

async function withShell(path: string): Promise<DenoExecutable> {
  if (isWindows || await mayRun(SHELL)) return { type: "ready", path };
  return {
    type: "missing",
    reason: `Freshet may not start ${SHELL}, which limits the memory of programs: add it to --allow-run`,
  };
}

async function mayRun(command: string): Promise<boolean> {
  return (await Deno.permissions.query({ name: "run", command })).state === "granted";
}

function ownExecutable(): string[] {
  return Deno.build.standalone ? [] : [Deno.execPath()];
}

function onPath(): string[] {
  const name = isWindows ? "deno.exe" : "deno";
  const folders = variable("PATH").split(isWindows ? ";" : ":").filter(Boolean);
  return folders.map((folder) => `${folder}/${name}`);
}

function variable(name: string): string {
  try {
    return Deno.env.get(name) ?? "";
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return "";
    throw error;
  }
}

/** npm's launcher of deno is a script that starts the real one as a child, which would survive an order to end. */
async function isScript(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const start = new Uint8Array(2);
  await file.read(start);
  return new TextDecoder().decode(start) === "#!";
}

async function existing(paths: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    try {
      if ((await Deno.stat(path)).isFile && !await isScript(path)) found.push(path);
    } catch (error) {
      const isAbsent = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable ||
        error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.PermissionDenied;
      if (!isAbsent) throw error;
    }
  }
  return found;
}
