import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { removeStale } from "./remove_stale.ts";

Deno.test("what was not made again goes, folders with what is in them", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(join(folder, "kept.js"), "");
  await Deno.writeTextFile(join(folder, "old.js"), "");
  await Deno.mkdir(join(folder, "old", "deep"), { recursive: true });
  await removeStale(folder, ["kept.js"]);
  const left = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  assertEquals(left, ["kept.js"]);
  await Deno.remove(folder, { recursive: true });
});
