import type { ChatRequest as OllamaRequest, Message, Tool } from "ollama/browser";
import type { ChatRequest, PromptMessage, ReasoningEffort, ResponseFormat } from "../shared/mod.ts";
import { defined } from "./defined.ts";
import { imagesOf, parseArguments, textOf, toolNamesById } from "./prompt.ts";

/**
 * The request in Ollama's form (https://docs.ollama.com/api/chat). The protocol has no tool choice: "none" leaves the tools
 * out, anything else leaves the choice to the model.
 */
export function toOllamaRequest(request: ChatRequest): OllamaRequest {
  const toolNames = toolNamesById(request.messages);
  const tools = request.toolChoice === "none" ? undefined : request.tools?.map(toTool);
  return defined({
    model: request.model,
    messages: request.messages.map((message) => toMessage(message, toolNames)),
    tools: tools?.length ? tools : undefined,
    format: request.responseFormat && toFormat(request.responseFormat),
    think: request.reasoning && toThink(request.model, request.reasoning),
    keep_alive: request.keepAlive,
    options: toOptions(request),
  });
}

function toOptions(request: ChatRequest): NonNullable<OllamaRequest["options"]> {
  return defined({
    temperature: request.temperature,
    top_p: request.topP,
    num_predict: request.maxTokens,
    stop: request.stop,
    seed: request.seed,
    presence_penalty: request.presencePenalty,
    frequency_penalty: request.frequencyPenalty,
    num_ctx: request.contextLength,
  });
}

/** Only gpt-oss knows levels; other models think or do not. */
function toThink(model: string, effort: ReasoningEffort): NonNullable<OllamaRequest["think"]> {
  if (effort === "off") return false;
  return /gpt-?oss/i.test(model) ? effort : true;
}

function toFormat(format: ResponseFormat): string | object | undefined {
  switch (format.type) {
    case "text":
      return undefined;
    case "json_object":
      return "json";
    case "json_schema":
      return format.schema;
  }
}

function toTool({ name, description, parameters }: NonNullable<ChatRequest["tools"]>[number]): Tool {
  const definition = defined({ name, description, parameters });
  // The client types JSON Schema more narrowly than the server reads it.
  return { type: "function", function: definition as Tool["function"] };
}

function toMessage(message: PromptMessage, toolNames: Map<string, string>): Message {
  const images = imagesOf(message.content).map((image) => image.data);
  const toolCalls = message.toolCalls?.map((call) => ({
    id: call.id,
    function: { name: call.name, arguments: parseArguments(call.arguments) },
  }));
  const toolName = message.role === "tool"
    ? message.name ?? toolNames.get(message.toolCallId ?? "")
    : undefined;
  return {
    ...defined({
      role: message.role,
      content: textOf(message.content),
      images: images.length > 0 ? images : undefined,
      tool_calls: toolCalls?.length ? toolCalls : undefined,
      tool_name: toolName,
    }),
    // Newer servers match results to calls by it.
    ...(message.toolCallId === undefined ? {} : { tool_call_id: message.toolCallId }),
  };
}
