/** What a connection tells its owner. */
export interface ConnectionHandlers {
  onOpen(): void;
  onText(text: string): void;
  /** Called once, also where the connection never opened. */
  onClose(code: number): void;
}

/** A connection that is opening or open. */
export interface ClientConnection {
  send(text: string): void;
  /** Ends it; `onClose` may come much later, or never where the network is gone. */
  close(): void;
}

/** Opens a connection. */
export type Connect = (url: string, protocols: string[], handlers: ConnectionHandlers) => ClientConnection;

/** Opens a WebSocket of the runtime. */
export const connectWebSocket: Connect = (url, protocols, { onOpen, onText, onClose }) => {
  const socket = new WebSocket(url, protocols);
  socket.onopen = onOpen;
  socket.onmessage = ({ data }) => onText(String(data));
  socket.onclose = ({ code }) => onClose(code);
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
};
