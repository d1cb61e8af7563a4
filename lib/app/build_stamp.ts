import { join } from "node:path";

/** Everything that a build is made from. */
const SOURCES = [
  "components",
  "islands",
  "lib",
  "routes",
  "static",
  "main.ts",
  "dev.ts",
  "deno.json",
  "deno.lock",
];

/** Builds unless the last build in this folder was made from the very same sources (by path, size and time). */
export async function ensureBuild(
  root: string,
  { force, folder = "_fresh" }: { force: boolean; folder?: string },
  build: () => Promise<void>,
): Promise<void> {
  const path = join(root, folder, "sources");
  const before = await stampOf(root);
  if (!force && await readStamp(path) === before) return;
  await build();
  await Deno.writeTextFile(path, before);
}

async function readStamp(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function stampOf(root: string): Promise<string> {
  const lines: string[] = [];
  for (const source of SOURCES) await collect(join(root, source), lines);
  const bytes = new TextEncoder().encode(lines.sort().join("\n"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

async function collect(path: string, lines: string[]): Promise<void> {
  const info = await Deno.stat(path);
  if (info.isFile) {
    lines.push(`${path} ${info.size} ${info.mtime?.getTime()}`);
    return;
  }
  for await (const entry of Deno.readDir(path)) {
    // Made by the build itself, or no part of it.
    if (entry.name === "gen" || entry.name.includes("_test.")) continue;
    await collect(join(path, entry.name), lines);
  }
}
