import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { openStore } from "../store.ts";
import { openSnapshot } from "./snapshot.ts";

Deno.test("a copy of the database is its owner's alone, in a folder that others may read", async () => {
  const folder = await Deno.makeTempDir();
  const open = join(folder, "open");
  await Deno.mkdir(open, { mode: 0o755 });
  const store = await openStore({ folder: join(folder, "data") });
  try {
    await store.kv.set(["chat", "local", "c"], "c");
    await using snapshot = await openSnapshot(store, store.file ?? "", open);
    assertEquals((await snapshot.store.kv.get(["chat", "local", "c"])).value, "c");
    const modes = [...Deno.readDirSync(open)].map(({ name }) => {
      return (Deno.statSync(join(open, name)).mode ?? 0) & 0o077;
    });
    assertEquals(new Set(modes), new Set([0]));
  } finally {
    store.close();
    await Deno.remove(folder, { recursive: true });
  }
});
