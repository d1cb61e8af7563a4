import { assert } from "@std/assert";
import { STUDIO_MARKER } from "../../shared/mod.ts";
import { systemPrompt } from "./system_prompt.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;

Deno.test("the system prompt is short enough for small models", () => {
  assert(bytes(systemPrompt(["ui"], false)) < 2_500, `${bytes(systemPrompt(["ui"], false))} bytes`);
  assert(bytes(systemPrompt(["api"], false)) < 2_500, `${bytes(systemPrompt(["api"], false))} bytes`);
});

Deno.test("edits are offered only where the model may make them", () => {
  assert(systemPrompt(["api"], true).includes("<<<<<<< SEARCH"));
  assert(!systemPrompt(["api"], false).includes("SEARCH"));
  assert(systemPrompt(["api"], true).startsWith(STUDIO_MARKER));
});
