import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { newId, type ProjectFile, projectPath } from "../shared/mod.ts";
import { createSealedCache } from "./sealed_cache.ts";
import { type HonoPackage, importMap, seedPackage } from "./hono_package.ts";

/** A directory of one check or one process. */
export interface Job {
  id: string;
  /** Files of ours, out of reach of the project's code. */
  directory: string;
  /** The project's files; all that its code may read. */
  projectDirectory: string;
  /** Its URL, with a slash at the end. */
  projectUrl: string;
  /** DENO_DIR of all that runs or reads the project's code. */
  cacheDirectory: string;
  /** Writes a file of ours, by its path within the directory. */
  write(path: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

/**
 * The directory of one sandbox, `root/<instance>`: configurations of our own, the packages that projects may import, and a fresh
 * directory per job.
 */
export class Workspace {
  /** For whatever runs or reads a project's code: hono as plain files, nothing from npm. */
  readonly runConfig: string;
  /** For the type checker, which runs nothing and finds hono's types by way of npm. */
  readonly typesConfig: string;
  /** Likewise, for projects whose TypeScript a browser must be able to run once its types are removed. */
  readonly browserTypesConfig: string;
  /** DENO_DIR of the type checker. */
  readonly denoDirectory: string;
  readonly #jobs: string;

  protected constructor(readonly root: string, readonly directory: string, readonly hono: HonoPackage) {
    this.runConfig = join(directory, "run.json");
    this.typesConfig = join(directory, "types.json");
    this.browserTypesConfig = join(directory, "browser_types.json");
    this.denoDirectory = join(directory, "deno_dir");
    this.#jobs = join(directory, "jobs");
  }

  /** Makes the directory, below `root`. */
  static async create(root: string, hono: HonoPackage): Promise<Workspace> {
    await Deno.mkdir(root, { recursive: true });
    const realRoot = await Deno.realPath(root);
    const workspace = new Workspace(realRoot, join(realRoot, newId()), hono);
    await Deno.mkdir(workspace.#jobs, { recursive: true, mode: 0o700 });
    await workspace.#writeConfigs(await seedPackage(hono, workspace.denoDirectory));
    return workspace;
  }

  /** Removes what earlier sandboxes left below `root`. Their processes ended with their server. */
  static async sweep(root: string): Promise<void> {
    try {
      for await (const { name } of Deno.readDir(root)) await removeTree(join(root, name));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  /** Writes files into a fresh directory. Throws `invalid_request` for a path that `projectPath` refuses. */
  async createJob(files: readonly ProjectFile[]): Promise<Job> {
    const id = newId();
    const directory = join(this.#jobs, id);
    const projectDirectory = join(directory, "project");
    const cacheDirectory = join(directory, "deno_dir");
    await Deno.mkdir(projectDirectory, { recursive: true });
    try {
      await createSealedCache(cacheDirectory);
      for (const { path, content } of files) {
        const target = join(projectDirectory, ...projectPath(path).split("/"));
        await Deno.mkdir(dirname(target), { recursive: true });
        await Deno.writeTextFile(target, content, { createNew: true });
      }
    } catch (error) {
      await removeTree(directory);
      throw error;
    }
    const projectUrl = `${pathToFileURL(projectDirectory).href}/`;
    return {
      id,
      directory,
      projectDirectory,
      projectUrl,
      cacheDirectory,
      write: async (path, text) => {
        await Deno.mkdir(dirname(join(directory, path)), { recursive: true });
        await Deno.writeTextFile(join(directory, path), text);
      },
      remove: () => removeTree(directory),
    };
  }

  /** Removes all of it. */
  remove(): Promise<void> {
    return removeTree(this.directory);
  }

  async #writeConfigs(seededHono: string): Promise<void> {
    for (const [path, text] of this.configs(await importMap(seededHono))) {
      await Deno.writeTextFile(path, text);
    }
  }

  /** The configurations by their paths; `imports` names hono's modules as files. */
  protected configs(imports: Record<string, string>): [path: string, text: string][] {
    const compilerOptions = {
      strict: true,
      lib: ["dom", "dom.iterable", "dom.asynciterable", "deno.ns"],
      erasableSyntaxOnly: false,
    };
    const byName = { hono: `npm:hono@${this.hono.version}`, "hono/": `npm:/hono@${this.hono.version}/` };
    const types = { nodeModulesDir: "none", imports: byName, compilerOptions };
    const browserTypes = { ...types, compilerOptions: { ...compilerOptions, erasableSyntaxOnly: true } };
    return [
      // Deno also takes what the next deno.json above says, where the data folder lies within a project of somebody's.
      [join(this.directory, "deno.json"), JSON.stringify({ workspace: [] })],
      [this.runConfig, JSON.stringify({ nodeModulesDir: "none", imports })],
      [this.typesConfig, JSON.stringify(types)],
      [this.browserTypesConfig, JSON.stringify(browserTypes)],
    ];
  }
}

async function removeTree(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
