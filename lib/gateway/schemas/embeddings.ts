import { z } from "zod";

const MAX_INPUTS = 2048;

const input = z.string().min(1);

/** The body of `POST /v1/embeddings`, by https://platform.openai.com/docs/api-reference/embeddings/create. */
export const embeddingsRequest = z.object({
  model: z.string().min(1),
  input: z.union([input, z.array(input).min(1).max(MAX_INPUTS)], {
    error:
      `Expected a text, or 1 to ${MAX_INPUTS} texts; token numbers differ between models and are not taken`,
  }),
  dimensions: z.int().positive().nullish(),
  encoding_format: z.enum(["float", "base64"]).nullish(),
});

/** The answer to `POST /v1/embeddings`; with `base64`, a vector is little-endian float32. */
export const embeddingsResponse = z.object({
  object: z.literal("list"),
  data: z.array(z.object({
    object: z.literal("embedding"),
    index: z.int(),
    embedding: z.union([z.array(z.number()), z.string()]),
  })),
  model: z.string(),
  usage: z.object({
    prompt_tokens: z.int(),
    total_tokens: z.int(),
    promptTokens: z.int(),
    totalTokens: z.int(),
    estimated: z.literal(true).optional(),
  }),
});

/** The answer to a request for embeddings, as sent. */
export type EmbeddingsResponse = z.infer<typeof embeddingsResponse>;
