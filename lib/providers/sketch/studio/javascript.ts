import { stripTypeScriptTypes } from "node:module";
import type { ProjectFile } from "../../../shared/mod.ts";

/** A TypeScript file as JavaScript that people can read: its types are gone and so are the gaps that they leave. */
export function asJavaScript({ path, content }: ProjectFile): ProjectFile {
  if (!path.endsWith(".ts")) return { path, content: content.replaceAll(/(src="\.\/\w+)\.ts"/g, '$1.js"') };
  const stripped = stripTypeScriptTypes(content).split("\n").map(withoutGaps).join("\n");
  const tidy = stripped
    .replaceAll(/^\/\*\*(?:(?!\*\/)[^])*\*\/\n(?=\s*\n|\s*$)/gm, "")
    .replaceAll(/\n{3,}/g, "\n\n")
    .replaceAll(/((?:from|import) "\.[^"]*)\.ts"/g, '$1.js"');
  return { path: path.replace(/\.ts$/, ".js"), content: `${tidy.trim()}\n` };
}

/** Gaps are two spaces or more behind the first word of a line; texts in the templates have none. */
function withoutGaps(line: string): string {
  const [indent = ""] = /^\s*/.exec(line) ?? [];
  const rest = line.slice(indent.length).replaceAll(/(\w) {2,}\(/g, "$1(").replaceAll(/ {2,}/g, " ")
    .replaceAll(/ ([,;)\]])/g, "$1").replaceAll(/([([]) /g, "$1").replaceAll(/(\w) (\(|\[)(?=\))/g, "$1$2")
    .trimEnd();
  return rest === "" || rest === ";" ? "" : indent + rest;
}
