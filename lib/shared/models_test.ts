import { assertEquals } from "@std/assert";
import { fitOf, withTag } from "./models.ts";

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

Deno.test("a model fits where its estimate leaves a quarter of the memory", () => {
  const GB = 1_000_000_000;
  const fits = [2, 5, 8.5, 12, 20].map((gb) => fitOf(gb * GB, 12 * GB));
  assertEquals(fits, ["fits", "fits", "tight", "tooLarge", "tooLarge"]);
  assertEquals(fitOf(GB, null), "unknown");
});
