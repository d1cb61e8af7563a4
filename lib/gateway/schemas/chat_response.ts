import { z } from "zod";

const finishReason = z.enum(["stop", "length", "tool_calls", "content_filter"]);

/** The tokens of a completion, in OpenAI's spelling and in camelCase. */
export const usage = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  prompt_tokens_details: z.object({ cached_tokens: z.int() }).optional(),
  completion_tokens_details: z.object({ reasoning_tokens: z.int() }).optional(),
  promptTokens: z.int(),
  completionTokens: z.int(),
  totalTokens: z.int(),
  estimated: z.literal(true).optional().describe("Present where the model server reported no figures"),
});

/** The message of a model. */
const assistantMessage = z.object({
  role: z.literal("assistant"),
  content: z.string().nullable(),
  refusal: z.null(),
  reasoning_content: z.string().optional(),
  tool_calls: z.array(z.object({
    id: z.string(),
    type: z.literal("function"),
    function: z.object({ name: z.string(), arguments: z.string() }),
  })).optional(),
});

/** The answer to `POST /v1/chat/completions` without `stream`. */
export const chatCompletion = z.object({
  id: z.string(),
  object: z.literal("chat.completion"),
  created: z.int().describe("Seconds since 1970"),
  model: z.string(),
  choices: z.array(z.object({
    index: z.int(),
    message: assistantMessage,
    logprobs: z.null(),
    finish_reason: finishReason,
    finishReason,
  })),
  usage,
});

/** One event of a streamed answer. */
export const chatCompletionChunk = z.object({
  id: z.string(),
  object: z.literal("chat.completion.chunk"),
  created: z.int().describe("Seconds since 1970"),
  model: z.string(),
  choices: z.array(z.object({
    index: z.int(),
    delta: z.object({
      role: z.literal("assistant").optional(),
      content: z.string().nullable().optional(),
      reasoning_content: z.string().optional(),
      tool_calls: z.array(z.object({
        index: z.int(),
        id: z.string().optional(),
        type: z.literal("function").optional(),
        function: z.object({ name: z.string().optional(), arguments: z.string().optional() }),
      })).optional(),
    }),
    logprobs: z.null(),
    finish_reason: finishReason.nullable(),
    finishReason: finishReason.optional(),
    message: assistantMessage.optional(),
  })),
  usage: usage.nullable().optional(),
  message: assistantMessage.optional(),
});

/** The tokens of a call. */
export type UsageBody = z.infer<typeof usage>;

/** The message of a model, as sent. */
export type AssistantMessage = z.infer<typeof assistantMessage>;

/** A whole answer, as sent. */
export type ChatCompletion = z.infer<typeof chatCompletion>;
