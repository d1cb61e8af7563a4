import type { ChatRequest, ContentPart, PromptMessage } from "../shared/mod.ts";
import type { ReasoningEffort, ResponseFormat, ToolChoice, ToolDefinition } from "../shared/mod.ts";
import { parseImageUrl } from "./image_url.ts";
import type { ChatCompletionRequest, RequestMessage } from "./schemas/chat_request.ts";

type Body = ChatCompletionRequest;

const EFFORTS: Record<NonNullable<Body["reasoning_effort"]>, ReasoningEffort> = {
  none: "off",
  minimal: "low",
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "high",
  max: "high",
};

/** The canonical request. Throws `invalid_request` for images that are not inline. */
export function toChatRequest(body: Body): ChatRequest {
  const request: ChatRequest = { model: body.model, messages: body.messages.map(toMessage) };
  set(request, "maxTokens", body.max_completion_tokens ?? body.max_tokens ?? body.maxTokens);
  set(request, "temperature", body.temperature);
  set(request, "topP", body.top_p ?? body.topP);
  set(request, "stop", typeof body.stop === "string" ? [body.stop] : body.stop);
  set(request, "seed", body.seed);
  set(request, "presencePenalty", body.presence_penalty);
  set(request, "frequencyPenalty", body.frequency_penalty);
  set(request, "reasoning", body.reasoning_effort ? EFFORTS[body.reasoning_effort] : undefined);
  set(request, "responseFormat", toResponseFormat(body.response_format));
  set(request, "parallelToolCalls", body.parallel_tool_calls);
  if (body.tools?.length) {
    request.tools = body.tools.map(toTool);
    set(request, "toolChoice", toToolChoice(body.tool_choice));
  }
  return request;
}

function toMessage(message: RequestMessage, i: number): PromptMessage {
  const { role, content } = message;
  const result: PromptMessage = {
    role: role === "developer" ? "system" : role,
    content: toParts(content ?? [], `messages[${i}].content`),
  };
  set(result, "name", message.name);
  if (message.role === "tool") result.toolCallId = message.tool_call_id;
  if (message.role === "assistant" && message.tool_calls?.length) {
    result.toolCalls = message.tool_calls.map(({ id, function: called }) => ({ id, ...called }));
  }
  return result;
}

function toParts(content: NonNullable<RequestMessage["content"]>, field: string): ContentPart[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  return content.map((part, i): ContentPart => {
    if (part.type === "text") return { type: "text", text: part.text };
    if (part.type === "refusal") return { type: "text", text: part.refusal };
    const { image_url: image } = part;
    return typeof image === "string"
      ? parseImageUrl(image, `${field}[${i}].image_url`)
      : parseImageUrl(image.url, `${field}[${i}].image_url.url`);
  });
}

function toTool({ function: tool }: NonNullable<Body["tools"]>[number]): ToolDefinition {
  const definition: ToolDefinition = {
    name: tool.name,
    parameters: tool.parameters ?? { type: "object", properties: {} },
  };
  set(definition, "description", tool.description);
  set(definition, "strict", tool.strict);
  return definition;
}

function toToolChoice(choice: Body["tool_choice"]): ToolChoice | undefined {
  return typeof choice === "object" && choice !== null ? { name: choice.function.name } : choice ?? undefined;
}

function toResponseFormat(format: Body["response_format"]): ResponseFormat | undefined {
  if (!format) return undefined;
  if (format.type !== "json_schema") return format;
  const { name, schema, strict } = format.json_schema;
  if (!schema) return { type: "json_object" };
  return { type: "json_schema", name, schema, ...(typeof strict === "boolean" ? { strict } : {}) };
}

/** Sets what was given: the canonical request has absent properties in place of null. */
function set<T, K extends keyof T>(target: T, key: K, value: NoInfer<T[K]> | null | undefined): void {
  if (value !== null && value !== undefined) target[key] = value;
}
