import type { RunEvent, RunMessage, SequencedEvent } from "../shared/mod.ts";

/** Characters of text that are joined into one message at most. */
const JOIN_CHARS = 64 * 1024;

/** The message that shows an event, or undefined for events that runs of chats do not have. */
export function messageOf(runId: string, { seq, event }: SequencedEvent): RunMessage | undefined {
  const head = { runId, seq };
  switch (event.type) {
    case "text":
      return { type: "token", ...head, text: event.text };
    case "node":
      return { ...event, ...head };
    case "reasoning":
      return { ...event, ...head };
    case "status":
      return statusOf(head, event);
    case "start":
      return { type: "status", ...head, status: "start", model: event.model, startedAt: event.startedAt };
    case "tool_call":
      return { type: "status", ...head, status: "tool_call", call: event.call };
    case "tool_result":
      return { ...event, ...head, type: "status", status: "tool_result" };
    case "usage":
      return { type: "status", ...head, status: "usage", usage: event.usage };
    case "end":
      return { ...event, ...head, type: "status", status: "end" };
    default:
      return undefined;
  }
}

/** The messages of events that follow each other, with pieces of one text joined. */
export function messagesOf(runId: string, events: readonly SequencedEvent[]): RunMessage[] {
  const messages: RunMessage[] = [];
  for (const event of events) {
    const message = messageOf(runId, event);
    if (!message) continue;
    const last = messages.at(-1);
    if (last && isText(last) && isText(message) && goesOn(last, message)) {
      last.firstSeq ??= last.seq;
      last.seq = message.seq;
      last.text += message.text;
    } else messages.push(message);
  }
  return messages;
}

type TextMessage = Extract<RunMessage, { type: "token" | "reasoning" }>;

function isText(message: RunMessage): message is TextMessage {
  return message.type === "token" || message.type === "reasoning";
}

function goesOn(last: TextMessage, next: TextMessage): boolean {
  return last.type === next.type && last.text.length + next.text.length <= JOIN_CHARS;
}

function statusOf(
  head: { runId: string; seq: number },
  event: Extract<RunEvent, { type: "status" }>,
): RunMessage {
  const { status, message, progress, position, waiting, expectedMs } = event;
  if (status === "loading") {
    return { type: "status", ...head, status, message, ...(progress === undefined ? {} : { progress }) };
  }
  return {
    type: "queue",
    ...head,
    message,
    ...(position === undefined ? {} : { position }),
    ...(waiting === undefined ? {} : { waiting }),
    ...(expectedMs === undefined ? {} : { expectedMs }),
  };
}
