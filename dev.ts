/**
 * Development and builds: `deno run -A dev.ts` serves with reload, `… build` writes the production build, `… build
 * --if-needed` only when a source has changed since the last one.
 */
import { Builder } from "fresh/dev";
import * as esbuild from "esbuild";
import { basename, join } from "node:path";
import { ensureBuild } from "./lib/app/build_stamp.ts";

/** Modules that run in workers of the browser; each becomes a file of its own below /gen/. */
const WORKERS = ["lib/client/workers/highlight_worker.ts", "lib/client/workers/diff_worker.ts"];

/** Scripts that run before anything else of their page, and so are no modules; they leave nothing in its globals. */
const SCRIPTS = ["lib/client/studio/preview/bridge/preview_bridge.ts"];

const root = import.meta.dirname ?? Deno.cwd();

/** The code editor and its workers, in a folder of their own below /gen/. */
const EDITOR = {
  "editor": "lib/client/workers/editor.ts",
  "editor.worker": "monaco-editor/editor/editor.worker",
  "json.worker": "monaco-editor/languages/features/json/json.worker",
};
const EDITOR_FOLDER = "static/gen/editor";

const COMMON = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: ["chrome109", "firefox115", "safari16"],
  legalComments: "none",
  logLevel: "warning",
} satisfies esbuild.BuildOptions;

/** Bundles what is loaded apart from the islands into static/gen/. */
export async function buildWorkers(): Promise<void> {
  await esbuild.build({ ...COMMON, entryPoints: WORKERS, outdir: "static/gen" });
  await esbuild.build({ ...COMMON, format: "iife", entryPoints: SCRIPTS, outdir: "static/gen" });
  await buildEditor();
  await esbuild.stop();
}

async function buildEditor(): Promise<void> {
  const { metafile } = await esbuild.build({
    ...COMMON,
    metafile: true,
    entryPoints: EDITOR,
    outdir: EDITOR_FOLDER,
    splitting: true,
    chunkNames: "part-[hash]",
    assetNames: "[name]",
    loader: { ".ttf": "file" },
    plugins: [nonceForStyles],
  });
  // Names of parts hold a hash, so the parts of earlier builds would pile up; a server may be reading the others.
  const made = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
  for await (const { name } of Deno.readDir(join(root, EDITOR_FOLDER))) {
    if (!made.has(name)) await Deno.remove(join(root, EDITOR_FOLDER, name), { recursive: true });
  }
}

/**
 * Monaco writes its styles into elements that it makes itself. With the page's nonce on them the policy for pages holds for the
 * page of the editor too. Throws where Monaco does not make them where it did.
 */
const nonceForStyles: esbuild.Plugin = {
  name: "nonce-for-styles",
  setup(build) {
    build.onLoad({ filter: /monaco-editor.+(domStylesheets|contextview)\.js$/ }, async ({ path }) => {
      const source = await Deno.readTextFile(path);
      const made = "document.createElement('style')";
      if (!source.includes(made)) throw new Error(`Cannot bundle the editor: no styles are made in ${path}`);
      const nonce = "document.querySelector('style[nonce]')?.nonce ?? ''";
      return { contents: source.replaceAll(made, `Object.assign(${made}, { nonce: ${nonce} })`) };
    });
  },
};

/** The builder of this project's islands and routes. */
export function createBuilder(): Builder {
  return new Builder({ root });
}

if (import.meta.main) {
  if (Deno.args[0] !== "build") {
    await buildWorkers();
    await createBuilder().listen(() => import("./main.ts"), { port: 13000, hostname: "127.0.0.1" });
  } else {
    await ensureBuild(root, { force: !Deno.args.includes("--if-needed") }, async () => {
      await buildWorkers();
      await createBuilder().build();
    });
  }
}
