import { z } from "zod";

/** Every error of `/v1`, by https://platform.openai.com/docs/guides/error-codes. */
export const errorResponse = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    param: z.string().nullable(),
    code: z.string().nullable(),
  }),
});

/** An error, as sent. */
export type OpenAiErrorBody = z.infer<typeof errorResponse>;
