import type { z } from "zod";
import { chatCompletionRequest } from "./schemas/chat_request.ts";
import { chatCompletion } from "./schemas/chat_response.ts";
import { embeddingsRequest, embeddingsResponse } from "./schemas/embeddings.ts";
import { model, modelList } from "./schemas/models.ts";

/** One operation of the gateway, for the OpenAPI document. */
export interface GatewayPath {
  method: "get" | "post";
  /** With parameters as OpenAPI writes them. */
  path: string;
  summary: string;
  request?: z.ZodType;
  response?: z.ZodType;
}

/**
 * All operations of the gateway. The requests are to be written with `z.toJSONSchema(request, { io: "input" })`, for unknown
 * fields are let pass. Every error has the shape of `errorResponse`; with `stream`, a completion's events are `chatCompletionChunk`.
 */
export function gatewayPaths(): GatewayPath[] {
  return [
    {
      method: "post",
      path: "/v1/chat/completions",
      summary: "Answer a conversation, whole or as a stream of server-sent events",
      request: chatCompletionRequest,
      response: chatCompletion,
    },
    {
      method: "post",
      path: "/v1/embeddings",
      summary: "Turn texts into vectors",
      request: embeddingsRequest,
      response: embeddingsResponse,
    },
    { method: "get", path: "/v1/models", summary: "List the models of all nodes", response: modelList },
    {
      method: "get",
      path: "/v1/models/{model}",
      summary: "Describe one model; its id may contain slashes",
      response: model,
    },
  ];
}
