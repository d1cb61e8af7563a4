import type { JailedCommand } from "../jail.ts";

/** A word as a POSIX shell reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command as a line for a shell: it takes the shell's place, so that a signal reaches it, and has no environment but its own. */
export function commandLine({ path, args, env }: JailedCommand): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return `exec env -i ${[...variables, path, ...args].map(quoted).join(" ")}`;
}

/**
 * Puts deno at `deno` in the current directory: the one that is installed if it is of the right version, else that of npm. Then
 * fetches hono into `deno_dir`. Its reports are read by what this version writes, hence exactly this one.
 */
export function setUpScript(denoVersion: string, honoVersion: string): string {
  return `set -eu
deno=$(command -v deno || true)
case "$([ -z "$deno" ] || "$deno" --version 2>/dev/null | head -n 1) " in
  "deno ${denoVersion} "*) ;;
  *)
    npm install --no-audit --no-fund --no-package-lock --prefix tools deno@${denoVersion} >&2
    deno=tools/node_modules/.bin/deno ;;
esac
ln -sf "$("$deno" eval 'console.log(Deno.execPath())')" deno
DENO_DIR="$PWD/deno_dir" ./deno cache --no-config npm:hono@${honoVersion}
`;
}
