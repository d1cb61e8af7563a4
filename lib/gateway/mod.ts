/** OpenAI's API over all nodes: `/v1/chat/completions`, `/v1/embeddings`, `/v1/models`. */
export { createGateway, type Gateway } from "./gateway.ts";
/** Any error as `/v1` answers it, for what is turned away before the gateway sees it. */
export { errorResponse as openAiErrorResponse } from "./openai_error.ts";
export type { GatewayOptions } from "./service.ts";
export { type GatewayPath, gatewayPaths } from "./paths.ts";
export { chatCompletionRequest } from "./schemas/chat_request.ts";
export { chatCompletion, chatCompletionChunk } from "./schemas/chat_response.ts";
export { embeddingsRequest, embeddingsResponse } from "./schemas/embeddings.ts";
export { errorResponse } from "./schemas/error.ts";
export { model, modelList } from "./schemas/models.ts";
