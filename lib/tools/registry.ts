import { FreshetError, type ToolDefinition } from "../shared/mod.ts";
import type { Tool, ToolContext, ToolInfo } from "./tool.ts";

/** How long a tool may take, in ms. */
export const TOOL_TIMEOUT_MS = 10_000;

/** How much of a tool's answer a model gets, in bytes of UTF-8. */
export const TOOL_OUTPUT_MAX_BYTES = 32 * 1024;

const CUT_NOTE = "\n[The rest was cut off]";

/** What a tool answered, for the model. */
export interface ToolResult {
  content: string;
  /** True where `content` says why there is no answer. */
  isError: boolean;
}

/** The tools that models may call, by name. */
export class ToolRegistry {
  #tools: Map<string, Tool>;
  #timeoutMs: number;

  constructor(tools: readonly Tool[], options: { timeoutMs?: number } = {}) {
    this.#tools = new Map(tools.map((tool) => [tool.info.name, tool]));
    this.#timeoutMs = options.timeoutMs ?? TOOL_TIMEOUT_MS;
  }

  /** All tools, as people choose them. */
  list(): ToolInfo[] {
    return [...this.#tools.values()].map((tool) => tool.info);
  }

  /** The named tools, as models are told of them; names that are not known any more are left out. */
  definitions(names: readonly string[]): ToolDefinition[] {
    return names.flatMap((name) => this.#tools.get(name)?.definition ?? []);
  }

  /**
   * Answers a model's call. It never throws: an unknown tool, arguments that do not fit, a failure, or more than
   * `TOOL_TIMEOUT_MS` become a result with `isError`. What is longer than `TOOL_OUTPUT_MAX_BYTES` is cut, and says so.
   */
  async call(name: string, argumentsJson: string, context: ToolContext): Promise<ToolResult> {
    const timeout = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const tool = this.#tools.get(name);
      if (!tool) throw new FreshetError("not_found", `There is no tool named ${name}`);
      const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          const error = new FreshetError("stalled", `${name} took longer than ${this.#timeoutMs / 1000} s`);
          timeout.abort(error);
          reject(error);
        }, this.#timeoutMs);
      });
      const content = await Promise.race([tool.call(argumentsJson, context, timeout.signal), tooLate]);
      return { content: cut(content), isError: false };
    } catch (error) {
      // Only errors that are meant to be read leave the server: a model may repeat what it is told.
      const message = error instanceof FreshetError ? error.message : `${name} failed`;
      return { content: cut(message), isError: true };
    } finally {
      clearTimeout(timer);
    }
  }
}

function cut(content: string): string {
  const bytes = new TextEncoder().encode(content);
  if (bytes.length <= TOOL_OUTPUT_MAX_BYTES) return content;
  const kept = bytes.subarray(0, TOOL_OUTPUT_MAX_BYTES - CUT_NOTE.length);
  // In a stream the decoder keeps back a character that was cut in the middle.
  return new TextDecoder().decode(kept, { stream: true }) + CUT_NOTE;
}
