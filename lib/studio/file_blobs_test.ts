import { assertEquals } from "@std/assert";
import { openStore } from "../store/mod.ts";
import { FileBlobs } from "./file_blobs.ts";

Deno.test("what is read from memory is what was stored, also of half a surrogate pair", async () => {
  const store = await openStore({ folder: ":memory:" });
  try {
    const blobs = new FileBlobs(store);
    const file = await blobs.write("local", "p", { path: "a.ts", content: "a\ud83db\ude80" });
    const fromMemory = await blobs.read("local", "p", file);
    assertEquals(fromMemory, await new FileBlobs(store).read("local", "p", file));
    assertEquals(fromMemory, "a\ufffdb\ufffd");
  } finally {
    store.close();
  }
});
