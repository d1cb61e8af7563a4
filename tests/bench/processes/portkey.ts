import { ChildProcess, type ProcessUsage } from "./child_process.ts";
import { installPortkey } from "./portkey_install.ts";

const RUNTIME = '"Deno" in globalThis ? `Deno ${Deno.version.deno}` : `Node ${process.versions.node}`';

/** The Portkey gateway in a process of its own, run by Node; where that is not installed, Deno stands in for `node`. */
export class PortkeyProcess implements AsyncDisposable {
  readonly #script: string;
  #child: ChildProcess | undefined;
  #address = "";

  private constructor(script: string) {
    this.#script = script;
  }

  /** Installs it where it is not yet, and starts it. Throws where the registry cannot be reached. */
  static async start(): Promise<PortkeyProcess> {
    const portkey = new PortkeyProcess(await installPortkey());
    await portkey.restart();
    return portkey;
  }

  get address(): string {
    return this.#address;
  }

  /** What it wants to know of a server that speaks OpenAI's protocol. */
  static headers(upstream: string): Record<string, string> {
    return { "x-portkey-provider": "openai", "x-portkey-custom-host": `${upstream}/v1` };
  }

  /** Ends the process and starts another: it never gives up the answers of the upstream whose readers have left. */
  async restart(): Promise<void> {
    await this[Symbol.asyncDispose]();
    const port = freePort();
    const args = [this.#script, "--headless", `--port=${port}`];
    const env = { NODE_ENV: "production", NO_COLOR: "1" };
    this.#child = ChildProcess.start(args, { program: "node", env });
    this.#address = `http://127.0.0.1:${port}`;
    while (!(await this.#child.nextLine()).includes("Ready for connections"));
  }

  /** What runs it, as "Node 24.1.0". */
  static async runtime(): Promise<string> {
    const { stdout } = await new Deno.Command("node", { args: ["-p", RUNTIME] }).output();
    return new TextDecoder().decode(stdout).trim();
  }

  /** What the process has used up to now. */
  usage(): ProcessUsage {
    return this.#child?.usage() ?? { cpuSeconds: 0, rssBytes: 0 };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child?.[Symbol.asyncDispose]();
    this.#child = undefined;
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
