import type {
  ContentBlockParam,
  ImageBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
  OutputConfig,
  Tool,
  ToolChoice as AnthropicToolChoice,
  ToolResultBlockParam,
} from "@anthropic-ai/sdk/resources/messages";
import type { ChatRequest, PromptMessage, ToolDefinition } from "../shared/mod.ts";
import { thinkingFor } from "./anthropic_thinking.ts";
import { claudeVersion } from "./claude_version.ts";
import { defined } from "./defined.ts";
import { imagesOf, parseArguments, textOf } from "./prompt.ts";

/** A request of the Messages API, streamed. */
export type MessagesBody = MessageCreateParamsStreaming;

/** The last version of the API with `temperature` and `top_p`. */
const VERSION_WITH_SAMPLING = "2023-06-01";
/** Claude 4.7 and later take no sampling settings in any version of the API. */
const FIRST_WITHOUT_SAMPLING = 4.7;

/** The request in Anthropic's form. */
export function toMessagesBody(request: ChatRequest): MessagesBody {
  const maxTokens = request.maxTokens ?? defaultMaxTokens(request.model);
  const { thinking, effort } = thinkingFor(request, maxTokens);
  const stop = request.stop?.filter((text) => text.trim() !== "");
  return {
    ...defined({
      model: request.model,
      max_tokens: maxTokens,
      stream: true as const,
      system: systemOf(request) || undefined,
      messages: toMessages(request.messages),
      stop_sequences: stop?.length ? stop : undefined,
      thinking,
      output_config: outputConfig(request, effort),
      tools: request.tools?.length ? request.tools.map(toTool) : undefined,
      tool_choice: toToolChoice(request),
    }),
    ...samplingOf(request),
  };
}

/** The version of the API to ask for, where it is not the client's own. */
export function apiVersionFor(request: ChatRequest): string | undefined {
  return Object.keys(samplingOf(request)).length > 0 ? VERSION_WITH_SAMPLING : undefined;
}

/**
 * `temperature` (at most 1) or `top_p`, never both, for the models that still take them. The client has no types for them:
 * API version 2026-10-21 dropped them (https://platform.claude.com/docs/en/api/migration-2026-10-21).
 */
function samplingOf(request: ChatRequest): { temperature?: number; top_p?: number } {
  if ((claudeVersion(request.model) ?? 0) >= FIRST_WITHOUT_SAMPLING) return {};
  // Thinking goes with the default temperature only.
  if (request.reasoning !== undefined && request.reasoning !== "off") return {};
  if (request.temperature !== undefined) return { temperature: Math.min(request.temperature, 1) };
  return request.topP === undefined ? {} : { top_p: request.topP };
}

/** The API wants a limit. Models bound it differently; more than one gives is an error. */
function defaultMaxTokens(model: string): number {
  const version = claudeVersion(model);
  if (version === undefined) return 8192;
  if (version >= 4) return 32_000;
  return version >= 3.5 ? 8192 : 4096;
}

/** System messages go apart from the others. "Any JSON object" is no format of the API, so it is asked for in words. */
function systemOf(request: ChatRequest): string {
  const texts = request.messages.filter((message) => message.role === "system").map((m) => textOf(m.content));
  if (request.responseFormat?.type === "json_object") {
    texts.push("Answer with one JSON object and nothing else: no prose, no code fence.");
  }
  return texts.filter((text) => text !== "").join("\n\n");
}

function outputConfig(request: ChatRequest, effort: OutputConfig["effort"]): OutputConfig | undefined {
  const format = request.responseFormat?.type === "json_schema"
    ? { type: "json_schema" as const, schema: request.responseFormat.schema }
    : undefined;
  return format || effort ? defined({ format, effort: effort ?? undefined }) : undefined;
}

/** Results of tools are content of the user's next message, all of one turn in one message. */
function toMessages(messages: PromptMessage[]): MessageParam[] {
  const result: MessageParam[] = [];
  let results: ToolResultBlockParam[] | undefined;
  for (const message of messages) {
    if (message.role === "system") continue;
    if (message.role === "tool") {
      if (results) results.push(toToolResult(message));
      else result.push({ role: "user", content: results = [toToolResult(message)] });
      continue;
    }
    results = undefined;
    const content = toBlocks(message);
    // A message without content is refused.
    if (content.length > 0) result.push({ role: message.role, content });
  }
  return result;
}

function toBlocks(message: PromptMessage): ContentBlockParam[] {
  const blocks = message.content.flatMap((part): ContentBlockParam[] => {
    if (part.type === "image") return [toImage(part)];
    return part.text.trim() === "" ? [] : [{ type: "text", text: part.text }];
  });
  for (const call of message.toolCalls ?? []) {
    blocks.push({
      type: "tool_use",
      id: call.id.replaceAll(/[^A-Za-z0-9_-]/g, "_"),
      name: call.name,
      input: parseArguments(call.arguments),
    });
  }
  return blocks;
}

function toToolResult(message: PromptMessage): ToolResultBlockParam {
  const images = imagesOf(message.content).map(toImage);
  const text = textOf(message.content);
  return {
    type: "tool_result",
    tool_use_id: (message.toolCallId ?? "").replaceAll(/[^A-Za-z0-9_-]/g, "_"),
    content: images.length === 0
      ? text
      : [...(text === "" ? [] : [{ type: "text" as const, text }]), ...images],
  };
}

function toImage(part: { mediaType: string; data: string }): ImageBlockParam {
  // The API answers with a clear error for a type it does not read.
  const media_type = part.mediaType as "image/png";
  return { type: "image", source: { type: "base64", media_type, data: part.data } };
}

function toTool({ name, description, parameters, strict }: ToolDefinition): Tool {
  return defined({ name, description, strict, input_schema: { ...parameters, type: "object" as const } });
}

function toToolChoice(
  { tools, toolChoice, parallelToolCalls }: ChatRequest,
): AnthropicToolChoice | undefined {
  if (!tools?.length) return undefined;
  const single = parallelToolCalls === false ? { disable_parallel_tool_use: true } : {};
  if (toolChoice === "none") return { type: "none" };
  if (toolChoice === "required") return { type: "any", ...single };
  if (typeof toolChoice === "object") return { type: "tool", name: toolChoice.name, ...single };
  return parallelToolCalls === false || toolChoice === "auto" ? { type: "auto", ...single } : undefined;
}
