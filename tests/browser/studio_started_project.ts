import { assert } from "@std/assert";
import { dirname, join } from "node:path";
import type { ProjectFile } from "../../lib/shared/mod.ts";

/** The port that generated projects listen on. */
const PORT = /--port 8000\b/;

/** Files in a folder of their own, started there by `deno task start` on a free port. */
export class StartedProject implements AsyncDisposable {
  readonly #folder: string;
  readonly #child: Deno.ChildProcess;
  readonly #url: string;

  private constructor(folder: string, child: Deno.ChildProcess, url: string) {
    this.#folder = folder;
    this.#child = child;
    this.#url = url;
  }

  /** Until it says that it listens. */
  static async start(files: readonly ProjectFile[]): Promise<StartedProject> {
    const folder = await Deno.makeTempDir({ prefix: "freshet-tests-project-" });
    const port = freePort();
    for (const { path, content } of files) {
      const file = join(folder, path);
      await Deno.mkdir(dirname(file), { recursive: true });
      await Deno.writeTextFile(file, path === "deno.json" ? onPort(content, port) : content);
    }
    const child = new Deno.Command(Deno.execPath(), {
      args: ["task", "start"],
      cwd: folder,
      // Started by a task, the server reads and says the same as in a terminal.
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const project = new StartedProject(folder, child, `http://127.0.0.1:${port}`);
    try {
      await until(child.stderr, /Listening on/);
    } catch (error) {
      await project[Symbol.asyncDispose]();
      throw error;
    }
    return project;
  }

  async get(path: string): Promise<Response> {
    return await fetch(this.#url + path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      // The task hands this on to the server that it started.
      this.#child.kill("SIGTERM");
    } catch (error) {
      assert(error instanceof TypeError, "it has ended by itself");
    }
    await this.#child.status;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

function onPort(config: string, port: number): string {
  assert(PORT.test(config), `deno.json has no port to change: ${config}`);
  return config.replace(PORT, `--port ${port}`);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Reads until a text matches; throws with what was read where it ends before. */
async function until(stream: ReadableStream<Uint8Array<ArrayBuffer>>, pattern: RegExp): Promise<void> {
  let text = "";
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  try {
    while (!pattern.test(text)) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`The project ended: ${text}`);
      text += value;
    }
  } finally {
    await reader.cancel();
  }
}
