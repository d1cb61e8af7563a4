/** What a process has used up to now, and holds. */
export interface ProcessUsage {
  /** Seconds of CPU time, of all its threads. */
  cpuSeconds: number;
  /** Resident memory, in bytes. */
  rssBytes: number;
}

/** Ticks a second in /proc/PID/stat: 100 on every Linux that Deno runs on. */
const TICKS = 100;
const END_MS = 10_000;

/** How a process is started. */
export interface StartOptions {
  program?: string;
  env?: Record<string, string>;
  /** True for one that `send` is called for. */
  takesInput?: boolean;
}

/** A process that is measured: its CPU time and memory are its own, which they would not be in one process. */
export class ChildProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array> | undefined;
  #rest = "";

  private constructor(child: Deno.ChildProcess, takesInput: boolean) {
    this.#child = child;
    this.#lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    if (takesInput) this.#input = child.stdin.getWriter();
  }

  /** Starts `deno`, or another program, with the arguments in the project's folder. */
  static start(
    args: string[],
    { program = Deno.execPath(), env = {}, takesInput = false }: StartOptions = {},
  ): ChildProcess {
    const command = new Deno.Command(program, {
      args,
      env,
      cwd: new URL("../../..", import.meta.url),
      stdin: takesInput ? "piped" : "null",
      stdout: "piped",
      stderr: "inherit",
    });
    return new ChildProcess(command.spawn(), takesInput);
  }

  /** The next line that it prints. Throws where it ended before. */
  async nextLine(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf("\n");
      if (end >= 0) {
        const line = this.#rest.slice(0, end);
        this.#rest = this.#rest.slice(end + 1);
        return line;
      }
      const { done, value } = await this.#lines.read();
      if (done) throw new Error(`A process of the bench ended too early, after printing "${this.#rest}"`);
      this.#rest += value;
    }
  }

  /** The first address among the lines that it prints. */
  async nextAddress(): Promise<string> {
    for (;;) {
      const address = (await this.nextLine()).match(/http:\/\/\S+/)?.[0];
      if (address) return address;
    }
  }

  /** Writes a line to its input. */
  async send(line: string): Promise<void> {
    await this.#input?.write(new TextEncoder().encode(`${line}\n`));
  }

  /** What it has used up to now. Linux only. */
  usage(): ProcessUsage {
    const stat = Deno.readTextFileSync(`/proc/${this.#child.pid}/stat`);
    // The name, in parentheses, may hold spaces; user and system time are the 14th and 15th field.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const status = Deno.readTextFileSync(`/proc/${this.#child.pid}/status`);
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
      rssBytes: Number(status.match(/^VmRSS:\s+(\d+)/m)?.[1]) * 1024,
    };
  }

  /** Asks it to end, and sees to it that it does. */
  async [Symbol.asyncDispose](): Promise<void> {
    const late = setTimeout(() => this.#child.kill("SIGKILL"), END_MS);
    try {
      this.#child.kill("SIGTERM");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
    clearTimeout(late);
    await this.#input?.abort().catch(() => "its reader is gone");
    await this.#lines.cancel();
  }
}
