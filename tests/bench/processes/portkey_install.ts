import { join } from "node:path";
import { tmpdir } from "node:os";

const GATEWAY = "@portkey-ai/gateway";
const LICENCE = "MIT";
const INSTALL_MS = 60_000;

/** Exact versions: with newer ones of Hono and its server for Node the gateway's streams break. */
const VERSIONS: Record<string, string> = {
  [GATEWAY]: "1.15.2",
  "hono": "4.9.7",
  "@hono/node-server": "1.13.7",
};
const { [GATEWAY]: PORTKEY_VERSION = "", ...PINNED } = VERSIONS;

/** The name and version of what is installed. */
export const PORTKEY = `Portkey ${PORTKEY_VERSION}`;

/**
 * Installs the Portkey gateway from npm into the system's folder for temporary files, where it is found the next time, so that
 * none of it gets among the project's own packages. Returns the path of its server's script. Throws where the registry cannot
 * be reached, or where something else came than was asked for.
 */
export async function installPortkey(): Promise<string> {
  const versions = Object.entries(VERSIONS).map(([name, version]) => `${name}-${version}`.replace("/", "-"));
  const folder = join(tmpdir(), "freshet-bench-peers", versions.join("_"));
  if (!await exists(folder)) await install(folder);
  await verify(folder);
  return join(folder, "node_modules", GATEWAY, "build", "start-server.js");
}

/** Puts the folder into its place when it is complete, so that an interrupted run leaves nothing that looks so. */
async function install(folder: string): Promise<void> {
  const draft = await Deno.makeTempDir({ prefix: "freshet-bench-peer-" });
  try {
    const manifest = { name: "freshet-bench-peer", private: true, dependencies: VERSIONS, overrides: PINNED };
    await Deno.writeTextFile(join(draft, "package.json"), JSON.stringify(manifest));
    await Deno.writeTextFile(join(draft, "deno.json"), JSON.stringify({ nodeModulesDir: "auto" }));
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["install", "--quiet"],
      cwd: draft,
      env: { NO_COLOR: "1" },
      stdout: "null",
      stderr: "piped",
      signal: AbortSignal.timeout(INSTALL_MS),
    }).output();
    if (!success) throw new Error(`Cannot install ${PORTKEY}: ${reasonOf(stderr) || "no answer in time"}`);
    await Deno.mkdir(join(folder, ".."), { recursive: true });
    await Deno.rename(draft, folder);
  } catch (error) {
    await Deno.remove(draft, { recursive: true });
    throw error;
  }
}

/** The first line of what `deno install` complains about. */
function reasonOf(stderr: Uint8Array): string {
  return new TextDecoder().decode(stderr).trim().split("\n")[0]?.replace(/^error: /, "") ?? "";
}

async function verify(folder: string): Promise<void> {
  for (const [name, wanted] of Object.entries(VERSIONS)) {
    const path = join(folder, "node_modules", name, "package.json");
    const { version, license } = JSON.parse(await Deno.readTextFile(path));
    if (version !== wanted) throw new Error(`Cannot use ${name} ${version}: ${wanted} is needed`);
    if (license !== LICENCE) throw new Error(`Cannot use ${name}: its licence is ${license}`);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
