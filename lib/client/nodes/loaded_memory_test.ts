import { assertEquals } from "@std/assert";
import { loadedMemory } from "./loaded_memory.ts";

Deno.test("the memory of loaded models is summed, and not known where a server does not tell it", () => {
  const big = { loaded: true, memoryBytes: 5_000, vramBytes: 4_000 };
  const inMemory = { loaded: true, memoryBytes: 200 };
  assertEquals(loadedMemory([big, inMemory, { loaded: false }]), { bytes: 5_200, vramBytes: 4_000 });
  assertEquals(loadedMemory([{ loaded: false }]), { bytes: 0, vramBytes: 0 });
  assertEquals(loadedMemory([{}, {}]), null, "it does not tell what is loaded");
  assertEquals(loadedMemory([big, { loaded: true }]), null, "it does not tell how much one of them takes");
  assertEquals(loadedMemory([]), null);
});
