import { z } from "zod";
import { FreshetError, type ToolDefinition } from "../shared/mod.ts";

/** What a call of a tool may reach. */
export interface ToolContext {
  /** The texts of the files attached to the chat. */
  readAttachments(): Promise<{ name: string; text: string }[]>;
}

/** A tool as people choose it. */
export interface ToolInfo {
  name: string;
  title: string;
  description: string;
}

/** What a tool is made of. */
export interface ToolSpec<Schema extends z.ZodObject> {
  name: string;
  /** For people. */
  title: string;
  /** For models and people: what it does and when to call it. */
  description: string;
  /** Every field needs a description for the model. */
  parameters: Schema;
  /** Answers a call. What it throws as a `FreshetError` is told to the model. */
  run(parameters: z.infer<Schema>, context: ToolContext, signal: AbortSignal): string | Promise<string>;
}

/** A tool that can be offered to a model. */
export interface Tool {
  readonly info: ToolInfo;
  readonly definition: ToolDefinition;
  /** Checks the arguments and answers the call. Throws `invalid_request` where they do not fit. */
  call(argumentsJson: string, context: ToolContext, signal: AbortSignal): Promise<string>;
}

/** Makes a tool of its parts: the schema is both told to the model and checked. */
export function defineTool<Schema extends z.ZodObject>(spec: ToolSpec<Schema>): Tool {
  const { name, title, description } = spec;
  const { $schema: _, ...parameters } = z.toJSONSchema(spec.parameters, { io: "input" });
  return {
    info: { name, title, description },
    definition: { name, description, parameters },
    async call(argumentsJson, context, signal) {
      return await spec.run(parseArguments(name, spec.parameters, argumentsJson), context, signal);
    },
  };
}

function parseArguments<Schema extends z.ZodObject>(
  name: string,
  schema: Schema,
  argumentsJson: string,
): z.infer<Schema> {
  const result = schema.safeParse(parseJson(name, argumentsJson));
  if (result.success) return result.data;
  throw new FreshetError("invalid_request", `Cannot call ${name}: ${z.prettifyError(result.error)}`);
}

function parseJson(name: string, text: string): unknown {
  // Models leave the arguments empty where all are optional.
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FreshetError("invalid_request", `Cannot call ${name}: the arguments are no valid JSON`, {
      cause,
    });
  }
}
