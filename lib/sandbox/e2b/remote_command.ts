import type { CommandHandle } from "e2b";
import type { JailedProcess } from "../jail.ts";

/** The official client keeps all that a command writes, so a command may not write without end. */
const OUTPUT_BYTES_MAX = 64_000_000;
/** How long the end of a command that was killed is waited for. */
const LAST_WORDS_MS = 1_000;
/** How the machine's service (Go's `os.ProcessState`) tells a signal → the signal's number. */
const SIGNALS: Readonly<Record<string, number>> = {
  "illegal instruction": 4,
  "trace/breakpoint trap": 5,
  aborted: 6,
  killed: 9,
  "segmentation fault": 11,
  terminated: 15,
};

/** What a command is started with. */
export interface CommandListener {
  onStdout(text: string): void;
  onStderr(text: string): void;
  /** Aborted when the command is not wanted any more. */
  signal: AbortSignal;
}

/** What a remote command needs of its machine. */
export interface RemoteCommandOptions {
  start(listener: CommandListener): Promise<CommandHandle>;
  /** Ends the command in its machine. */
  kill(handle: CommandHandle): Promise<void>;
  /** The command, or the connection to it, was lost; returns what a person should read of it. */
  onLost(error: unknown): string;
  /** Keeps what goes on after the command counts as ended. */
  keep(work: Promise<void>): void;
}

/**
 * A command on another machine as if it were a process here. Once killed it counts as ended at once: whether the machine still
 * answers must not matter, and the machine itself is ended soon after.
 */
export function spawnRemote(options: RemoteCommandOptions): JailedProcess {
  const [stdout, stderr] = [new Outlet(), new Outlet()];
  const unwanted = new AbortController();
  const { promise: status, resolve } = Promise.withResolvers<Deno.CommandStatus>();
  let handle: CommandHandle | undefined;
  let isOver = false;
  let bytes = 0;

  const end = (code: number) => {
    isOver = true;
    stdout.close();
    stderr.close();
    resolve({ success: code === 0, code, signal: null });
  };
  // The client lets go of a connection that ends by itself; of one that it cuts between two reads it does not.
  const stop = async (command: CommandHandle) => {
    await options.kill(command);
    const { promise: late, resolve: giveUp } = Promise.withResolvers<void>();
    const timer = setTimeout(giveUp, LAST_WORDS_MS);
    await Promise.race([late, command.wait().then(() => {}, () => {})]);
    clearTimeout(timer);
    await command.disconnect();
  };
  const kill = () => {
    if (isOver) return;
    end(128 + 9);
    if (handle) options.keep(stop(handle));
    else unwanted.abort();
  };
  const write = (outlet: Outlet) => (text: string) => {
    bytes += isOver ? text.length : outlet.write(text);
    if (bytes <= OUTPUT_BYTES_MAX) return;
    if (isOver) return unwanted.abort();
    stderr.write("\nIt wrote too much and was ended\n");
    kill();
  };
  const run = async () => {
    try {
      handle = await options.start({
        onStdout: write(stdout),
        onStderr: write(stderr),
        signal: unwanted.signal,
      });
      if (isOver) return await stop(handle);
      const { exitCode } = await handle.wait();
      if (!isOver) end(exitCode);
    } catch (error) {
      if (isOver) return;
      const code = exitCodeOf(error);
      if (code === undefined) stderr.write(`\n${options.onLost(error)}\n`);
      end(code ?? 1);
    }
  };
  options.keep(run());
  return { stdout: stdout.stream, stderr: stderr.stream, status, terminate: kill, kill };
}

/** The client throws for a command that ends with another code than 0. A signal is told in words, with code -1. */
function exitCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== "CommandExitError") return undefined;
  const { exitCode, error: said } = error as Error & { exitCode?: number; error?: string };
  const [, signal = ""] = /^signal: ([a-z/ ]+?)(?: \(core dumped\))?$/.exec(said ?? "") ?? [];
  const number = SIGNALS[signal];
  if (number !== undefined) return 128 + number;
  return exitCode === undefined || exitCode < 0 ? 1 : exitCode;
}

/** A stream that is fed with text. */
class Outlet {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #encoder = new TextEncoder();
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #isClosed = false;

  constructor() {
    this.stream = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#isClosed = true;
      },
    });
  }

  /** Returns how many bytes the text has. */
  write(text: string): number {
    if (this.#isClosed) return 0;
    const bytes = this.#encoder.encode(text);
    this.#controller?.enqueue(bytes);
    return bytes.length;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#controller?.close();
  }
}
