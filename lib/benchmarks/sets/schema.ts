import { z } from "zod";
import type { BenchmarkPrompt, Grader, JsonValue } from "../../shared/mod.ts";
import { expression } from "../graders/grade.ts";

/** Prompts of a set at most. */
export const PROMPTS_MAX = 500;
/** Characters of a prompt, and of all prompts of a set together. */
export const PROMPT_MAX_CHARS = 200_000;
export const SET_MAX_CHARS = 4_000_000;

const answer = z.string().trim().min(1).max(2_000);

const patternSchema = z.string().min(1).max(500).superRefine((pattern, context) => {
  try {
    expression({ type: "regex", pattern });
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    context.addIssue({ code: "custom", message: `is no regular expression in RE2's syntax: ${why}` });
  }
});

/** Any JSON. zod's own has no name, and what holds itself needs one in the API's document. */
const jsonSchema: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(jsonSchema),
    z.record(z.string(), jsonSchema),
  ])
).meta({ id: "JsonValue" });

/** How an answer is judged. */
export const graderSchema: z.ZodType<Grader> = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("exact"),
    answers: z.array(answer).min(1).max(50),
    caseSensitive: z.boolean().exactOptional(),
  }),
  z.strictObject({
    type: z.literal("number"),
    answer: z.number(),
    tolerance: z.number().min(0).exactOptional(),
  }),
  z.strictObject({
    type: z.literal("choice"),
    answer: z.string().regex(/^[A-Za-z]$/, "has to be one letter"),
  }),
  z.strictObject({
    type: z.literal("regex"),
    pattern: patternSchema,
    ignoreCase: z.boolean().exactOptional(),
  }),
  z.strictObject({ type: z.literal("json"), answer: jsonSchema }),
]);

const promptSchema: z.ZodType<BenchmarkPrompt> = z.strictObject({
  text: z.string().trim().min(1).max(PROMPT_MAX_CHARS),
  system: z.string().trim().min(1).max(PROMPT_MAX_CHARS).exactOptional(),
  grader: graderSchema.exactOptional(),
});

/** A set as a person writes it. */
export const promptSetSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  description: z.string().trim().max(500).default(""),
  prompts: z.array(promptSchema).min(1).max(PROMPTS_MAX).refine(
    (prompts) => prompts.reduce((sum, { text }) => sum + text.length, 0) <= SET_MAX_CHARS,
    `has more than ${SET_MAX_CHARS} characters in all`,
  ),
}).meta({ id: "PromptSet" });

/** A set to be kept. */
export type PromptSetBody = z.output<typeof promptSetSchema>;
