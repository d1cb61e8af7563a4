/**
 * Development and builds: `deno run -A dev.ts` serves with reload, `… build` writes the production build, `… build
 * --if-needed` only when a source has changed since the last one.
 */
import { Builder } from "fresh/dev";
import * as esbuild from "esbuild";
import { ensureBuild } from "./lib/app/build_stamp.ts";

/** Modules that run in workers of the browser; each becomes a file of its own below /gen/. */
const WORKERS = ["lib/client/workers/highlight_worker.ts"];

const root = import.meta.dirname ?? Deno.cwd();

/** Bundles what is loaded apart from the islands into static/gen/. */
export async function buildWorkers(): Promise<void> {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: WORKERS,
    outdir: "static/gen",
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: ["chrome109", "firefox115", "safari16"],
    legalComments: "none",
    logLevel: "warning",
  });
  await esbuild.stop();
}

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
