import { assertEquals } from "@std/assert";
import { claudeVersion } from "./claude_version.ts";

Deno.test("claudeVersion reads the version out of every form of the names", () => {
  const versions: [string, number | undefined][] = [
    ["claude-3-haiku-20240307", 3],
    ["claude-3-7-sonnet-20250219", 3.7],
    ["claude-3-5-haiku-latest", 3.5],
    ["claude-sonnet-4-20250514", 4],
    ["claude-haiku-4-5-20251001", 4.5],
    ["claude-opus-4-6", 4.6],
    ["claude-sonnet-5", 5],
    ["claude-fable-5-1", 5.1],
    ["anthropic/claude-opus-4.1", 4.1],
    ["anthropic.claude-sonnet-4-5-20250929-v1:0", 4.5],
    ["claude-mythos-preview", undefined],
    ["glm-4-5", undefined],
  ];
  for (const [name, version] of versions) assertEquals(claudeVersion(name), version, name);
});
