import { anthropicFailure, AnthropicWire, errorBody, wholeMessage } from "./anthropic_wire.ts";
import type { FakePrompt } from "./script.ts";
import { FakeServer, type FakeServerOptions, type RecordedRequest } from "./server.ts";
import type { HttpError, Reply } from "./wire.ts";

/** What the fake of Anthropic takes. */
export interface FakeAnthropicOptions extends FakeServerOptions {
  models?: string[];
  /** Answers 401 to any other key. */
  apiKey?: string;
  /** Models to a page of the list. */
  pageSize?: number;
  /** True for a server of before the list told of capabilities. */
  plainModels?: boolean;
}

/** Anthropic's API, by https://platform.claude.com/docs/en/api, versions 2023-06-01 and 2026-10-21. */
export function fakeAnthropic(options: FakeAnthropicOptions = {}): Promise<FakeServer> {
  const models = options.models ?? ["claude-sonnet-5-5", "claude-haiku-4-5-20251001"];
  return FakeServer.start((request) => route(request, models, options), options);
}

function route(request: RecordedRequest, models: string[], options: FakeAnthropicOptions): Reply {
  const { apiKey } = options;
  const key = request.headers.get("x-api-key") ??
    request.headers.get("authorization")?.replace("Bearer ", "");
  if (apiKey !== undefined && key !== apiKey) return json(anthropicFailure("auth", ""));
  switch (`${request.method} ${request.path}`) {
    case "GET /v1/models":
      return listModels(request.query, models, options);
    case "POST /v1/messages":
      return message(request, models);
    default:
      return json({ status: 404, body: errorBody("not_found_error", "Not found") });
  }
}

function listModels(
  query: URLSearchParams,
  models: string[],
  { pageSize = 1000, plainModels }: FakeAnthropicOptions,
): Reply {
  const start = query.has("after_id") ? models.indexOf(query.get("after_id") ?? "") + 1 : 0;
  const page = models.slice(start, start + Math.min(pageSize, Number(query.get("limit") ?? 20)));
  return {
    type: "json",
    body: {
      data: page.map((id) => plainModels ? plainEntry(id) : modelEntry(id)),
      has_more: start + page.length < models.length,
      first_id: page[0] ?? null,
      last_id: page.at(-1) ?? null,
    },
  };
}

function plainEntry(id: string) {
  return { type: "model", id, display_name: id, created_at: "2026-02-19T00:00:00Z" };
}

function modelEntry(id: string) {
  const yes = { supported: true };
  const no = { supported: false };
  return {
    ...plainEntry(id),
    display_name: id.replace("claude-", "Claude "),
    capabilities: {
      batch: yes,
      citations: yes,
      code_execution: yes,
      image_input: yes,
      pdf_input: yes,
      structured_outputs: yes,
      thinking: { supported: true, types: { adaptive: yes, enabled: no, disabled: yes, between_tools: no } },
      effort: { supported: true, low: yes, medium: yes, high: yes, max: yes, xhigh: null },
    },
    lifecycle: "active",
    max_input_tokens: 1_000_000,
    max_tokens: 128_000,
  };
}

interface MessagesBody {
  model: string;
  stream?: boolean;
  temperature?: number;
  messages: { role: string; content: string | Block[] }[];
  tools?: { name: string }[];
}

interface Block {
  type: string;
  text?: string;
  content?: string | Block[];
}

function message(request: RecordedRequest, models: string[]): Reply {
  const body = request.body as MessagesBody;
  if (!models.includes(body.model)) return json(anthropicFailure("model_not_found", body.model));
  if (request.headers.get("anthropic-version") === "2026-10-21" && "temperature" in body) {
    return json({
      status: 400,
      body: errorBody("invalid_request_error", "temperature: Extra inputs are not permitted"),
    });
  }
  return {
    type: "answer",
    prompt: promptOf(body),
    wire: new AnthropicWire(body.model),
    whole: (answer) => wholeMessage(body.model, answer),
    failure: (kind) => anthropicFailure(kind, body.model),
  };
}

function promptOf(body: MessagesBody): FakePrompt {
  return {
    model: body.model,
    streamed: body.stream ?? false,
    messages: body.messages.map(({ role, content }) => {
      const blocks = typeof content === "string" ? [{ type: "text", text: content }] : content;
      const isResult = blocks.some((block) => block.type === "tool_result");
      const images = blocks.filter((block) => block.type === "image").length;
      return { role: isResult ? "tool" : role, text: blocks.map(textOf).join(""), images };
    }),
    tools: (body.tools ?? []).map((tool) => tool.name),
  };
}

function textOf(block: Block): string {
  if (block.text !== undefined) return block.text;
  if (typeof block.content === "string") return block.content;
  return (block.content ?? []).map(textOf).join("");
}

function json({ status, body }: HttpError): Reply {
  return { type: "json", status, body };
}
