import { underLock } from "../lock.ts";

/** Where their sources are. */
const FOLDERS = ["lib/client/workers/", "lib/client/studio/editor/", "lib/client/studio/preview/bridge/"]
  .map((path) => new URL(`../../${path}`, import.meta.url));
/** What is made along with them. */
const OTHERS = ["katex.css", "diagrams/draw.js", "pdf/pdf.js"]
  .map((path) => new URL(`../../static/gen/${path}`, import.meta.url));
const BUNDLE = new URL("../../static/gen/highlight_worker.js", import.meta.url);

let ensured: Promise<void> | undefined;

/** Bundles the browser's workers where their bundle is missing or old, one test file at a time. */
export function ensureWorkers(): Promise<void> {
  return ensured ??= underLock("workers", async () => {
    if (await isFresh()) return;
    const { buildWorkers } = await import("../../dev.ts");
    await buildWorkers();
  });
}

async function isFresh(): Promise<boolean> {
  const built = await modified(BUNDLE);
  for (const other of OTHERS) if (await modified(other) === 0) return false;
  for (const folder of FOLDERS) {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && await modified(new URL(name, folder)) > built) return false;
    }
  }
  return true;
}

/** ms since 1970; 0 where there is no such file. */
async function modified(path: URL): Promise<number> {
  try {
    return (await Deno.stat(path)).mtime?.getTime() ?? 0;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
