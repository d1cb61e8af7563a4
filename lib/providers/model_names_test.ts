import { assertEquals } from "@std/assert";
import { guessCapabilities, isForChatOrEmbedding } from "./model_names.ts";

Deno.test("models for other tasks are known by their names", () => {
  const others = [
    "whisper-1",
    "tts-1-hd",
    "gpt-4o-mini-tts",
    "dall-e-3",
    "gpt-image-1",
    "omni-moderation-latest",
  ];
  for (const id of [...others, "gpt-4o-audio-preview", "davinci-002", "bge-reranker-v2"]) {
    assertEquals(isForChatOrEmbedding(id), false, id);
  }
  for (const id of ["gpt-4o", "llama3.2", "text-embedding-3-small", "deepseek-chat"]) {
    assertEquals(isForChatOrEmbedding(id), true, id);
  }
});

Deno.test("capabilities are guessed from the name", () => {
  assertEquals(guessCapabilities("nomic-embed-text"), ["embedding"]);
  assertEquals(guessCapabilities("BAAI/bge-m3"), ["embedding"]);
  assertEquals(guessCapabilities("Qwen/Qwen2.5-7B-Instruct"), ["chat", "tools", "json"]);
  assertEquals(guessCapabilities("qwen2.5-vl-7b"), ["chat", "tools", "json", "vision"]);
  assertEquals(guessCapabilities("deepseek-r1:8b"), ["chat", "tools", "json", "reasoning"]);
});
