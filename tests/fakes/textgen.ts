import { json, recordOf } from "./jobs.ts";
import { FakeServer, type FakeServerOptions, type RecordedRequest } from "./server.ts";
import type { Reply } from "./wire.ts";

/** What is in memory of the fake. */
export interface FakeTextgenState {
  model: string;
  loader: string;
  loras: string[];
  /** What the last model was loaded with. */
  args: Record<string, unknown>;
}

/** What the fake of Text Generation WebUI takes. */
export interface FakeTextgenOptions extends FakeServerOptions {
  models?: string[];
  state?: FakeTextgenState;
  /** True for servers that only speak OpenAI's protocol. */
  isBare?: boolean;
  /** What loading a model fails of. */
  fails?: string;
}

/** Text Generation WebUI's own endpoints, by its modules/api/script.py, models.py and typing.py. */
export function fakeTextgen(options: FakeTextgenOptions = {}): Promise<FakeServer> {
  const { models = ["Qwen3-4B-Q4_K_M.gguf", "gemma-3-4b-it"], isBare = false } = options;
  const state = options.state ?? { model: "None", loader: "", loras: [], args: {} };
  return FakeServer.start((request) => {
    return route(request, models, state) ??
      (isBare ? undefined : internal(request, models, state, options.fails)) ??
      json({ detail: "Not Found" }, 404);
  }, options);
}

/** A string of JSON. */
const OK: Reply = { type: "text", status: 200, body: '"OK"' };

function route(
  { method, path }: RecordedRequest,
  _: string[],
  { model }: FakeTextgenState,
): Reply | undefined {
  if (method !== "GET" || path !== "/v1/models") return undefined;
  const data = model === "None" ? [] : [{ id: model, object: "model", created: 0, owned_by: "user" }];
  return json({ object: "list", data });
}

function internal(
  { method, path, body }: RecordedRequest,
  models: string[],
  state: FakeTextgenState,
  fails: string | undefined,
): Reply | undefined {
  switch (`${method} ${path}`) {
    case "GET /v1/internal/model/list":
      return json({ model_names: ["None", ...models] });
    case "GET /v1/internal/model/info":
      return json({ model_name: state.model, lora_names: state.loras, loader: state.loader });
    case "POST /v1/internal/model/load": {
      const { model_name, args } = recordOf(body);
      if (typeof model_name !== "string") {
        return json(
          { detail: [{ loc: ["body", "model_name"], msg: "Field required", type: "missing" }] },
          422,
        );
      }
      // The one in memory goes before it is known whether the next one can be loaded.
      state.model = "None";
      if (fails !== undefined) return json({ detail: fails }, 500);
      if (!models.includes(model_name)) return { type: "text", status: 500, body: "Internal Server Error" };
      const { loader } = recordOf(args);
      Object.assign(state, {
        model: model_name,
        loader: typeof loader === "string" ? loader : "llama.cpp",
        args: recordOf(args),
      });
      return OK;
    }
    case "POST /v1/internal/model/unload":
      state.model = "None";
      return OK;
  }
}
