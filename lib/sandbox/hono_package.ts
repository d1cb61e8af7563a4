import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The one package that projects may import: where Freshet's own copy is. */
export interface HonoPackage {
  directory: string;
  version: string;
}

type Exports = Record<string, ExportTarget>;
type ExportTarget = string | { [condition: string]: ExportTarget };

/** Finds the copy of hono that Freshet itself runs on; undefined in a build that has none as files. */
export async function findHono(): Promise<HonoPackage | undefined> {
  const url = import.meta.resolve("hono");
  if (!url.startsWith("file:")) return undefined;
  const directory = dirname(dirname(fileURLToPath(url)));
  try {
    const { version } = JSON.parse(await Deno.readTextFile(join(directory, "package.json")));
    return typeof version === "string" ? { directory, version } : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

/**
 * Copies the package to where Deno looks for it in a DENO_DIR, with the registry's answer as far as Deno reads it, so that it
 * resolves without a network. Returns the directory of the copy.
 */
export async function seedPackage(
  { directory, version }: HonoPackage,
  denoDirectory: string,
): Promise<string> {
  const cache = join(denoDirectory, "npm", "registry.npmjs.org", "hono");
  const target = join(cache, version);
  await copyTree(directory, target);
  const tarball = `https://registry.npmjs.org/hono/-/hono-${version}.tgz`;
  const packument = {
    name: "hono",
    "dist-tags": { latest: version },
    versions: { [version]: { version, dist: { tarball, integrity: "sha512-AAAA" } } },
    time: { [version]: "2020-01-01T00:00:00.000Z" },
    "_deno.packumentFormat": "full",
  };
  await Deno.writeTextFile(join(cache, "registry.json"), JSON.stringify(packument));
  return target;
}

/** An import map of the package's modules as plain files: "hono/cors" and so on. */
export async function importMap(directory: string): Promise<Record<string, string>> {
  const manifest = JSON.parse(await Deno.readTextFile(join(directory, "package.json")));
  const imports: Record<string, string> = {};
  for (const [name, target] of Object.entries((manifest as { exports: Exports }).exports)) {
    const file = moduleOf(target);
    if (!file) continue;
    for (const [specifier, path] of await expand(directory, name, file)) {
      imports[specifier] = pathToFileURL(join(directory, path)).href;
    }
  }
  return imports;
}

function moduleOf(target: ExportTarget): string | undefined {
  if (typeof target === "string") return target.endsWith(".json") ? undefined : target;
  const chosen = target["deno"] ?? target["import"] ?? target["default"];
  return chosen === undefined ? undefined : moduleOf(chosen);
}

/** An export with a `*` stands for every module of a folder. */
async function expand(directory: string, name: string, file: string): Promise<[string, string][]> {
  const specifier = `hono${name.slice(1)}`;
  if (!name.endsWith("/*")) return [[specifier, file]];
  const [folder = "", ending = ""] = file.split("*");
  const found: [string, string][] = [];
  for await (const entry of Deno.readDir(join(directory, folder))) {
    const stem = entry.name.slice(0, entry.name.length - (ending || ".js").length);
    if (entry.isFile && entry.name.endsWith(ending || ".js")) {
      found.push([specifier.replace("*", stem), `${folder}${entry.name}`]);
    }
  }
  return found;
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory, isFile } of Deno.readDir(from)) {
    if (name === "node_modules") continue;
    if (isDirectory) await copyTree(join(from, name), join(to, name));
    else if (isFile) await Deno.copyFile(join(from, name), join(to, name));
  }
}
