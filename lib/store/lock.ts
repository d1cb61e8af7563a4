import { FreshetError } from "../shared/mod.ts";

/** A lock held on a data folder. */
export interface FolderLock extends Disposable {
  readonly path: string;
}

/**
 * Makes the data folder and locks it for this process: Deno KV's SQLite file takes one writer. The lock is the operating
 * system's own, so it goes with the process, however that ends. Throws `storage` where the folder cannot be written or where
 * another process holds it. With
 * `shared`, others may hold it likewise.
 */
export async function lockFolder(folder: string, options: { shared?: boolean } = {}): Promise<FolderLock> {
  const path = `${folder}/freshet.lock`;
  const file = await openLockFile(folder, path);
  if (!await file.tryLock(!options.shared)) {
    const owner = (await Deno.readTextFile(path)).trim();
    file.close();
    throw new FreshetError("storage", `Cannot open the data folder ${folder}: another Freshet uses it`, {
      hint: `Stop the process ${owner || "that has it open"}, or set FRESHET_DATA to another folder`,
    });
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  return {
    path,
    [Symbol.dispose]: () => file.close(),
  };
}

async function openLockFile(folder: string, path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    return await Deno.open(path, { create: true, read: true, write: true, mode: 0o600 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FreshetError("storage", `Cannot write to the data folder ${folder}: ${why}`, {
      hint: "Set FRESHET_DATA to a folder that this user may write to",
      cause,
    });
  }
}
