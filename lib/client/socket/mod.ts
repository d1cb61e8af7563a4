/** A client of the WebSocket `/chat`, for programs and pages of others; it runs in browsers and in servers. */
export { ChatSocket, type ChatSocketOptions, type NewMessage } from "./chat_socket.ts";
export type { OutboxStorage, QueuedMessage } from "./outbox.ts";
export { type ClientConnection, type Connect, type ConnectionHandlers } from "./web_socket.ts";
