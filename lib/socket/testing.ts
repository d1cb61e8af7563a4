import type { RunMessage, SocketMessage } from "../shared/mod.ts";
import type { SocketPort } from "./socket_port.ts";

/** A socket whose client reads when a test says so. */
export class FakeSocket implements SocketPort {
  readyState: number = WebSocket.OPEN;
  /** True while the network takes nothing. */
  isStuck = false;
  bufferedAmount = 0;
  /** The frames that were sent. */
  readonly frames: SocketMessage[][] = [];
  closed: { code: number; reason: string } | undefined;

  send(text: string): void {
    this.frames.push(JSON.parse(text));
    if (this.isStuck) this.bufferedAmount += text.length;
  }

  close(code: number, reason: string): void {
    this.readyState = WebSocket.CLOSING;
    this.closed = { code, reason };
  }

  /** The network takes everything. */
  drain(): void {
    this.isStuck = false;
    this.bufferedAmount = 0;
  }

  /** All messages in their order. */
  get messages(): SocketMessage[] {
    return this.frames.flat();
  }
}

/** The text that messages of a run add up to. */
export function textOf(messages: readonly SocketMessage[]): string {
  return messages.map((message) => message.type === "token" ? message.text : "").join("");
}

/** A token of a run. */
export function token(seq: number, text: string, runId = "r"): RunMessage {
  return { type: "token", runId, seq, text };
}
