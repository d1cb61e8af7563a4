import { assertEquals } from "@std/assert";
import { withTag } from "./models.ts";

Deno.test("a name without a tag means :latest; ports and owners are no tags", () => {
  const names = ["qwen3", " qwen3:8b ", "hf.co/owner/repo", "hf.co/owner/repo:Q4_K_M", "host:5000/library/m"];
  assertEquals(names.map(withTag), [
    "qwen3:latest",
    "qwen3:8b",
    "hf.co/owner/repo:latest",
    "hf.co/owner/repo:Q4_K_M",
    "host:5000/library/m:latest",
  ]);
});
