import { basename, join } from "node:path";
import type * as esbuild from "esbuild";
import { removeStale } from "./remove_stale.ts";

const FOLDER = "static/gen/diagrams";

/** Bundles what draws diagrams into static/gen/diagrams, below `root`: a part for each kind of diagram, loaded when one occurs. */
export async function bundleDiagrams(
  build: typeof esbuild.build,
  root: string,
  options: esbuild.BuildOptions,
): Promise<void> {
  const { metafile } = await build({
    ...options,
    metafile: true,
    splitting: true,
    entryPoints: { draw: "lib/client/workers/draw_diagram.ts" },
    outdir: FOLDER,
    chunkNames: "[name]-[hash]",
    plugins: [stylesApart],
  });
  await removeStale(join(root, FOLDER), Object.keys(metafile?.outputs ?? {}).map((path) => basename(path)));
}

/** What is changed in Mermaid: where, and what it becomes. */
const EDITS: [from: string, to: string][] = [
  [
    'document.createElement("style")',
    'Object.assign(document.createElement("style"), { nonce: document.querySelector("style[nonce]")?.nonce ?? "" })',
  ],
  ["let code2 = root.select(enclosingDivID_selector)", "style1.remove();\n    $&"],
  ["svg: svgCode,", "$& css: rules,"],
];

/**
 * Mermaid writes the styles of a diagram into an element that it makes itself, and measures texts with them. With the page's
 * nonce on it the policy for pages holds for diagrams too. They come apart from the drawing then: wherever its text is parsed,
 * styles in it would be a breach.
 */
const stylesApart: esbuild.Plugin = {
  name: "styles-apart",
  setup(build) {
    build.onLoad({ filter: /mermaid.dist.mermaid\.core\.mjs$/ }, async ({ path }) => {
      let contents = await Deno.readTextFile(path);
      for (const [from, to] of EDITS) {
        if (contents.split(from).length !== 2) {
          throw new Error(`Cannot bundle diagrams: "${from}" is not where it was looked for in ${path}`);
        }
        contents = contents.replace(from, () => to.replace("$&", from));
      }
      return { contents };
    });
  },
};
