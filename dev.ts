/**
 * Development and builds: `deno run -A dev.ts` serves with reload, `… build` writes the production build, `… build
 * --if-needed` only when a source has changed since the last one.
 */
import { Builder, type BuildOptions } from "fresh/dev";
import * as esbuild from "esbuild";
import { ensureBuild } from "./lib/app/build_stamp.ts";
import { bundleDiagrams } from "./lib/app/diagram_bundle.ts";
import { bundleEditor } from "./lib/app/editor_bundle.ts";
import { bundlePdf } from "./lib/app/pdf_bundle.ts";
import { bundleTerminal } from "./lib/app/terminal_bundle.ts";

/** Modules that run in workers of the browser; each becomes a file of its own below /gen/. */
const WORKERS = ["lib/client/workers/highlight_worker.ts", "lib/client/workers/diff_worker.ts"];

/** Scripts that run before anything else of their page, and so are no modules; they leave nothing in its globals. */
const SCRIPTS = ["lib/client/studio/preview/bridge/preview_bridge.ts"];

/** The styles of formulas with their fonts, in the one format that all browsers read. */
const MATH_STYLES = {
  entryPoints: [{ in: "katex/dist/katex.min.css", out: "katex" }],
  outdir: "static/gen",
  assetNames: "katex/[name]",
  loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty" },
} satisfies esbuild.BuildOptions;

const root = import.meta.dirname ?? Deno.cwd();

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
  await Promise.all([
    bundleEditor(esbuild.build, root, COMMON),
    bundleDiagrams(esbuild.build, root, COMMON),
    bundlePdf(esbuild.build, root, COMMON),
    bundleTerminal(esbuild.build, COMMON),
    esbuild.build({ ...COMMON, entryPoints: WORKERS, outdir: "static/gen" }),
    esbuild.build({ ...COMMON, format: "iife", entryPoints: SCRIPTS, outdir: "static/gen" }),
    esbuild.build({ ...COMMON, ...MATH_STYLES }),
  ]);
  await esbuild.stop();
}

/** The builder of this project's islands and routes. */
export function createBuilder(options: Omit<BuildOptions, "root"> = {}): Builder {
  return new Builder({ root, ...options });
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
