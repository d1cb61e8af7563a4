/** The app: its configuration, its services, its middlewares. */
export { createApp } from "./app.ts";
export { chatPageData } from "./chat_page.ts";
export { type AppConfig, type FreshetConfig, loadConfig } from "./config.ts";
export { gatewayFirst } from "./gateway_first.ts";
export { type Handler, hardened } from "./hardened.ts";
export { readBytes, validate } from "./http/body.ts";
export { endpoint, methods, requireFeature } from "./http/endpoint.ts";
export { formText, readForm, readMultipart } from "./http/form.ts";
export { nodeEvents, type NodesEvent } from "./node_events.ts";
export { openApiDocument } from "./openapi.ts";
export { operations } from "./operations.ts";
export { PROCESS_OPTIONS } from "./options.ts";
export { createServices, type ServiceOverrides, type Services } from "./services.ts";
export { define, type State } from "./state.ts";
