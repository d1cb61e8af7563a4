import { openPtyInput } from "./pty_input.ts";

/** How a PTY is opened. */
export interface PtyOptions {
  file: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  cols: number;
  rows: number;
}

/** How a program on a PTY ended. */
export interface PtyExit {
  exitCode: number;
  /** The number of the signal that ended it; 0 where none did. */
  signal: number;
}

/** A program on a pseudoterminal of its own, leader of a session of processes. After its end all calls do nothing. */
export interface Pty {
  readonly pid: number;
  /** Hands input over in its order; false where more than a megabyte waits for the program to read. */
  write(text: string): boolean;
  resize(cols: number, rows: number): void;
  /** Reads nothing more, so that the program waits once the system's buffer is full. */
  pause(): void;
  resume(): void;
  /** Calls back with text; characters are never split. */
  onData(listener: (text: string) => void): void;
  onExit(listener: (exit: PtyExit) => void): void;
}

/** Opens PTYs. */
export interface PtyLibrary {
  open(options: PtyOptions): Pty;
}

/** The library, or why there are no PTYs on this host, with what would change that. */
export type PtySupport =
  | { type: "ready"; library: PtyLibrary }
  | { type: "missing"; cause: "permission" | "library" | "policy"; message: string };

/** Finds out whether this process may open PTYs, and loads what opens them. It never throws. */
export async function findPty(): Promise<PtySupport> {
  if (isHosted()) {
    return { type: "missing", cause: "policy", message: "There are no terminals on Deno Deploy" };
  }
  for (const name of ["ffi", "run"] as const) {
    if ((await Deno.permissions.query({ name })).state !== "granted") {
      return { type: "missing", cause: "permission", message: `--allow-${name}` };
    }
  }
  try {
    const { spawn } = await import("@lydell/node-pty");
    return { type: "ready", library: { open: (options) => open(spawn, options) } };
  } catch (error) {
    // Its native part may be missing for this platform, or from an installation without optional dependencies.
    return {
      type: "missing",
      cause: "library",
      message: error instanceof Error ? error.message : `${error}`,
    };
  }
}

type Spawn = typeof import("@lydell/node-pty").spawn;

function open(spawn: Spawn, { file, args, cols, rows, cwd, env }: PtyOptions): Pty {
  const pty = spawn(file, args, { name: "xterm-256color", cols, rows, cwd, env });
  const input = openPtyInput(pty);
  let hasEnded = false;
  pty.onExit(() => {
    hasEnded = true;
    input.close();
  });
  return {
    pid: pty.pid,
    write: (text) => hasEnded || input.write(text),
    resize: (cols, rows) => {
      if (!hasEnded) pty.resize(cols, rows);
    },
    pause: () => {
      if (!hasEnded) pty.pause();
    },
    resume: () => {
      if (!hasEnded) pty.resume();
    },
    onData: (listener) => void pty.onData(listener),
    onExit: (listener) => {
      pty.onExit(({ exitCode, signal = 0 }) => listener({ exitCode, signal }));
    },
  };
}

function isHosted(): boolean {
  try {
    return Deno.env.get("DENO_DEPLOYMENT_ID") !== undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return false;
    throw error;
  }
}
