import type { EmbeddingResult } from "../shared/mod.ts";
import type { EmbeddingsResponse } from "./schemas/embeddings.ts";

/** The vectors in OpenAI's shape; `model` is the id as the caller named it. */
export function toEmbeddingsResponse(
  { vectors, usage }: EmbeddingResult,
  model: string,
  format: "float" | "base64",
): EmbeddingsResponse {
  const { promptTokens, totalTokens, estimated } = usage;
  return {
    object: "list",
    data: vectors.map((vector, index) => ({
      object: "embedding",
      index,
      embedding: format === "base64" ? toBase64(vector) : vector,
    })),
    model,
    usage: {
      prompt_tokens: promptTokens,
      total_tokens: totalTokens,
      promptTokens,
      totalTokens,
      ...(estimated ? { estimated } : {}),
    },
  };
}

function toBase64(vector: number[]): string {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [i, value] of vector.entries()) view.setFloat32(i * 4, value, true);
  return new Uint8Array(view.buffer).toBase64();
}
