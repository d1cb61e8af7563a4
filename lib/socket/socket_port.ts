/** What is used of a server's `WebSocket`, so that tests can bring their own. */
export interface SocketPort {
  /** As `WebSocket.readyState`. */
  readonly readyState: number;
  /** Bytes that were sent and are not yet with the system. */
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code: number, reason: string): void;
}
