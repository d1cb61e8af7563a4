import { SHELL } from "../host/mod.ts";

/** A program to start with nothing but what is said here. */
export interface JailedCommand {
  path: string;
  args: string[];
  cwd: string;
  /** The whole environment. */
  env: Record<string, string>;
  /** Bytes of data a process may have. */
  memoryBytes: number;
}

/** A program that was started. */
export interface JailedProcess {
  /** Absent where it runs on another host. */
  pid?: number;
  stdout: ReadableStream<Uint8Array>;
  stderr: ReadableStream<Uint8Array>;
  /** Resolves when it has ended and nothing of it is left. A signal is told by code 128 + its number. */
  status: Promise<Deno.CommandStatus>;
  /** Asks it to end. */
  terminate(): void;
  /** Ends it, whatever it does. */
  kill(): void;
}

/**
 * The shell stays as the parent of the program. It ends the program when its own standard input closes, which also happens when
 * the server dies of whatever cause: so no process outlives it. SIGTERM is passed on. No core files. The guard is ended by
 * SIGKILL: a SIGTERM that comes before it has forgotten the shell's trap would be lost, and the shell would wait for ever.
 */
const WRAPPER = `
ulimit -c 0
if [ "$1" != 0 ]; then ulimit -d "$1" 2>/dev/null || [ "$(ulimit -d)" != unlimited ] || exit 97; fi
shift
exec 3<&0
"$@" 3<&- </dev/null &
program=$!
trap 'kill -TERM $program 2>/dev/null' TERM
( trap - TERM; read -r _ <&3 || kill -KILL $program ) >/dev/null 2>&1 &
guard=$!
while :; do
  wait $program
  code=$?
  kill -0 $program 2>/dev/null || break
done
kill -KILL $guard 2>/dev/null
wait $guard 2>/dev/null
exit $code
`;

/**
 * Starts a program in an empty environment. On Linux its memory is limited (`ulimit -d`, which counts ArrayBuffers); macOS does
 * not enforce that limit and Windows has none, so there only V8's heap limit holds.
 */
export function spawnJailed(command: JailedCommand): JailedProcess {
  return Deno.build.os === "windows" ? spawnDirectly(command) : spawnByShell(command);
}

function spawnByShell({ path, args, cwd, env, memoryBytes }: JailedCommand): JailedProcess {
  const kilobytes = Deno.build.os === "linux" ? Math.ceil(memoryBytes / 1024) : 0;
  const child = new Deno.Command(SHELL, {
    args: ["-c", WRAPPER, "sandbox", String(kilobytes), path, ...args],
    cwd,
    env,
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const closeInput = once(() => child.stdin.close());
  const status = child.status.then(async (ended) => {
    await closeInput().catch(ignoreClosed);
    return ended;
  });
  return {
    pid: child.pid,
    stdout: child.stdout,
    stderr: child.stderr,
    status,
    terminate: () => signal(child, "SIGTERM"),
    kill: () => void closeInput().catch(ignoreClosed),
  };
}

function spawnDirectly({ path, args, cwd, env }: JailedCommand): JailedProcess {
  const child = new Deno.Command(path, {
    args,
    cwd,
    env,
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return {
    pid: child.pid,
    stdout: child.stdout,
    stderr: child.stderr,
    status: child.status,
    terminate: () => signal(child, "SIGTERM"),
    kill: () => signal(child, "SIGKILL"),
  };
}

function signal(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch (error) {
    // It ended between our looking and our asking.
    if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function once<T>(fn: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: fn() }).value;
}

/** The other end of the pipe is gone already, which is what closing it was for. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof Deno.errors.BrokenPipe) && !(error instanceof TypeError)) throw error;
}
