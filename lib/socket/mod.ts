/** The WebSocket of `/chat`: messages in, the events of runs out, in frames, resumable. README.md has the protocol. */
export { ChatSockets, type ChatSocketsOptions } from "./chat_sockets.ts";
