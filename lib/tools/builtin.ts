import { calculatorTool } from "./calculator.ts";
import { currentTimeTool } from "./current_time.ts";
import { readAttachmentTool } from "./read_attachment.ts";
import { ToolRegistry } from "./registry.ts";

/** The tools that come with Freshet: `current_time`, `calculator` and `read_attachment`. None of them uses the network. */
export function createTools(options: { now?: () => number } = {}): ToolRegistry {
  return new ToolRegistry([currentTimeTool(options.now ?? Date.now), calculatorTool(), readAttachmentTool()]);
}
