import { basename, join } from "node:path";
import type * as esbuild from "esbuild";
import { writeEditorTypes } from "./editor_types.ts";
import { removeStale } from "./remove_stale.ts";

const FOLDER = "static/gen/editor";

/** The code editor and its workers. Each is one file, so that it is loaded as a whole or not at all. */
const ENTRY_POINTS = {
  "editor": "lib/client/workers/editor.ts",
  "editor.worker": "monaco-editor/editor/editor.worker",
  "json.worker": "monaco-editor/languages/features/json/json.worker",
  "ts.worker": "monaco-editor/languages/features/typescript/ts.worker",
};

/** Bundles the code editor into static/gen/editor, below `root`, with the types that a project's code is checked against. */
export async function bundleEditor(
  build: typeof esbuild.build,
  root: string,
  options: esbuild.BuildOptions,
): Promise<void> {
  const { metafile } = await build({
    ...options,
    metafile: true,
    entryPoints: ENTRY_POINTS,
    outdir: FOLDER,
    assetNames: "[name]",
    loader: { ".ttf": "file" },
    plugins: [nonceForStyles, chosenFeatures, pageLibraries],
  });
  const types = await writeEditorTypes(join(root, FOLDER));
  const made = Object.keys(metafile?.outputs ?? {}).map((path) => basename(path));
  await removeStale(join(root, FOLDER), [...made, ...types]);
}

/** A plugin that changes the text of Monaco's modules; it throws where there is nothing left to change. */
function edited(name: string, filter: RegExp, edit: (source: string) => string): esbuild.Plugin {
  return {
    name,
    setup(build) {
      build.onLoad({ filter }, async ({ path }) => {
        const source = await Deno.readTextFile(path);
        const contents = edit(source);
        if (contents === source) {
          throw new Error(`Cannot bundle the editor: ${name} changes nothing in ${path}`);
        }
        return { contents };
      });
    },
  };
}

/**
 * Monaco writes its styles into elements that it makes itself. With the page's nonce on them the policy for pages holds for the
 * page of the editor too.
 */
const nonceForStyles = edited(
  "nonce-for-styles",
  /monaco-editor.+(domStylesheets|contextview)\.js$/,
  (source) => {
    const made = "document.createElement('style')";
    const nonce = "document.querySelector('style[nonce]')?.nonce ?? ''";
    return source.replaceAll(made, `Object.assign(${made}, { nonce: ${nonce} })`);
  },
);

/** What starts the workers of languages would bring every feature of the editor along; we name those we want. */
const chosenFeatures = edited(
  "chosen-features",
  /monaco-editor.+internal.common.workers\.js$/,
  (source) => source.replaceAll(/^import '[^']+';$/gm, ""),
);

/** The types of workers are no part of what a page or a server of a project sees. */
const pageLibraries = edited(
  "page-libraries",
  /monaco-editor.+features.typescript.lib.lib\.js$/,
  (source) => source.replaceAll(/^libFileMap\["lib\.webworker\.(?!importscripts).*$/gm, ""),
);
