import { assertEquals } from "@std/assert";
import { isKeptCopy, keptCopyName, looksLikeKeptCopy } from "./digests.ts";

const DIGEST = "0123456789abcdef".repeat(4);

Deno.test("a copy is named after its model and digest, within what Ollama takes of a tag", () => {
  assertEquals(keptCopyName("qwen3:8b", "pin", DIGEST), "qwen3:8b-pin-0123456789ab");
  const tag = keptCopyName(`hf.co/a/b:${"q".repeat(80)}`, "base", DIGEST).split(":")[1] ?? "";
  assertEquals(tag.length <= 80, true);
});

Deno.test("only what ends with the beginning of its own digest is such a copy", () => {
  const id = "qwen3:8b-pin-0123456789ab";
  assertEquals(isKeptCopy({ id, digest: DIGEST }), true);
  assertEquals(isKeptCopy({ id, digest: "f".repeat(64) }), false);
  assertEquals(isKeptCopy({ id }), false);
  assertEquals(isKeptCopy({ id: "qwen3:8b", digest: DIGEST }), false);
  assertEquals([looksLikeKeptCopy(id), looksLikeKeptCopy("mine:base-v1")], [true, false]);
});
