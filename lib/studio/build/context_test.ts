import { assert, assertEquals } from "@std/assert";
import type { ModelEntry } from "../../shared/mod.ts";
import { projectContext } from "./context.ts";

const model = (contextLength: number): ModelEntry => ({
  id: "m",
  name: "m",
  capabilities: ["chat"],
  contextLength,
  nodes: [],
});
const file = (path: string, chars: number) => ({
  path,
  content: `export const a = 1;\n${"x".repeat(chars)}`,
});

Deno.test("a small project is shown whole", () => {
  const files = [file("main.ts", 100), file("routes/notes.ts", 200)];
  const context = projectContext(files, "add tags", model(8_192));
  assertEquals([context.files, context.outlines, context.contextLength], [files, [], 8_192]);
});

Deno.test("what does not fit is outlined, and what the request names comes first", () => {
  const files = [file("a.ts", 6_000), file("b.ts", 6_000), file("auth.ts", 6_000)];
  const context = projectContext(files, "fix auth", model(4_096));
  assertEquals(context.files.map(({ path }) => path), ["auth.ts"]);
  assertEquals(context.outlines, [
    { path: "a.ts", outline: "export const a = 1;" },
    { path: "b.ts", outline: "export const a = 1;" },
  ]);
});

Deno.test("a model that says nothing of its context gets a moderate one, a huge one is not filled", () => {
  assertEquals(projectContext([], "", undefined).contextLength, 32_000);
  assert(projectContext([], "", model(1_000_000)).contextLength <= 64_000);
});
