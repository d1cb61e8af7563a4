import { assertEquals } from "@std/assert";
import { changedFields, filledContent } from "./contents.ts";

const CONTENT = { base: "a:latest", parameters: { seed: 1, stop: ["x"] }, system: "", template: "T" };

Deno.test("the fields are told in which two contents differ, lists by what is in them", () => {
  assertEquals(changedFields(CONTENT, { ...CONTENT, parameters: { stop: ["x"], seed: 1 } }), []);
  const other = { ...CONTENT, system: "S", parameters: { seed: 1, stop: ["y"], top_k: 0 } };
  assertEquals(changedFields(CONTENT, other), ["system", "top_k", "stop"]);
});

Deno.test("what the base brings along is no difference to saying the same", () => {
  const inherited = { parameters: { temperature: 0.6, stop: ["y"] }, system: "S", template: "U" };
  const said = { ...CONTENT, parameters: { ...CONTENT.parameters, temperature: 0.6 }, system: "S" };
  assertEquals(changedFields(filledContent(CONTENT, inherited), filledContent(said, inherited)), []);
  assertEquals(filledContent(CONTENT, inherited).template, "T");
});
