import type { FakeOllamaModel } from "./ollama.ts";
import { Died } from "./play.ts";
import type { RecordedRequest } from "./server.ts";
import type { Reply } from "./wire.ts";

/** A model that can be pulled, and how that goes. */
export interface FakePull {
  /** Bytes of the weights; 1,000 unless given. */
  bytes?: number;
  /** In so many steps; 10 unless given. */
  steps?: number;
  /** ms of each step. */
  stepMs?: number;
  /** The connection breaks after this step, as often as it is named here. */
  breaksAfter?: number[];
  /** An error that the server tells in place of the end. */
  failsWith?: string;
}

const DIGEST = "sha256:a2af6cc3eb7fa8be8504abaf9b04e88f17a119ec3f04a3addf55f92841195f5a";
const json = (body: unknown, status = 200): Reply => ({ type: "json", status, body });

/**
 * What Ollama does to its models, by server/routes.go and server/images.go: a pull that was cut goes on where it was. A model is
 * named by `model`, or by `name` as before, which its client still sends.
 */
export class OllamaLibrary {
  readonly #models: FakeOllamaModel[];
  readonly #library: Readonly<Record<string, FakePull>>;
  /** Steps that are there, of pulls that were begun. */
  readonly #loaded = new Map<string, number>();
  readonly #breaks = new Map<string, number[]>();

  constructor(models: FakeOllamaModel[], library: Readonly<Record<string, FakePull>>) {
    this.#models = models;
    this.#library = library;
    for (const [name, { breaksAfter = [] }] of Object.entries(library)) {
      this.#breaks.set(name, [...breaksAfter]);
    }
  }

  /** The answer where the request is about managing models. */
  answer({ method, path, body }: RecordedRequest): Reply | undefined {
    const fields = (body ?? {}) as Record<string, unknown>;
    switch (`${method} ${path}`) {
      case "POST /api/pull":
        return this.#pull(nameOf(fields.model ?? fields.name));
      case "POST /api/create":
        return this.#create(fields);
      case "POST /api/copy":
        return this.#copy(nameOf(fields.source), nameOf(fields.destination));
      case "DELETE /api/delete":
        return this.#delete(nameOf(fields.model ?? fields.name));
      case "POST /api/generate":
        return this.#load(nameOf(fields.model), fields.keep_alive);
    }
  }

  #pull(name: string): Reply {
    const chunks = () => this.#steps(name);
    return {
      type: "chunks",
      contentType: "application/x-ndjson",
      chunks: async function* (wait, signal) {
        for (const { ms, line, dies } of chunks()) {
          if (dies) throw new Died();
          await wait(ms);
          if (signal.aborted) return;
          yield `${JSON.stringify(line())}\n`;
        }
      },
    };
  }

  *#steps(name: string): Generator<{ ms: number; line: () => unknown; dies?: boolean }> {
    const pull = this.#library[name];
    yield { ms: 0, line: () => ({ status: "pulling manifest" }) };
    if (!pull) {
      yield { ms: 0, line: () => ({ error: "pull model manifest: file does not exist" }) };
      return;
    }
    const { bytes = 1_000, steps = 10, stepMs = 0 } = pull;
    const breaks = this.#breaks.get(name) ?? [];
    const status = `pulling ${DIGEST.slice(7, 19)}`;
    for (let step = this.#loaded.get(name) ?? 0; step <= steps; step++) {
      const completed = Math.round(bytes * step / steps);
      yield {
        ms: stepMs,
        line: () => {
          this.#loaded.set(name, step);
          return { status, digest: DIGEST, total: bytes, completed };
        },
      };
      if (breaks[0] === step) {
        breaks.shift();
        yield { ms: 0, line: () => ({}), dies: true };
      }
    }
    if (pull.failsWith !== undefined) {
      yield { ms: 0, line: () => ({ error: pull.failsWith }) };
      return;
    }
    for (const status of ["verifying sha256 digest", "writing manifest"]) {
      yield { ms: 0, line: () => ({ status }) };
    }
    yield {
      ms: 0,
      line: () => {
        if (!this.#find(name)) this.#models.push({ name, capabilities: ["completion"] });
        return { status: "success" };
      },
    };
  }

  #create(fields: Record<string, unknown>): Reply {
    const from = this.#find(nameOf(fields.from));
    if (!from) return json({ error: `model '${fields.from}' not found` }, 404);
    const name = nameOf(fields.model);
    const old = this.#find(name);
    if (old) this.#models.splice(this.#models.indexOf(old), 1);
    const parameters = Object.entries((fields.parameters ?? {}) as Record<string, unknown>)
      .flatMap(([key, value]) => [value].flat().map((one) => `${key.padEnd(30)} ${JSON.stringify(one)}`));
    this.#models.push({
      ...from,
      name,
      loaded: false,
      ...(typeof fields.system === "string" ? { system: fields.system } : {}),
      ...(typeof fields.template === "string" ? { template: fields.template } : {}),
      ...(parameters.length > 0 ? { parameters: parameters.join("\n") } : {}),
    });
    return json({ status: "success" });
  }

  #copy(source: string, destination: string): Reply {
    const model = this.#find(source);
    if (!model) return json({ error: `model "${source}" not found` }, 404);
    this.#models.push({ ...model, name: destination, loaded: false });
    return { type: "text", status: 200, body: "" };
  }

  #delete(name: string): Reply {
    const model = this.#find(name);
    if (!model) return json({ error: `model '${name}' not found` }, 404);
    this.#models.splice(this.#models.indexOf(model), 1);
    return { type: "text", status: 200, body: "" };
  }

  #load(name: string, keepAlive: unknown): Reply {
    const model = this.#find(name);
    if (!model) return json({ error: `model '${name}' not found` }, 404);
    const isUnload = keepAlive === 0;
    if (!isUnload && model.capabilities?.includes("embedding")) {
      return json({ error: `"${name}" does not support generate` }, 400);
    }
    model.loaded = !isUnload;
    return json({ model: name, response: "", done: true, done_reason: isUnload ? "unload" : "load" });
  }

  #find(name: string): FakeOllamaModel | undefined {
    return this.#models.find((model) => model.name === name);
  }
}

function nameOf(model: unknown): string {
  const name = String(model);
  return name.includes(":") ? name : `${name}:latest`;
}
