import { Load } from "../load/load.ts";
import type { Target } from "../load/tasks.ts";
import { ChildProcess, type ProcessUsage } from "../processes/child_process.ts";
import { build, FreshetProcess } from "../processes/freshet.ts";
import { PortkeyProcess } from "../processes/portkey.ts";
import { PORTKEY } from "../processes/portkey_install.ts";
import type { UpstreamModel } from "../processes/upstream_models.ts";

/** Limits that are kept count of, and never reached. */
const LIMITS = { requestsPerMinute: 1_000_000_000, tokensPerMinute: 1_000_000_000 };

/** A server that is compared. */
export interface Contender {
  name: string;
  /** `http://127.0.0.1:PORT`; another one after `clear`. */
  address: () => string;
  headers: Record<string, string>;
  usage: () => ProcessUsage;
  /** Gets rid of what answers that were cut have left behind, where the server does not by itself. */
  clear?: () => Promise<void>;
}

/** The servers in front of one upstream, which is the first of them, with the load that they are put under. */
export class Contenders implements AsyncDisposable {
  readonly all: Contender[] = [];
  readonly load: Load;
  readonly upstream: ChildProcess;
  readonly #resources: AsyncDisposableStack;

  private constructor(resources: AsyncDisposableStack, upstream: ChildProcess) {
    this.#resources = resources;
    this.upstream = upstream;
    this.load = resources.use(new Load());
  }

  /** Starts them; one that cannot be had is left out with a line that says why. */
  static async start(upstreamScript: string, print: (text: string) => void): Promise<Contenders> {
    await build();
    const resources = new AsyncDisposableStack();
    const contenders = new Contenders(resources, resources.use(ChildProcess.start(script(upstreamScript))));
    try {
      await contenders.#startAll(print);
    } catch (error) {
      await resources.disposeAsync();
      throw error;
    }
    return contenders;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync();
  }

  async #startAll(print: (text: string) => void): Promise<void> {
    const upstream = await this.upstream.nextAddress();
    this.#add("upstream", upstream, this.upstream);
    const passThrough = this.#resources.use(ChildProcess.start(script("pass_through_process.ts", upstream)));
    this.#add("pass-through", await passThrough.nextAddress(), passThrough);
    const freshet = this.#resources.use(await FreshetProcess.start());
    this.#add("Freshet", freshet.address, freshet, await connect(freshet, upstream));
    try {
      const portkey = this.#resources.use(await PortkeyProcess.start());
      this.all.push({
        name: PORTKEY,
        address: () => portkey.address,
        headers: PortkeyProcess.headers(upstream),
        usage: () => portkey.usage(),
        clear: () => portkey.restart(),
      });
      print(`  ${PORTKEY} runs on ${await PortkeyProcess.runtime()}\n\n`);
    } catch (error) {
      print(`  ${PORTKEY} is left out. ${error instanceof Error ? error.message : error}\n\n`);
    }
  }

  #add(
    name: string,
    address: string,
    process: { usage(): ProcessUsage },
    headers: Record<string, string> = {},
  ): void {
    this.all.push({ name, address: () => address, headers, usage: () => process.usage() });
  }
}

/** Gives Freshet the upstream as a node, and makes an API key with limits; returns the headers that carry it. */
async function connect(freshet: FreshetProcess, upstream: string): Promise<Record<string, string>> {
  const node = { name: "Upstream", kind: "openai", baseUrl: `${upstream}/v1` };
  await freshet.json("POST", "/api/nodes", node);
  const { secret } = await freshet.json<{ secret: string }>("POST", "/api/keys", {
    name: "bench",
    scopes: ["chat"],
    ...LIMITS,
  });
  return { authorization: `Bearer ${secret}` };
}

/** The question that all contenders are asked. */
export function targetOf(contender: Contender, model: UpstreamModel, isStream: boolean): Target {
  const messages = [{ role: "system", content: "You are a helpful assistant." }, {
    role: "user",
    content: "How do I measure the speed of a gateway?",
  }];
  const body = { model: model.id, messages, ...(isStream ? { stream: true } : {}) };
  return { address: contender.address(), headers: contender.headers, path: "/v1/chat/completions", body };
}

function script(name: string, ...args: string[]): string[] {
  const path = new URL(`../processes/${name}`, import.meta.url).pathname;
  return ["run", "--allow-net=127.0.0.1", "--allow-env", path, ...args];
}
