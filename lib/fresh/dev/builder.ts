import type { App, ListenOptions } from "../app.ts";
import type { Mode } from "../config.ts";
import { listen } from "../listen.ts";
import { attachSnapshot, type Snapshot } from "../snapshot.ts";
import type { BuildManifest } from "../manifest.ts";
import { type Bundle, bundle } from "./bundle.ts";
import { LIVE_RELOAD_SCRIPT, withLiveReload } from "./live_reload.ts";
import { createManifest } from "./manifest.ts";
import { memorySnapshot } from "./memory_snapshot.ts";
import { type BuildOptions, type ResolvedBuildOptions, resolveOptions } from "./options.ts";
import { type Project, scanProject } from "./project.ts";
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
   * Builds for production unless a mode is given. With the snapshot on disk (the default) it writes `_fresh/server.js`, which
   * attaches the build, and the bundles. In memory, as tests like it, nothing is written: it returns what attaches the build.
   */
  build(options: { mode?: Mode; snapshot: "memory" }): Promise<AttachSnapshot>;
  build(options?: { mode?: Mode; snapshot?: "disk" }): Promise<void>;
  async build(
    { mode = "production", snapshot = "disk" }: { mode?: Mode; snapshot?: "disk" | "memory" } = {},
  ): Promise<AttachSnapshot | void> {
    if (snapshot === "disk") {
      const { project, bundled, manifest } = await this.#bundle(mode);
      await writeBuild(this.#options, project, bundled, manifest);
      return;
    }
    const built = await this.#inMemory(mode);
    return (app) => attachSnapshot(app, built);
  }

  /**
   * Serves the app for development. Pages reload when the server has been started anew, which `deno run --watch` does on
   * every change.
   */
  async listen(importApp: () => Promise<{ app: AnyApp }>, options: ListenOptions = {}): Promise<void> {
    const snapshot = await this.#inMemory("development");
    snapshot.developmentScript = LIVE_RELOAD_SCRIPT;
    const { app } = await importApp();
    attachSnapshot(app, snapshot);
    await listen(withLiveReload(app.handler(), app.basePath), options).finished;
  }

  async #inMemory(mode: Mode): Promise<Snapshot> {
    const { project, bundled, manifest } = await this.#bundle(mode);
    return await memorySnapshot(this.#options, project, bundled, manifest);
  }

  async #bundle(mode: Mode): Promise<{ project: Project; bundled: Bundle; manifest: BuildManifest }> {
    const options = this.#options;
    const project = await scanProject(options);
    const bundled = await bundle(options, project, mode);
    const manifest = await createManifest(options, mode, bundled, project.staticFiles);
    return { project, bundled, manifest };
  }
}
