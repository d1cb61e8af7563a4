import { z } from "zod";
import { FreshetError } from "../shared/mod.ts";
import {
  TERMINAL_COLS_MAX,
  TERMINAL_INPUT_MAX,
  TERMINAL_ROWS_MAX,
  type TerminalRequest,
} from "../shared/terminal/mod.ts";

/** How large a terminal may be. */
export const terminalSize = {
  cols: z.int().min(2).max(TERMINAL_COLS_MAX),
  rows: z.int().min(1).max(TERMINAL_ROWS_MAX),
};

/** Escapes of control characters make a frame up to six times as long as its input. */
const FRAME_MAX = 6 * TERMINAL_INPUT_MAX + 1024;

const requestSchema: z.ZodType<TerminalRequest> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("input"), data: z.string().max(TERMINAL_INPUT_MAX) }),
  z.strictObject({ type: z.literal("resize"), ...terminalSize }),
  z.strictObject({ type: z.literal("ack"), offset: z.int().min(0) }),
  z.strictObject({ type: z.literal("ping") }),
]);

/** A frame as a request. Throws `invalid_request` or `payload_too_large`. */
export function readTerminalRequest(frame: unknown): TerminalRequest {
  if (typeof frame !== "string") throw new FreshetError("invalid_request", "Messages are text, not bytes");
  if (frame.length > FRAME_MAX) throw new FreshetError("payload_too_large", "The message is too long");
  const result = requestSchema.safeParse(parse(frame));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join(".");
  throw new FreshetError("invalid_request", `Cannot read ${field || "the message"}: ${issue?.message}`, {
    field: field || undefined,
  });
}

function parse(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch (cause) {
    const why = cause instanceof SyntaxError ? cause.message : "";
    throw new FreshetError("invalid_request", `Cannot parse the message as JSON: ${why}`, { cause });
  }
}
