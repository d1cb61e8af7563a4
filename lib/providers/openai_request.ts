import type {
  ChatCompletionContentPart,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
  ChatCompletionTool,
  ChatCompletionToolChoiceOption,
} from "openai/resources/chat/completions";
import type {
  ChatRequest,
  PromptMessage,
  ResponseFormat,
  ToolChoice,
  ToolDefinition,
} from "../shared/mod.ts";
import { defined } from "./defined.ts";
import { dataUrl, imagesOf, textOf } from "./prompt.ts";

/** A request of Chat Completions, streamed. */
export type ChatBody = ChatCompletionCreateParamsStreaming;

/** The request in OpenAI's form. */
export function toChatBody(request: ChatRequest): ChatBody {
  const tools = request.tools?.length ? request.tools : undefined;
  return defined({
    model: request.model,
    messages: request.messages.map(toMessage),
    stream: true as const,
    stream_options: { include_usage: true },
    temperature: request.temperature,
    top_p: request.topP,
    max_tokens: request.maxTokens,
    stop: request.stop?.length ? request.stop : undefined,
    seed: request.seed,
    presence_penalty: request.presencePenalty,
    frequency_penalty: request.frequencyPenalty,
    reasoning_effort: request.reasoning === "off" ? "none" as const : request.reasoning,
    tools: tools?.map(toTool),
    tool_choice: tools && request.toolChoice && toToolChoice(request.toolChoice),
    parallel_tool_calls: tools && request.parallelToolCalls,
    response_format: request.responseFormat && toResponseFormat(request.responseFormat),
  });
}

function toMessage(message: PromptMessage): ChatCompletionMessageParam {
  const text = textOf(message.content);
  switch (message.role) {
    case "system":
      return defined({ role: "system" as const, content: text, name: message.name });
    case "user":
      return defined({ role: "user" as const, content: userContent(message, text), name: message.name });
    case "assistant": {
      const toolCalls = message.toolCalls?.map((call) => ({
        id: call.id,
        type: "function" as const,
        function: { name: call.name, arguments: call.arguments },
      }));
      return defined({
        role: "assistant" as const,
        content: text === "" && toolCalls?.length ? null : text,
        name: message.name,
        tool_calls: toolCalls?.length ? toolCalls : undefined,
      });
    }
    case "tool":
      return { role: "tool", content: text, tool_call_id: message.toolCallId ?? "" };
  }
}

/** Plain text where there is no image: not every server reads content in parts. */
function userContent(message: PromptMessage, text: string): string | ChatCompletionContentPart[] {
  if (imagesOf(message.content).length === 0) return text;
  return message.content.map((part) =>
    part.type === "text" ? part : { type: "image_url", image_url: { url: dataUrl(part) } }
  );
}

function toTool({ name, description, parameters, strict }: ToolDefinition): ChatCompletionTool {
  return { type: "function", function: defined({ name, description, parameters, strict }) };
}

function toToolChoice(choice: ToolChoice): ChatCompletionToolChoiceOption {
  return typeof choice === "string" ? choice : { type: "function", function: choice };
}

function toResponseFormat(format: ResponseFormat): NonNullable<ChatBody["response_format"]> {
  if (format.type !== "json_schema") return { type: format.type };
  const { name, schema, strict } = format;
  return { type: "json_schema", json_schema: defined({ name, schema, strict }) };
}
