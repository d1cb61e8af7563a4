/** The README.md of a project that has none. */
export function readmeText(name: string, port: number): string {
  const title = name.replace(/\s+/g, " ").trim().replace(/[\\`*_[\]<>#]/g, "\\$&") || "Project";
  return `# ${title}

Start it with [Deno](https://deno.com) 2.9 or later:

    deno task start

and open <http://127.0.0.1:${port}/>.
`;
}
