import { pathIdentity, type ProjectFile, type ProjectKind } from "../../shared/mod.ts";
import { readmeText } from "./readme_text.ts";
import { staticServerText } from "./static_server_text.ts";

/** The address at which a project answers after `deno task start`. */
const PORT = 8_000;

/**
 * The files with what `deno task start` needs: `deno.json` where there is none, a small server without dependencies for a
 * project that is only a page, and a README.md. A project's own files are never replaced; one with a `deno.json` of its own
 * keeps the tasks that it has.
 */
export function withStarter(
  name: string,
  kinds: readonly ProjectKind[],
  files: readonly ProjectFile[],
): ProjectFile[] {
  const project = new Set(files.map(({ path }) => pathIdentity(path)));
  const added: ProjectFile[] = [];
  const hasConfig = project.has("deno.json") || project.has("deno.jsonc");
  const isApi = kinds.includes("api") && project.has("main.ts");
  if (!hasConfig && isApi) added.push({ path: "deno.json", content: apiConfig(files) });
  if (!hasConfig && !isApi) {
    const server = freeName(project);
    added.push({ path: "deno.json", content: uiConfig(server) });
    added.push({ path: server, content: staticServerText(pageFolder(project), PORT) });
  }
  if (!project.has("readme.md")) added.push({ path: "README.md", content: readmeText(name, PORT) });
  return [...files, ...added];
}

function apiConfig(files: readonly ProjectFile[]): string {
  const hasPage = files.some(({ path }) => path.startsWith("public/"));
  // The folder may be read only where main.ts has a page to serve.
  const rights = hasPage ? "--allow-net --allow-read=." : "--allow-net";
  return json({
    tasks: { start: `deno serve ${rights} --port ${PORT} main.ts`, test: "deno test" },
    imports: { hono: "npm:hono@^4" },
  });
}

function uiConfig(server: string): string {
  return json({
    tasks: { start: `deno run --allow-net=127.0.0.1 --allow-read=. --allow-env=PORT ${server}` },
  });
}

/** A page lies at the root, or in `public/` where there is none. */
function pageFolder(project: Set<string>): string {
  return !project.has("index.html") && project.has("public/index.html") ? "./public/" : "./";
}

/** `serve.ts`, or another name where the project has a file or folder of that name. */
function freeName(project: Set<string>): string {
  const isTaken = (name: string) => [...project].some((path) => path === name || path.startsWith(`${name}/`));
  let name = "serve.ts";
  for (let i = 2; isTaken(name); i++) name = `serve${i}.ts`;
  return name;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
