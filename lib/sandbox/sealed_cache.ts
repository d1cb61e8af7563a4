import { join } from "node:path";

/**
 * Where Deno would let code write, or read, without permission: a file stands in the place of each directory.
 * - `npm`: a hole of Deno 2.9.6. `import()` of a path made at run time needs no permission below it, and `..%2f` leads from there to
 *   any file, as text.
 * - `location_data`: `localStorage` and `caches`, which may fill the disk.
 * - `gen/data` and the like: compiled modules, one for each `import("data:…")`.
 */
const SEALED_DIRECTORIES = [
  "npm",
  "location_data",
  "remote",
  "deps",
  "registries",
  "gen/data",
  "gen/blob",
  "gen/wasm",
  "gen/http",
  "gen/https",
];
/** Databases that grow with each module; a directory stands in the place of each file, and Deno keeps them in memory. */
const SEALED_FILES = [
  "dep_analysis_cache_v2",
  "node_analysis_cache_v2",
  "fast_check_cache_v2",
  "check_cache_v2",
  "v8_code_cache_v2",
];

/**
 * Makes a DENO_DIR in which nothing can be kept but the project's own files, compiled. A DENO_DIR that cannot be written at all would
 * be simpler, but Deno tries each of those files for 150 ms.
 */
export async function createSealedCache(directory: string): Promise<void> {
  await Deno.mkdir(join(directory, "gen"), { recursive: true });
  for (const name of SEALED_DIRECTORIES) await Deno.writeTextFile(join(directory, name), "");
  for (const name of SEALED_FILES) await Deno.mkdir(join(directory, name));
}
