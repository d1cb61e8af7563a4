import { basename } from "node:path";

/** What belongs to Freshet and is nothing for programs in a terminal, whatever else a person's environment holds. */
const OWN = /^FRESHET_/i;
/** What terminals around Freshet itself have set. */
const FOREIGN = new Set([
  "COLUMNS",
  "LINES",
  "TERMCAP",
  "TMUX",
  "TMUX_PANE",
  "STY",
  "WINDOW",
  "WINDOWID",
  "INIT_CWD",
  "VTE_VERSION",
]);

/** A shell and where it begins. */
export interface Shell {
  file: string;
  /** The program's name. */
  name: string;
  cwd: string;
  env: Record<string, string>;
}

/** The person's own shell, in their home, with their own environment but for what is Freshet's. */
export async function personsShell(
  env: Readonly<Record<string, string>> = Deno.env.toObject(),
): Promise<Shell> {
  const file = await firstFile(candidates(env));
  const home = env.HOME ?? env.USERPROFILE;
  return {
    file,
    name: basename(file).replace(/\.exe$/i, ""),
    cwd: home && await isFolder(home) ? home : Deno.cwd(),
    env: shellEnvironment(env),
  };
}

/** An environment for programs in a terminal: without Freshet's settings and secrets. */
export function shellEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !OWN.test(name) && !FOREIGN.has(name));
  return {
    ...Object.fromEntries(kept),
    TERM: "xterm-256color",
    COLORTERM: "truecolor",
    TERM_PROGRAM: "Freshet",
  };
}

function candidates(env: Readonly<Record<string, string>>): string[] {
  if (Deno.build.os === "windows") {
    const root = env.SystemRoot ?? "C:\\Windows";
    return [`${root}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`, `${root}\\System32\\cmd.exe`];
  }
  return [env.SHELL ?? "", "/bin/bash", "/bin/zsh", "/bin/sh"].filter((path) => path.startsWith("/"));
}

async function firstFile(paths: readonly string[]): Promise<string> {
  for (const path of paths) if ((await stat(path))?.isFile) return path;
  return paths.at(-1) ?? "/bin/sh";
}

/** Whether there is a folder that this process may see. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path))?.isDirectory ?? false;
}

async function stat(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return undefined;
    if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}
