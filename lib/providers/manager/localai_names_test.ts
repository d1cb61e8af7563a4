import { assertEquals } from "@std/assert";
import { applicationOf } from "./localai_names.ts";

Deno.test("a file's name is read from its address, whatever percent signs it has", () => {
  const fileOf = (address: string) => applicationOf(address).applying.name;
  assertEquals(fileOf("huggingface://owner/repository/a%20b.gguf"), "a b");
  assertEquals(fileOf("huggingface://owner/repository/100%.gguf"), "100%");
});
