import { z } from "zod";

const textPart = z.object({ type: z.literal("text"), text: z.string() });

const imagePart = z.object({
  type: z.literal("image_url"),
  image_url: z.union([z.string(), z.object({ url: z.string(), detail: z.string().nullish() })]).describe(
    "A data: URL with base64; addresses are refused, as the server fetches nothing that a caller names",
  ),
});

const refusalPart = z.object({ type: z.literal("refusal"), refusal: z.string() });

const textContent = z.union([
  z.string(),
  z.array(z.discriminatedUnion("type", [textPart, refusalPart], {
    error: "Expected a content part of type text",
  })),
]);

const mixedContent = z.union([
  z.string(),
  z.array(z.discriminatedUnion("type", [textPart, imagePart], {
    error: "Expected a content part of type text or image_url",
  })),
]);

const toolCall = z.object({
  id: z.string(),
  type: z.literal("function").nullish(),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

const speaker = { name: z.string().nullish() };

const message = z.discriminatedUnion("role", [
  z.object({ role: z.literal("system"), content: textContent, ...speaker }),
  z.object({ role: z.literal("developer"), content: textContent, ...speaker }),
  z.object({ role: z.literal("user"), content: mixedContent, ...speaker }),
  z.object({
    role: z.literal("assistant"),
    content: textContent.nullish(),
    tool_calls: z.array(toolCall).nullish(),
    ...speaker,
  }),
  z.object({ role: z.literal("tool"), content: mixedContent, tool_call_id: z.string(), ...speaker }),
], { error: "Expected a role of system, developer, user, assistant or tool" });

const jsonSchema = z.record(z.string(), z.unknown());

const tool = z.object({
  type: z.literal("function"),
  function: z.object({
    name: z.string().min(1),
    description: z.string().nullish(),
    parameters: jsonSchema.nullish(),
    strict: z.boolean().nullish(),
  }),
});

const toolChoice = z.union([
  z.enum(["auto", "none", "required"]),
  z.object({ type: z.literal("function"), function: z.object({ name: z.string() }) }),
]);

const responseFormat = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.object({
    type: z.literal("json_schema"),
    json_schema: z.object({
      name: z.string(),
      schema: jsonSchema.nullish(),
      strict: z.boolean().nullish(),
    }),
  }),
], { error: "Expected a type of text, json_object or json_schema" });

const tokens = z.int().positive().nullish();
const penalty = z.number().min(-2).max(2).nullish();
const probability = z.number().min(0).max(1).nullish();

/**
 * The body of `POST /v1/chat/completions`, by https://platform.openai.com/docs/api-reference/chat/create, with `maxTokens` and
 * `topP` as further spellings and `stream_options.include_message`. Fields that are not named here are let pass and ignored.
 */
export const chatCompletionRequest = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({
    include_usage: z.boolean().nullish(),
    include_message: z.boolean().nullish().describe("The last chunk carries the whole message"),
  }).nullish(),
  max_completion_tokens: tokens,
  max_tokens: tokens,
  maxTokens: tokens,
  temperature: z.number().min(0).max(2).nullish(),
  top_p: probability,
  topP: probability,
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  seed: z.int().nullish(),
  presence_penalty: penalty,
  frequency_penalty: penalty,
  n: z.literal(1, { error: "Only one choice (n = 1) can be asked for" }).nullish(),
  reasoning_effort: z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]).nullish(),
  response_format: responseFormat.nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  functions: z.null({ error: "Functions are not taken any more: send them as tools" }).optional(),
});

/** A body of `POST /v1/chat/completions` that passed the schema. */
export type ChatCompletionRequest = z.infer<typeof chatCompletionRequest>;

/** One message of such a body. */
export type RequestMessage = z.infer<typeof message>;
