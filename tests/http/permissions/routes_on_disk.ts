import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROUTES = fileURLToPath(new URL("../../../routes", import.meta.url));

/** A route file: its address with parameters in braces, and the methods that its handlers answer. */
export interface RouteOnDisk {
  path: string;
  /** Undefined where one function answers all of them, as in the API. */
  methods: string[] | undefined;
}

/** All route files there are. */
export async function routesOnDisk(): Promise<RouteOnDisk[]> {
  const files: string[] = [];
  await collect(ROUTES, files);
  return await Promise.all(
    files.sort().map(async (file) => {
      const { handler } = await import(pathToFileURL(`${ROUTES}/${file}`).href) as { handler?: unknown };
      const methods = typeof handler === "function" ? undefined : Object.keys(handler ?? { GET: true });
      return { path: addressOf(file), methods };
    }),
  );
}

async function collect(folder: string, found: string[]): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    // Groups hold parts of routes; a leading underscore stands for frames and middlewares.
    if (/^[(_]/.test(name)) continue;
    const path = `${folder}/${name}`;
    if (isDirectory) await collect(path, found);
    else if (/\.tsx?$/.test(name)) found.push(relative(ROUTES, path));
  }
}

function addressOf(file: string): string {
  const address = file.replace(/\.tsx?$/, "").replace(/(^|\/)index$/, "").replaceAll(/\[(\w+)\]/g, "{$1}");
  return `/${address}`;
}
