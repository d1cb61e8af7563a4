import { stripTypeScriptTypes } from "node:module";

/** Exports by declaration: `export const a`, `export async function b`, `export class C`. */
const DECLARED =
  /^\s*export\s+(?:abstract\s+)?(?:const|let|var|(?:async\s+)?function\s*\*?|class)\s+([\w$]+)/gm;
/** Exports by list: `export { a, b as c }`. */
const LISTED = /^\s*export\s*\{([^}]*)\}/gm;

/**
 * The script that a browser runs for a TypeScript file. Types become white space, so that lines and columns stay. A file that
 * cannot be read becomes a script that throws what is wrong with it.
 */
export function javaScriptOf(path: string, source: string): string {
  try {
    return stripTypeScriptTypes(source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failingScript(`Cannot read ${path} as TypeScript: ${reasonOf(error)}`, source);
  }
}

/** The parser calls every file by a name of its own. */
function reasonOf({ message }: SyntaxError): string {
  return message
    .replace(/^\[\w+\]\s*/, "")
    .replace(/ at file:\/\/\/\w+\.ts:(\d+):(\d+)$/, " (line $1, column $2)");
}

/**
 * Throws, and has the names that the file would have exported: without them the browser would stop earlier, at an import of
 * one of them, and say nothing of the true reason.
 */
function failingScript(message: string, source: string): string {
  const names = new Set([...source.matchAll(DECLARED)].map(([, name = ""]) => name));
  for (const [, list = ""] of source.matchAll(LISTED)) {
    for (const item of list.split(",")) {
      const name = item.trim().split(/\s+as\s+/).at(-1) ?? "";
      if (/^[\w$]+$/.test(name)) names.add(name);
    }
  }
  names.delete("default");
  const lines = [...names].map((name, i) => `let export${i};\nexport { export${i} as ${name} };\n`);
  if (/^\s*export\s+default\b/m.test(source)) lines.push("export default undefined;\n");
  return `${lines.join("")}throw new SyntaxError(${JSON.stringify(message)});\n`;
}
