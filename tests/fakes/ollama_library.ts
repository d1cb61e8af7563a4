import type { FakeOllamaModel } from "./ollama.ts";
import { digestOf, sha256 } from "./ollama_manifest.ts";
import { Died } from "./play.ts";
import type { RecordedRequest } from "./server.ts";
import type { Reply } from "./wire.ts";

/** A model that can be pulled, and how that goes. */
export interface FakePull {
  /** What the weights are, as of a model that was published anew; its name unless given. */
  weights?: string;
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

/** How a creation goes. */
export interface FakeCreation {
  /** ms of each line. */
  stepMs?: number;
  /** The connection breaks before the manifest is written, as of a server that is restarted. */
  dies?: boolean;
  /** An error that the server tells in place of writing the manifest. */
  failsWith?: string;
}

const DIGEST = "sha256:a2af6cc3eb7fa8be8504abaf9b04e88f17a119ec3f04a3addf55f92841195f5a";
const json = (body: unknown, status = 200): Reply => ({ type: "json", status, body });

/** A line of a stream, after so many ms. */
interface Line {
  ms: number;
  line: () => unknown;
  dies?: boolean;
}

/**
 * What Ollama does to its models, by server/routes.go and server/images.go: a pull that was cut goes on where it was. A model is
 * named by `model`, or by `name` as before, which its client still sends.
 */
export class OllamaLibrary {
  readonly #models: FakeOllamaModel[];
  readonly #library: Readonly<Record<string, FakePull>>;
  /** Steps that are there, of pulls that were begun. */
  readonly #loaded = new Map<string, number>();
  readonly #creations: FakeCreation[];
  readonly #breaks = new Map<string, number[]>();

  constructor(
    models: FakeOllamaModel[],
    library: Readonly<Record<string, FakePull>>,
    creations: readonly FakeCreation[] = [],
  ) {
    this.#models = models;
    this.#library = library;
    this.#creations = [...creations];
    for (const model of models) model.weights ??= model.name;
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
    return streamed(() => this.#steps(name));
  }

  *#steps(name: string): Generator<Line> {
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
        this.#put({ name, capabilities: ["completion"], weights: pull.weights ?? name });
        return { status: "success" };
      },
    };
  }

  /**
   * Parameters are laid over those of the base, and an empty text counts as none. What is wrong with the model it is made of
   * is told within the stream; a base that is not there is downloaded first (server/create.go).
   */
  #create(fields: Record<string, unknown>): Reply {
    const name = nameOf(fields.model ?? fields.name);
    if (fields.adapters) return json({ error: "LoRA adapters are no longer supported" }, 400);
    if (!/^[\w./:-]+$/.test(name)) return json({ error: "invalid model name" }, 400);
    const lines = () => this.#creating(name, fields);
    if (fields.stream === false) {
      const last = [...lines()].map(({ line }) => line()).at(-1) as { error?: string };
      return json(last, last.error === undefined ? 200 : 500);
    }
    return streamed(lines);
  }

  *#creating(name: string, fields: Record<string, unknown>): Generator<Line> {
    const { stepMs: ms = 0, dies = false, failsWith } = this.#creations.shift() ?? {};
    const from = this.#find(nameOf(fields.from));
    const { template } = fields;
    if (!from) {
      yield { ms, line: () => ({ status: "pulling manifest" }) };
      yield { ms, line: () => ({ error: "pull model manifest: file does not exist" }) };
      return;
    }
    const layer = digestOf(from);
    yield { ms, line: () => ({ status: `using existing layer sha256:${layer}` }) };
    if (typeof template === "string" && template.split("{{").length !== template.split("}}").length) {
      yield { ms, line: () => ({ error: "template error: template: :1: unclosed action", status: 400 }) };
      return;
    }
    yield { ms, line: () => ({ status: `creating new layer sha256:${sha256(JSON.stringify(fields))}` }) };
    if (failsWith !== undefined) {
      yield { ms, line: () => ({ error: failsWith }) };
      return;
    }
    if (dies) yield { ms, line: () => ({}), dies };
    yield {
      ms,
      line: () => {
        this.#put(madeOf(from, name, fields));
        return { status: "writing manifest" };
      },
    };
    yield { ms: 0, line: () => ({ status: "success" }) };
  }

  #copy(source: string, destination: string): Reply {
    const model = this.#find(source);
    if (!model) return json({ error: `model "${source}" not found` }, 404);
    if (source !== destination) this.#put({ ...model, name: destination });
    return { type: "text", status: 200, body: "" };
  }

  /** Gives a name to a model. What is in memory stays as it was until it is loaded anew. */
  #put({ loaded: _, loadedDigest: _digest, expiresAt: _expires, ...model }: FakeOllamaModel): void {
    const old = this.#find(model.name);
    if (old) this.#models.splice(this.#models.indexOf(old), 1);
    this.#models.push({
      ...model,
      ...(old?.loaded
        ? {
          loaded: true,
          loadedDigest: old.loadedDigest ?? digestOf(old),
          ...(old.expiresAt ? { expiresAt: old.expiresAt } : {}),
        }
        : {}),
    });
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
    // The scheduler uses an instance that is there, whatever has become of the name since.
    if (isUnload || !model.loaded) delete model.loadedDigest;
    model.loaded = !isUnload;
    model.expiresAt = expiryOf(keepAlive);
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

function streamed(lines: () => Iterable<Line>): Reply {
  return {
    type: "chunks",
    contentType: "application/x-ndjson",
    chunks: async function* (wait, signal) {
      for (const { ms, line, dies } of lines()) {
        if (dies) throw new Died();
        await wait(ms);
        if (signal.aborted) return;
        yield `${JSON.stringify(line())}\n`;
      }
    },
  };
}

function madeOf(from: FakeOllamaModel, name: string, fields: Record<string, unknown>): FakeOllamaModel {
  const parameters = fields.parameters as Record<string, unknown> | undefined;
  const { system, template } = fields;
  return {
    ...from,
    name,
    ...(parameters && Object.keys(parameters).length > 0
      ? { parameters: { ...from.parameters, ...parameters } }
      : {}),
    ...(typeof system === "string" && system !== "" ? { system } : {}),
    ...(typeof template === "string" && template !== "" ? { template } : {}),
  };
}

/** "5m" where nothing is said, for ever for what is below 0 (server/routes.go, api/types.go). */
function expiryOf(keepAlive: unknown): string {
  const text = typeof keepAlive === "number" ? `${keepAlive}s` : String(keepAlive ?? "5m");
  const [, amount = "5", unit = "m"] = /^(-?[\d.]+)(ms|s|m|h)$/.exec(text) ?? [];
  if (Number(amount) < 0) return "2318-01-30T16:33:53.777023-07:00";
  const ms = Number(amount) * ({ ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit] ?? 0);
  return new Date(Date.now() + ms).toISOString();
}
