/** Where chats live. */
export const SESSIONS = "/api/chat/sessions";

/** Where projects live. */
export const PROJECTS = "/api/projects";

/** The success of what starts a run. */
export const accepted = { status: 202, description: "The run goes on by itself" };

/** The success of what answers nothing. */
export const noContent = { status: 204, description: "Done" };

/** The success of a stream. */
export const eventStream = { mediaType: "text/event-stream", description: "Server-sent events" };
