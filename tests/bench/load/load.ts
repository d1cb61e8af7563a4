import { ChildProcess, type ProcessUsage } from "../processes/child_process.ts";
import type { Result, Task } from "./tasks.ts";

/** The load generator, in a process of its own. */
export class Load implements AsyncDisposable {
  readonly #child = ChildProcess.start(
    ["run", "--allow-net=127.0.0.1", "--no-check", new URL("load_process.ts", import.meta.url).pathname],
    { takesInput: true },
  );

  /** Carries out a task; one at a time. */
  async run<T extends Task>(task: T): Promise<Result<T>> {
    await this.#child.send(JSON.stringify(task));
    // JSON writes null for NaN.
    return JSON.parse(await this.#child.nextLine(), (_, value) => value ?? NaN);
  }

  /** What the generator itself has used. */
  usage(): ProcessUsage {
    return this.#child.usage();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#child[Symbol.asyncDispose]();
  }
}
