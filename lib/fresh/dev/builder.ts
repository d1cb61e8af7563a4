import type { App, ListenOptions } from "../app.ts";
import type { Mode } from "../config.ts";
import { listen } from "../listen.ts";
import { attachSnapshot, type Snapshot } from "../snapshot.ts";
import { bundle } from "./bundle.ts";
import { LIVE_RELOAD_SCRIPT, withLiveReload } from "./live_reload.ts";
import { createManifest } from "./manifest.ts";
import { memorySnapshot } from "./memory_snapshot.ts";
import { type BuildOptions, type ResolvedBuildOptions, resolveOptions } from "./options.ts";
import { scanProject } from "./project.ts";
import { writeBuild } from "./write_build.ts";

/** An app of whatever state: a build does not care for it. */
// deno-lint-ignore no-explicit-any -- App<unknown> would refuse apps whose middlewares want a certain state
export type AnyApp = App<any>;

/** Gives a build to an app. */
export type AttachSnapshot = (app: AnyApp) => void;

/**
 * Bundles a project's islands and finds its routes and static files.
 *
 * @example `dev.ts`
 * ```ts
 * const builder = new Builder({ root: import.meta.dirname });
 * if (Deno.args.includes("build")) await builder.build();
 * else await builder.listen(() => import("./main.ts"));
 * ```
 */
export class Builder {
  readonly #options: ResolvedBuildOptions;

  constructor(options: BuildOptions = {}) {
    this.#options = resolveOptions(options);
  }

  /**
   * Builds for production unless a mode is given, and returns what attaches the build to an app. With the snapshot on disk
   * (the default) it also writes `_fresh/server.js` and the bundles; in memory nothing is written, as tests like it.
   */
  async build(
    options: { mode?: Mode; snapshot?: "disk" | "memory" } = {},
  ): Promise<AttachSnapshot> {
    const snapshot = await this.#build(options.mode ?? "production", options.snapshot !== "memory");
    return (app) => attachSnapshot(app, snapshot);
  }

  /**
   * Serves the app for development. Pages reload when the server has been started anew, which `deno run --watch` does on
   * every change.
   */
  async listen(importApp: () => Promise<{ app: AnyApp }>, options: ListenOptions = {}): Promise<void> {
    const snapshot = await this.#build("development", false);
    snapshot.developmentScript = LIVE_RELOAD_SCRIPT;
    const { app } = await importApp();
    attachSnapshot(app, snapshot);
    await listen(withLiveReload(app.handler(), app.basePath), options).finished;
  }

  async #build(mode: Mode, writes: boolean): Promise<Snapshot> {
    const options = this.#options;
    const project = await scanProject(options);
    const bundled = await bundle(options, project, mode);
    const manifest = await createManifest(options, mode, bundled, project.staticFiles);
    if (writes) await writeBuild(options, project, bundled, manifest);
    return await memorySnapshot(options, project, bundled, manifest);
  }
}
