import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Files of types by the paths that they have beside a project's files. */
export type TypeFiles = Record<string, string>;

type ExportTarget = string | { types?: string };

/** Parts of hono for other servers, which no project runs on. */
const ELSEWHERE = /^adapter\/(?!deno\/)/;

/**
 * Writes the types that a project's code is checked against while it is edited: hono, and what Deno adds to a page's globals.
 * Returns the names of the files, of which each is a JSON of `TypeFiles`.
 */
export async function writeEditorTypes(folder: string): Promise<string[]> {
  const all = { "hono.types.json": await honoTypes(), "deno.types.json": await denoTypes() };
  for (const [name, files] of Object.entries(all)) {
    await Deno.writeTextFile(join(folder, name), JSON.stringify(files));
  }
  return Object.keys(all);
}

/** The declarations of the package, and one for each of the names that it is imported by. */
async function honoTypes(): Promise<TypeFiles> {
  const directory = dirname(dirname(fileURLToPath(import.meta.resolve("hono"))));
  const types = join(directory, "dist/types");
  const files: TypeFiles = {};
  for (const path of await declarations(types)) {
    const name = relative(types, path).replaceAll("\\", "/");
    if (!ELSEWHERE.test(name)) files[`node_modules/hono/types/${name}`] = await Deno.readTextFile(path);
  }
  const manifest: { exports: Record<string, ExportTarget> } = JSON.parse(
    await Deno.readTextFile(join(directory, "package.json")),
  );
  for (const [name, target] of Object.entries(manifest.exports)) {
    const declared = typeof target === "string" ? undefined : target.types?.replace("./dist/types/", "");
    if (declared === undefined) continue;
    const stem = declared.replace(/\.d\.ts$/, "");
    for (const path of Object.keys(files)) {
      const inside = path.replace("node_modules/hono/types/", "").replace(/\.d\.ts$/, "");
      const star = starOf(stem, inside);
      if (star === undefined) continue;
      const specifier = name === "." ? "index" : name.slice(2).replace("*", star);
      const up = "../".repeat(specifier.split("/").length - 1) || "./";
      files[`node_modules/hono/${specifier}.d.ts`] = `export * from "${up}types/${inside}.js";\n`;
    }
  }
  return files;
}

/** What the `*` of a pattern stands for in a path; "" where both are the same, undefined where they do not fit. */
function starOf(pattern: string, path: string): string | undefined {
  const [before = "", after] = pattern.split("*");
  if (after === undefined) return pattern === path ? "" : undefined;
  const star = path.slice(before.length, path.length - after.length);
  return path.startsWith(before) && path.endsWith(after) && star !== "" && !star.includes("/")
    ? star
    : undefined;
}

async function declarations(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) found.push(...await declarations(path));
    else if (name.endsWith(".d.ts")) found.push(path);
  }
  return found.sort();
}

/** The namespace `Deno`, as Deno itself prints it; its other types would repeat those of the page. */
async function denoTypes(): Promise<TypeFiles> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: ["types"] }).output();
  if (!success) throw new Error(`Cannot list Deno's types: ${new TextDecoder().decode(stderr)}`);
  const namespaces = new TextDecoder().decode(stdout).match(/^declare namespace Deno \{\n[\s\S]*?^\}$/gm);
  if (!namespaces) throw new Error("Cannot list Deno's types: there is no namespace");
  return { "node_modules/deno.d.ts": namespaces.join("\n") };
}
