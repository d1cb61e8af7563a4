import { join } from "node:path";

/** Removes what earlier builds made in a folder under other names: it would stay for ever. */
export async function removeStale(folder: string, made: Iterable<string>): Promise<void> {
  const kept = new Set(made);
  for await (const { name } of Deno.readDir(folder)) {
    if (!kept.has(name)) await Deno.remove(join(folder, name), { recursive: true });
  }
}
