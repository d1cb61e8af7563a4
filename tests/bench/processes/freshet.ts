import { ChildProcess, type ProcessUsage } from "./child_process.ts";

const ROOT = new URL("../../../", import.meta.url);

/** Builds what `deno task start` would build. */
export async function build(): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "dev.ts", "build", "--if-needed"],
    cwd: ROOT,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`Cannot build: ${new TextDecoder().decode(stderr)}`);
}

/** A built Freshet in a process of its own, with a data folder of its own, run as `deno task start` runs it. */
export class FreshetProcess implements AsyncDisposable {
  readonly folder: string;
  readonly address: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, folder: string, address: string) {
    this.#child = child;
    this.folder = folder;
    this.address = address;
  }

  /** Starts one, after `prepare` has put into its data folder what it needs; `build` has to have been called. */
  static async start(prepare?: (folder: string) => Promise<void>): Promise<FreshetProcess> {
    const folder = await Deno.makeTempDir({ prefix: "freshet-bench-" });
    await prepare?.(folder);
    const env = { PORT: "0", FRESHET_DATA: folder, FRESHET_DISCOVERY: "0", FRESHET_LOG: "error" };
    const child = ChildProcess.start(await startArguments(), { env });
    return new FreshetProcess(child, folder, await child.nextAddress());
  }

  /** Sends JSON and reads JSON; throws where that is refused. */
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const init: RequestInit = { method };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { "content-type": "application/json" };
    }
    const response = await fetch(this.address + path, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  }

  /** What the process has used up to now. */
  usage(): ProcessUsage {
    return this.#child.usage();
  }

  /** Ends the process and keeps its data folder. */
  async stop(): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
  }

  /** Ends the process and deletes its data folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** The arguments that `deno task start` starts the server with. */
async function startArguments(): Promise<string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const [, ...args] = String(tasks.start).split(" && ").at(-1)?.split(" ") ?? [];
  return args;
}
