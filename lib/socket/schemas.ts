import { z } from "zod";
import { FreshetError, SOCKET_MESSAGE_MAX, type SocketRequest } from "../shared/mod.ts";

const ID_MAX = 200;
/** As long as an id may be that is none of ours: the store throws at keys that are far longer. */
const idSchema = z.string().min(1).max(ID_MAX);
const DATE_MAX = 8.64e15;

const requestSchema: z.ZodType<SocketRequest> = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("inference"),
    id: idSchema.exactOptional(),
    content: z.string().max(SOCKET_MESSAGE_MAX).refine((text) => text.trim() !== "", "is empty"),
    model: z.string().min(1).max(300).exactOptional(),
    chatId: idSchema.exactOptional(),
    timestamp: z.union([z.number().min(0).max(DATE_MAX), z.iso.datetime({ offset: true })]).exactOptional(),
  }),
  z.object({ type: z.literal("resume"), runId: idSchema, seq: z.int().min(0) }),
  z.object({ type: z.literal("cancel"), runId: idSchema }),
  z.object({ type: z.literal("ping") }),
]);

/** What a request was about, as far as that can be told: its answer names it, also where the rest is wrong. */
export interface RequestSubject {
  id?: string;
  runId?: string;
}

/** The JSON value of a frame. Throws `payload_too_large` or `invalid_request`. */
export function parseFrame(data: unknown): unknown {
  if (typeof data !== "string") throw new FreshetError("invalid_request", "Messages are text, not bytes");
  if (data.length > SOCKET_MESSAGE_MAX) {
    throw new FreshetError(
      "payload_too_large",
      `A message has at most ${SOCKET_MESSAGE_MAX.toLocaleString("en")} characters`,
    );
  }
  try {
    return JSON.parse(data);
  } catch (cause) {
    const why = cause instanceof SyntaxError ? cause.message : "";
    throw new FreshetError("invalid_request", `Cannot parse the message as JSON: ${why}`, { cause });
  }
}

/** The ids that a value names, where it is an object with such. */
export function subjectOf(value: unknown): RequestSubject {
  if (typeof value !== "object" || value === null) return {};
  const { id, runId } = value as { id?: unknown; runId?: unknown };
  return {
    ...(isShortText(id) ? { id } : {}),
    ...(isShortText(runId) ? { runId } : {}),
  };
}

/** The value as a request. Throws `invalid_request` that names the first field that is wrong. */
export function readRequest(value: unknown): SocketRequest {
  const result = requestSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join(".");
  const why = issue?.message ?? "The message is not valid";
  throw new FreshetError(
    "invalid_request",
    field ? `Cannot read ${field}: ${why}` : `Cannot read the message: ${why}`,
    { field: field || undefined },
  );
}

function isShortText(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= ID_MAX;
}
