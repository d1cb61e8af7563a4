import { openAIFailure, type OpenAIFlavour, OpenAIWire, wholeCompletion } from "./openai_wire.ts";
import type { FakePrompt } from "./script.ts";
import { FakeServer, type FakeServerOptions, type RecordedRequest } from "./server.ts";
import type { Reply } from "./wire.ts";

/** What the fake of OpenAI takes. */
export interface FakeOpenAIOptions extends FakeServerOptions {
  flavour?: OpenAIFlavour;
  /** The models it knows; others answer 404. */
  models?: string[];
  /** Answers 401 to any other key. */
  apiKey?: string;
  /** Fields of a chat request that it refuses. */
  refuses?: string[];
}

type Settings = Required<Pick<FakeOpenAIOptions, "flavour" | "models" | "refuses">> & {
  apiKey: string | undefined;
};

/** OpenAI's API, or that of a server compatible with it, at `<url>/v1`. */
export function fakeOpenAI(options: FakeOpenAIOptions = {}): Promise<FakeServer> {
  const { flavour = "openai", models = ["gpt-4o-mini", "text-embedding-3-small"], refuses = [], apiKey } =
    options;
  const settings = { flavour, models, refuses, apiKey };
  return FakeServer.start((request) => route(request, settings), options);
}

function route(request: RecordedRequest, settings: Settings): Reply {
  const { flavour, apiKey } = settings;
  if (apiKey !== undefined && request.headers.get("authorization") !== `Bearer ${apiKey}`) {
    return json(openAIFailure("auth", "", flavour));
  }
  switch (`${request.method} ${request.path}`) {
    case "GET /v1/models":
      return {
        type: "json",
        body: { object: "list", data: settings.models.map((id) => modelEntry(id, flavour)) },
      };
    case "POST /v1/embeddings":
      return withModel(request, settings, () => embeddings(request.body as EmbeddingsBody));
    case "POST /v1/chat/completions":
      return withModel(request, settings, () => chat(request.body as ChatBody, settings));
    case "GET /api/v0/models":
      if (flavour === "lmstudio") {
        return { type: "json", body: { object: "list", data: settings.models.map(lmStudioEntry) } };
      }
  }
  // LM Studio answers 200 to what it does not know.
  if (flavour === "lmstudio") {
    return {
      type: "json",
      body: { error: `Unexpected endpoint or method. (${request.method} ${request.path})` },
    };
  }
  if (flavour === "vllm") return { type: "json", status: 404, body: { detail: "Not Found" } };
  const message = `Invalid URL (${request.method} ${request.path})`;
  return {
    type: "json",
    status: 404,
    body: { error: { message, type: "invalid_request_error", param: null, code: null } },
  };
}

function modelEntry(id: string, flavour: OpenAIFlavour) {
  switch (flavour) {
    case "vllm":
      return {
        id,
        object: "model",
        created: 1_686_935_002,
        owned_by: "vllm",
        root: id,
        parent: null,
        max_model_len: 32_768,
        permission: [],
      };
    case "lmstudio":
      return { id, object: "model", owned_by: "organization_owner" };
    case "gemini":
      return { id: `models/${id}`, object: "model", owned_by: "google", display_name: "Gemini" };
    default:
      return { id, object: "model", created: 1_686_935_002, owned_by: "openai" };
  }
}

/** https://lmstudio.ai/docs/developer/rest/endpoints */
function lmStudioEntry(id: string) {
  return {
    id,
    object: "model",
    type: id.includes("embed") ? "embeddings" : id.includes("vl") ? "vlm" : "llm",
    publisher: "lmstudio-community",
    arch: "qwen2",
    compatibility_type: "gguf",
    quantization: "Q4_K_M",
    state: "loaded",
    max_context_length: 131_072,
    loaded_context_length: 4096,
    capabilities: ["tool_use"],
  };
}

interface EmbeddingsBody {
  model: string;
  input: string | string[];
  dimensions?: number;
  encoding_format?: string;
}

function embeddings({ model, input, dimensions = 3, encoding_format }: EmbeddingsBody): Reply {
  const texts = typeof input === "string" ? [input] : input;
  const vector = (text: string) => Array.from({ length: dimensions }, (_, i) => (text.length + i) / 100);
  const encode = (values: number[]) =>
    encoding_format === "base64" ? new Uint8Array(new Float32Array(values).buffer).toBase64() : values;
  return {
    type: "json",
    body: {
      object: "list",
      data: texts.map((text, index) => ({ object: "embedding", index, embedding: encode(vector(text)) })),
      model,
      usage: { prompt_tokens: texts.length * 4, total_tokens: texts.length * 4 },
    },
  };
}

/** What is read of a request of Chat Completions. */
export interface ChatBody {
  model: string;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  messages: { role: string; content?: string | { type: string; text?: string }[] | null }[];
  tools?: { function: { name: string } }[];
}

function chat(body: ChatBody, { flavour, refuses }: Settings): Reply {
  const refused = refuses.find((field) => field in body);
  if (refused !== undefined) return refusal(refused, flavour);
  return {
    type: "answer",
    prompt: promptOf(body),
    wire: new OpenAIWire(body.model, flavour, body.stream_options?.include_usage ?? false),
    whole: (answer) => wholeCompletion(body.model, answer),
    failure: (kind) => openAIFailure(kind, body.model, flavour),
  };
}

/** The request as the scripts see it. */
export function promptOf(body: ChatBody): FakePrompt {
  return {
    model: body.model,
    streamed: body.stream ?? false,
    messages: body.messages.map(({ role, content }) => {
      if (typeof content === "string") return { role, text: content, images: 0 };
      const parts = content ?? [];
      const text = parts.map((part) => part.text ?? "").join("");
      return { role, text, images: parts.filter((part) => part.type === "image_url").length };
    }),
    tools: (body.tools ?? []).map((tool) => tool.function.name),
  };
}

function refusal(field: string, flavour: OpenAIFlavour): Reply {
  if (flavour === "mistral") {
    const issue = { type: "extra_forbidden", loc: ["body", field], msg: "Extra inputs are not permitted" };
    return {
      type: "json",
      status: 422,
      body: { object: "error", message: { detail: [issue] }, type: "invalid_request_error" },
    };
  }
  const message = `Unsupported parameter: '${field}' is not supported with this model.`;
  const error = { message, type: "invalid_request_error", param: field, code: "unsupported_parameter" };
  return { type: "json", status: 400, body: { error } };
}

function withModel(request: RecordedRequest, { models, flavour }: Settings, answer: () => Reply): Reply {
  const { model } = request.body as { model: string };
  return models.includes(model) ? answer() : json(openAIFailure("model_not_found", model, flavour));
}

function json({ status, body }: { status: number; body: unknown }): Reply {
  return { type: "json", status, body };
}
