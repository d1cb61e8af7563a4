/** The entry of `deno task backup FILE` and `deno task restore FILE`. */
import { dirname, resolve } from "node:path";
import { FreshetError } from "../shared/mod.ts";
import { Schedule } from "../backups/mod.ts";
import { systemClock } from "../host/mod.ts";
import {
  type FilesReport,
  type FilesSource,
  measureFiles,
  openCopy,
  openStore,
  restore,
  type Store,
  takeBackup,
  upgradeLayout,
} from "../store/mod.ts";
import { afterRestore, backupsFolder, filesPlaces, VERSION } from "./backup_services.ts";
import { type AppConfig, type FreshetConfig, loadConfig } from "./config.ts";

const USAGE =
  "deno task backup FILE [--data FOLDER] [--with-files], or deno task restore FILE [--data FOLDER] [--without-keys]";
const WITHOUT_KEYS = "--without-keys";
const WITH_FILES = "--with-files";
/** What is counted before a backup with files. */
const COUNTING = { ms: 5_000, entries: 500_000 };
/** What is a field on the page. */
const HINTS: Readonly<Record<string, string>> = {
  password: "Set FRESHET_BACKUP_PASSWORD to the password of the backup",
  withoutSecrets: "Restore with its secret.key in the data folder or with its FRESHET_PASSPHRASE, " +
    `or with ${WITHOUT_KEYS} and enter these keys anew`,
};

if (import.meta.main) {
  try {
    await run(Deno.args);
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    say(error.message);
    const hint = (error.field && HINTS[error.field]) ?? error.hint;
    if (hint) say(hint);
    Deno.exit(1);
  }
}

async function run([command, file, ...rest]: readonly string[]): Promise<void> {
  if (!file || file.startsWith("--") || (command !== "backup" && command !== "restore")) {
    throw new FreshetError("invalid_request", "Cannot read the command", { hint: USAGE });
  }
  const { config } = await import(new URL("../../fresh.config.ts", import.meta.url).href) as {
    config: FreshetConfig;
  };
  const flags = rest.filter((flag) => flag !== WITHOUT_KEYS && flag !== WITH_FILES);
  const app = loadConfig(config, flags, (name) => Deno.env.get(name));
  const password = Deno.env.get("FRESHET_BACKUP_PASSWORD") || undefined;
  const path = resolve(file);
  if (command === "backup") await makeBackup(app, path, password, rest.includes(WITH_FILES));
  else await restoreBackup(app, path, password, rest.includes(WITHOUT_KEYS));
}

/** A running Freshet goes on: its database is copied in one transaction. */
async function makeBackup(
  app: AppConfig,
  path: string,
  password: string | undefined,
  withFiles: boolean,
): Promise<void> {
  const make = async (store: Store) => {
    const files = withFiles ? await filesOf(app, store) : undefined;
    report(path, await takeBackup(store, path, { createdAt: Date.now(), freshet: VERSION, password, files }));
  };
  if (await exists(path)) throw new FreshetError("conflict", `Cannot write ${path}: it is there already`);
  if (app.kvUrl !== undefined) {
    const store = await openStore({ ...storeOptions(app), url: app.kvUrl });
    try {
      await make(store);
    } finally {
      store.close();
    }
    return;
  }
  await using copy = await openCopy({ ...storeOptions(app), scratch: dirname(path) });
  await make(copy.store);
}

/** Says how much it is before it is read. */
async function filesOf(app: AppConfig, store: Store): Promise<FilesSource> {
  const places = { folder: backupsFolder(app), files: filesPlaces(resolve(app.dataFolder)) };
  const schedule = new Schedule({ store, clock: systemClock, ...places });
  const source = await schedule.files(await schedule.folder());
  const { folders, files, bytes, isPartial } = await measureFiles(store, source, COUNTING);
  say(
    `With the files of ${folders} folders: ${isPartial ? "more than " : ""}${files} files, ${
      kilobytes(bytes)
    }`,
  );
  return source;
}

async function restoreBackup(
  app: AppConfig,
  path: string,
  password: string | undefined,
  withoutSecrets: boolean,
): Promise<void> {
  if (!await exists(path)) throw new FreshetError("not_found", `Cannot find ${path}`);
  const store = await openStore({ ...storeOptions(app), url: app.kvUrl });
  try {
    const { counts, secretsLeftOut, files } = await restore(store, {
      path,
      password,
      passphrase: app.passphrase,
      withoutSecrets,
      now: Date.now(),
      files: filesPlaces(resolve(app.dataFolder)),
      onWriting: () => say("The archive is whole; restoring …"),
    });
    await afterRestore(store);
    await upgradeLayout(store, { clock: systemClock, backup: () => Promise.resolve() });
    for (const [entity, count] of Object.entries(counts)) say(`${String(count).padStart(9)}  ${entity}`);
    if (secretsLeftOut > 0) {
      say(`${secretsLeftOut} keys of model servers were left out; enter them in Settings`);
    }
    if (files) reportFiles(files);
    say("Restored, and compared with the backup: all of it is there");
  } finally {
    store.close();
  }
}

function storeOptions({ dataFolder, passphrase, encryptAll }: AppConfig) {
  return { folder: dataFolder, passphrase, encryptAll };
}

function report(path: string, { size, manifest }: Awaited<ReturnType<typeof takeBackup>>): void {
  const records = Object.values(manifest.entities).reduce((sum, { count }) => sum + count, 0);
  say(`${path}: ${records} records, ${kilobytes(size)}, read again and whole`);
  for (const { name, files, bytes, leftOut, changed, named } of manifest.trees ?? []) {
    const more = `${leftOut} left out, ${changed} changed while they were read`;
    say(`${name}: ${files} files, ${kilobytes(bytes)}; ${more}`);
    for (const { path, why } of named) say(`  ${why}: ${path}`);
  }
}

function reportFiles({ files, bytes, folders, leftOut, named }: FilesReport): void {
  say(`${files} files, ${kilobytes(bytes)}; ${leftOut} left out`);
  for (const { path, before } of folders) say(`  ${before ? `${path} (was ${before})` : path}`);
  for (const { path, why } of named) say(`  ${why}: ${path}`);
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`;
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

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`  ${line}\n`));
}
