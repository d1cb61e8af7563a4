import { exists } from "./names.ts";
import { isSameFile } from "./path_guard.ts";

/** A name that is taken. */
export interface Claim {
  /** Lets go of it where nothing has come in its place. */
  giveUp(): Promise<void>;
}

/**
 * Takes a name by something empty that the rename replaces, so that two who want it cannot both get it. Windows does not
 * replace folders: there, the moment between looking and renaming remains.
 */
export async function claim(real: string, { isDirectory }: Deno.FileInfo): Promise<Claim> {
  if (!isDirectory) (await Deno.open(real, { write: true, createNew: true })).close();
  else await Deno.mkdir(real);
  if (isDirectory && Deno.build.os === "windows") await Deno.remove(real);
  const made = await exists(real) ? await Deno.lstat(real) : undefined;
  return {
    async giveUp() {
      if (!made || !await exists(real)) return;
      const now = await Deno.lstat(real);
      // Not recursive: what is not empty is not ours.
      if (isSameFile(now, made) && (now.isDirectory || now.size === 0)) await Deno.remove(real);
    },
  };
}
