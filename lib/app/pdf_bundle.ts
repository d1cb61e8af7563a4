import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type * as esbuild from "esbuild";

const FOLDER = "static/gen/pdf";

/** What PDFs may need that is no code: the encodings of East Asian texts, and the fonts that every reader has to bring along. */
const DATA = ["cmaps", "standard_fonts"];

/** Bundles what draws PDFs into static/gen/pdf, below `root`: one file for the page, one for its worker, and the data of both. */
export async function bundlePdf(
  build: typeof esbuild.build,
  root: string,
  options: esbuild.BuildOptions,
): Promise<void> {
  await build({
    ...options,
    entryPoints: {
      "pdf": "lib/client/workers/pdf.ts",
      "pdf.worker": "pdfjs-dist/legacy/build/pdf.worker.mjs",
    },
    outdir: FOLDER,
    plugins: [decoderInside],
  });
  const library = dirname(fileURLToPath(import.meta.resolve("pdfjs-dist/package.json")));
  for (const name of DATA) await copyMissing(join(library, name), join(root, FOLDER, name));
}

/**
 * The worker would import its decoder for JPEG 2000 by an address, which the policy for what is no page forbids; and compile
 * WebAssembly, which it forbids too. So the decoder in plain JavaScript is made part of it.
 */
const decoderInside: esbuild.Plugin = {
  name: "decoder-inside",
  setup(build) {
    build.onLoad({ filter: /pdfjs-dist.legacy.build.pdf\.worker\.mjs$/ }, async ({ path }) => {
      const source = await Deno.readTextFile(path);
      const [before, after, ...more] = source.split(/import\(\s*(?:\/\*[^*]*\*\/\s*)+path\)/);
      if (before === undefined || after === undefined || more.length > 0) {
        throw new Error(
          `Cannot bundle what draws PDFs: ${path} does not import its decoder where it was looked for`,
        );
      }
      return { contents: `${before}import("../../wasm/openjpeg_nowasm_fallback.js")${after}` };
    });
  },
};

/** The names say the version: nothing of the same size is another file. */
async function copyMissing(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isFile } of Deno.readDir(from)) {
    if (!isFile) continue;
    const { size } = await Deno.stat(join(from, name));
    const there = await Deno.stat(join(to, name)).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    });
    if (there?.size !== size) await Deno.copyFile(join(from, name), join(to, name));
  }
}
