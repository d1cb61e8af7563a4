import {
  type FakeAnswer,
  fakeAnthropic,
  fakeOllama,
  fakeOpenAI,
  type FakePrompt,
  type FakeServer,
} from "../fakes/mod.ts";
import type { NodeSpec } from "../../lib/nodes/mod.ts";
import { SCRIPTED_MODEL } from "./scripted_model.ts";

/** Which server a node imitates: vLLM and Anthropic are known to continue answers, of the others nobody knows. */
export type FakeKind = "ollama" | "vllm" | "lmstudio" | "anthropic";

/** A model server that can be killed, and started again on its port. */
export class FakeNode implements AsyncDisposable {
  readonly kind: FakeKind;
  readonly port: number;
  /** Requests for answers. */
  asked = 0;
  script: (prompt: FakePrompt) => FakeAnswer;
  #server: FakeServer | undefined;
  #changing: Promise<void> = Promise.resolve();

  private constructor(kind: FakeKind, server: FakeServer, script: FakeNode["script"]) {
    this.kind = kind;
    this.port = server.port;
    this.script = script;
    this.#adopt(server);
  }

  /** Starts a node that answers by a script. */
  static async start(kind: FakeKind, script: FakeNode["script"]): Promise<FakeNode> {
    return new FakeNode(kind, await serve(kind, 0), script);
  }

  get isUp(): boolean {
    return this.#server !== undefined;
  }

  /** What makes a node of it. */
  get spec(): NodeSpec {
    const url = `http://127.0.0.1:${this.port}`;
    switch (this.kind) {
      case "ollama":
        return { name: this.kind, kind: "ollama", baseUrl: url };
      case "anthropic":
        return { name: this.kind, kind: "anthropic", baseUrl: url };
      default:
        return { name: this.kind, kind: "openai", baseUrl: `${url}/v1` };
    }
  }

  /** The last body that was posted. */
  get lastBody(): unknown {
    return this.#server?.requests.findLast(({ method }) => method === "POST")?.body;
  }

  /** Breaks all connections and listens no more. */
  kill(): Promise<void> {
    return this.#change(async () => {
      const server = this.#server;
      this.#server = undefined;
      await server?.close();
    });
  }

  /** Listens again. */
  revive(): Promise<void> {
    return this.#change(async () => {
      if (!this.#server) this.#adopt(await serve(this.kind, this.port));
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }

  #adopt(server: FakeServer): void {
    server.script = (prompt) => {
      this.asked++;
      return this.script(prompt);
    };
    this.#server = server;
  }

  #change(fn: () => Promise<void>): Promise<void> {
    this.#changing = this.#changing.then(fn);
    return this.#changing;
  }
}

function serve(kind: FakeKind, port: number): Promise<FakeServer> {
  switch (kind) {
    case "ollama":
      return fakeOllama({
        port,
        models: [{ name: SCRIPTED_MODEL, capabilities: ["completion", "tools"], loaded: true }],
      });
    case "anthropic":
      return fakeAnthropic({ port, models: [SCRIPTED_MODEL] });
    default:
      return fakeOpenAI({ port, flavour: kind, models: [SCRIPTED_MODEL] });
  }
}
