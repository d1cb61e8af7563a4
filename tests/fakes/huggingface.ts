import { type ChatBody, promptOf } from "./openai.ts";
import { openAIFailure, OpenAIWire, wholeCompletion } from "./openai_wire.ts";
import type { FailureKind } from "./script.ts";
import { FakeServer, type FakeServerOptions, type RecordedRequest } from "./server.ts";
import type { HttpError, Reply } from "./wire.ts";

/** A model on the hub. */
export interface FakeHubModel {
  id: string;
  /** The inference providers that run it, and under which name. */
  providers: Record<string, string>;
  task?: "conversational" | "feature-extraction";
}

/** What the fake of Hugging Face takes. */
export interface FakeHuggingFaceOptions extends FakeServerOptions {
  models?: FakeHubModel[];
  /** Answers 401 to any other token. */
  token?: string;
}

const DEFAULT_MODELS: FakeHubModel[] = [
  { id: "deepseek-ai/DeepSeek-V3", providers: { novita: "deepseek/deepseek_v3" } },
  {
    id: "meta-llama/Llama-3.1-8B-Instruct",
    providers: { nebius: "meta-llama/Llama-3.1-8B", novita: "llama-3.1-8b" },
  },
  {
    id: "sentence-transformers/all-MiniLM-L6-v2",
    providers: { "hf-inference": "sentence-transformers/all-MiniLM-L6-v2" },
    task: "feature-extraction",
  },
];

/**
 * Hugging Face's hub and its router of inference providers in one: `/api/models/<id>` with the providers of a model,
 * `/v1/chat/completions` where the router chooses, `/<provider>/…/chat/completions` where the client does, and the pipeline
 * for embeddings (https://huggingface.co/docs/inference-providers).
 */
export function fakeHuggingFace(options: FakeHuggingFaceOptions = {}): Promise<FakeServer> {
  const models = options.models ?? DEFAULT_MODELS;
  return FakeServer.start((request) => route(request, models, options.token), options);
}

function route(request: RecordedRequest, models: FakeHubModel[], token: string | undefined): Reply {
  const { method, path } = request;
  const authorization = request.headers.get("authorization");
  // The hub and the list of models are open to anybody.
  const open = method === "GET" && path !== "/api/whoami-v2";
  if (token !== undefined && authorization !== `Bearer ${token}` && (!open || authorization !== null)) {
    return json({ status: 401, body: { error: "Invalid username or password." } });
  }
  if (method === "GET") return get(path, models);
  if (path.endsWith("/chat/completions")) return chat(path, request.body as ChatBody, models);
  if (path.endsWith("/pipeline/feature-extraction")) {
    return embed(request.body as { inputs: string | string[] });
  }
  return json({ status: 404, body: { error: "Not Found" } });
}

function get(path: string, models: FakeHubModel[]): Reply {
  if (path === "/api/whoami-v2") return { type: "json", body: { type: "user", name: "ada" } };
  if (path === "/v1/models") {
    return { type: "json", body: { object: "list", data: models.flatMap(routerEntry) } };
  }
  const id = path.replace("/api/models/", "");
  const model = models.find((model) => model.id === id);
  if (!model) return json({ status: 404, body: { error: "Repository not found" } });
  return { type: "json", body: { _id: "65f0", id, inferenceProviderMapping: mapping(model) } };
}

function mapping({ providers, task = "conversational" }: FakeHubModel) {
  return Object.fromEntries(
    Object.entries(providers).map(([name, providerId]) => [name, { status: "live", providerId, task }]),
  );
}

function routerEntry({ id, providers, task = "conversational" }: FakeHubModel) {
  if (task !== "conversational") return [];
  return [{
    id,
    object: "model",
    created: 1_735_128_000,
    owned_by: id.split("/")[0],
    architecture: { input_modalities: ["text"], output_modalities: ["text"] },
    providers: Object.keys(providers).map((provider) => ({
      provider,
      status: "live",
      context_length: 163_840,
      pricing: { input: 0.28, output: 0.89 },
      supports_tools: true,
      supports_structured_output: false,
      is_model_author: false,
    })),
  }];
}

function chat(path: string, body: ChatBody, models: FakeHubModel[]): Reply {
  const routed = path === "/v1/chat/completions";
  const [id, provider] = body.model.split(":");
  const known = routed
    ? models.some((model) => model.id === id && (provider === undefined || provider in model.providers))
    : models.some((model) => Object.values(model.providers).includes(body.model));
  if (!known) return json(failure("model_not_found", body.model));
  return {
    type: "answer",
    prompt: promptOf(body),
    wire: new OpenAIWire(body.model, "huggingface", body.stream_options?.include_usage ?? false),
    whole: (answer) => wholeCompletion(body.model, answer),
    failure: (kind) => failure(kind, body.model),
  };
}

function embed({ inputs }: { inputs: string | string[] }): Reply {
  const vector = (text: string) => [0, 1, 2].map((i) => (text.length + i) / 100);
  return { type: "json", body: typeof inputs === "string" ? vector(inputs) : inputs.map(vector) };
}

function failure(kind: FailureKind, model: string): HttpError {
  switch (kind) {
    case "auth":
      return { status: 401, body: { error: "Invalid username or password." } };
    case "model_not_found": {
      const message = `The requested model '${model}' does not exist`;
      const error = { message, type: "invalid_request_error", param: "model", code: "model_not_found" };
      return { status: 400, body: { error } };
    }
    default:
      return openAIFailure(kind, model, "huggingface");
  }
}

function json({ status, body }: HttpError): Reply {
  return { type: "json", status, body };
}
