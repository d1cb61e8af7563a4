import { FreshetError, newId } from "../../shared/mod.ts";
import { createCipher, deriveKey, loadKeyFile } from "../cipher.ts";
import { databaseFile, Store } from "../store.ts";

/** More than a database has, so that they are copied in one step. */
const ALL_PAGES = 2_000_000_000;

/** A store that does not change while it is read. */
export interface Snapshot extends AsyncDisposable {
  store: Store;
}

/**
 * SQLite's backup, all pages in one step, which is one transaction of a connection of its own: what is committed at that moment,
 * all of it and nothing else, while others write on. (`VACUUM INTO` attaches a database, which Deno allows only with all
 * permissions.) In a worker, since it does not give way to anybody; its source is a text, because the built server has no
 * files beside it.
 */
const COPY = `
import { backup, DatabaseSync } from "node:sqlite";
self.onmessage = async ({ data: { from, to } }) => {
  try {
    const database = new DatabaseSync(from, { readOnly: true, timeout: 10_000 });
    await backup(database, to, { rate: ${ALL_PAGES} });
    database.close();
    self.postMessage({});
  } catch (error) {
    self.postMessage({ problem: error instanceof Error ? error.message : String(error) });
  }
};`;

/**
 * The database of a file as it is at this moment, opened from a copy in `folder` that goes when it is disposed of. Others may
 * look into that folder: the copy is its owner's alone, and SQLite gives what it has beside it the same rights.
 */
export async function openSnapshot(store: SnapshotSource, file: string, folder: string): Promise<Snapshot> {
  const path = `${folder}/.snapshot-${newId()}.kv`;
  const remove = () => Promise.all(["", "-wal", "-shm"].map((suffix) => removeIfThere(path + suffix)));
  try {
    (await Deno.open(path, { write: true, createNew: true, mode: 0o600 })).close();
    await copyDatabase(file, path);
    const kv = await Deno.openKv(path);
    return {
      store: new Store(kv, store.cipher, { encryptAll: store.encryptAll, shared: false }),
      async [Symbol.asyncDispose]() {
        kv.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Where a database is, and what opens it. */
export interface DatabaseCopyOptions {
  /** The data folder; its Freshet may run. */
  folder: string;
  passphrase?: string | undefined;
  encryptAll: boolean;
  /** Where the copy is made. */
  scratch: string;
}

/** The database of a data folder as it is at this moment, without its lock. Throws `not_found` where there is none. */
export async function openCopy(options: DatabaseCopyOptions): Promise<Snapshot> {
  const { folder, passphrase, encryptAll, scratch } = options;
  const file = databaseFile(folder);
  try {
    await Deno.stat(file);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new FreshetError("not_found", `Cannot find a Freshet in ${folder}`, {
      hint: "Say where its data folder is with FRESHET_DATA or --data",
      cause,
    });
  }
  // Nothing is opened with this one.
  const placeholder = createCipher(crypto.getRandomValues(new Uint8Array(32)));
  const copy = await openSnapshot({ cipher: placeholder, encryptAll }, file, scratch);
  try {
    const { kv } = copy.store;
    const key = passphrase ? await deriveKey(kv, passphrase) : await loadKeyFile(folder);
    return {
      store: new Store(kv, createCipher(key), { encryptAll, shared: false }),
      [Symbol.asyncDispose]: () => copy[Symbol.asyncDispose](),
    };
  } catch (error) {
    await copy[Symbol.asyncDispose]();
    throw error;
  }
}

/** What opens the values of a database. */
export type SnapshotSource = Pick<Store, "cipher" | "encryptAll">;

async function copyDatabase(from: string, to: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([COPY], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  try {
    const { promise, resolve, reject } = Promise.withResolvers<{ problem?: string }>();
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage({ from, to });
    const { problem } = await promise;
    if (problem !== undefined) throw new Error(problem);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FreshetError("storage", `Cannot copy the database for a backup: ${why}`, {
      hint: "The folder of backups needs room for a copy of the database while a backup is made",
      cause,
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}

/** Whether a file is a copy that goes when its backup is made, or when it is swept up after a process was killed. */
export function isSnapshot(fileName: string): boolean {
  return fileName.startsWith(".snapshot-");
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
