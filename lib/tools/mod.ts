/** Tools that the model of a chat may call. */
export { createTools } from "./builtin.ts";
export { TOOL_OUTPUT_MAX_BYTES, TOOL_TIMEOUT_MS, ToolRegistry, type ToolResult } from "./registry.ts";
export { defineTool, type Tool, type ToolContext, type ToolInfo, type ToolSpec } from "./tool.ts";
