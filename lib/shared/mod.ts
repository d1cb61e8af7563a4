/** Contracts of both sides: domain types, events, error codes and the codec of server-sent events. Browser-safe, no I/O. */
export * from "./chat.ts";
export * from "./errors.ts";
export * from "./generation.ts";
export * from "./ids.ts";
export * from "./models.ts";
export * from "./node.ts";
export * from "./project_path.ts";
export * from "./run.ts";
export * from "./socket.ts";
export * from "./sse.ts";
export * from "./studio.ts";
export * from "./studio_events.ts";
export * from "./studio_prompt.ts";
export * from "./tokens.ts";
export * from "./api.ts";
export * from "./settings.ts";
