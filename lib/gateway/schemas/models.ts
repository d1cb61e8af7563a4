import { z } from "zod";
import { PROVIDER_KINDS } from "../../shared/mod.ts";

/** One model: OpenAI's fields, and what Freshet knows besides. */
export const model = z.object({
  id: z.string(),
  object: z.literal("model"),
  created: z.int().describe("Seconds since 1970; 0 where unknown"),
  owned_by: z.string(),
  name: z.string(),
  capabilities: z.array(z.enum(["chat", "vision", "tools", "reasoning", "embedding", "json"])),
  context_length: z.int().optional().describe("Tokens"),
  contextLength: z.int().optional().describe("Tokens"),
  loaded: z.boolean().optional(),
  nodes: z.array(z.object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(PROVIDER_KINDS),
    local: z.boolean(),
  })),
});

/** The answer to `GET /v1/models`. */
export const modelList = z.object({ object: z.literal("list"), data: z.array(model) });

/** A model, as sent. */
export type ModelBody = z.infer<typeof model>;
