import { join, relative, sep } from "node:path";

/** The files below a directory, sorted so that builds do not depend on the file system; none where it is missing. */
export async function listFiles(directory: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(directory)) {
      const path = join(directory, name);
      if (isDirectory) files.push(...await listFiles(path));
      else files.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort();
}

/** A path relative to a directory, with slashes on every system. */
export function relativePath(directory: string, path: string): string {
  return relative(directory, path).split(sep).join("/");
}

/** The hash of a file's content, or of a text: 32 hexadecimal digits of its SHA-256. */
export async function hashOf(content: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return digest.toHex().slice(0, 32);
}
