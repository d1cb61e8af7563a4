import { homedir, hostname, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { newId, type ProfileEvent } from "../shared/mod.ts";
import { endAllSessions, localPrincipal } from "../access/mod.ts";
import {
  BackupFolder,
  Backups,
  type FilesPlaces,
  pauseForeignSchedule,
  removeIfThere,
  UPLOAD_PREFIX,
} from "../backups/mod.ts";
import { mayRestoreTo } from "../files/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { type Feed, resumeRestore, type Store, takeBackup, upgradeLayout } from "../store/mod.ts";
import project from "../../deno.json" with { type: "json" };
import type { AppConfig } from "./config.ts";

/** Of this Freshet, as it stands in its backups. */
export const VERSION = project.version;

/** What a store is opened with. */
interface Opening {
  config: AppConfig;
  clock: Clock;
  log: Log;
}

/** Before anything reads the store: ends a restore that was cut off, and brings its keys into the newest layout. */
export async function prepareStore(store: Store, { config, clock, log }: Opening): Promise<void> {
  const lines = log.of("backups");
  const resumed = await resumeRestore(store, { passphrase: config.passphrase });
  if (resumed?.outcome === "finished") {
    await afterRestore(store);
    lines.warn("A restore that was cut off is finished now", { path: resumed.path });
  } else if (resumed) {
    lines.error("A restore was cut off and is taken back: the store is empty", { ...resumed });
  }
  if (resumed && basename(resumed.path).startsWith(UPLOAD_PREFIX)) await removeIfThere(resumed.path);
  await upgradeLayout(store, {
    clock,
    backup: async (layout) => {
      const folder = new BackupFolder(backupsFolder(config));
      await folder.prepare();
      const path = folder.newPath(clock.now(), "upgrade");
      await takeBackup(store, path, { createdAt: clock.now(), freshet: VERSION });
      lines.info("A backup was made before the store is upgraded", { path, layout });
    },
  });
}

/** What a restore leaves to be done where nobody is logged in who has begun it. */
export async function afterRestore(store: Store): Promise<void> {
  await pauseForeignSchedule(store);
  await endAllSessions(store);
}

/** The backups of an instance; `directory` holds what Freshet keeps as files. */
export function createBackups(
  { store, clock, log, config, feed, directory }: Opening & { store: Store; feed: Feed; directory: string },
  onRestored: (sessionId: string | undefined) => Promise<void>,
): Backups {
  return new Backups({
    store,
    clock,
    log,
    folder: backupsFolder(config),
    files: filesPlaces(directory),
    passphrase: config.passphrase,
    version: VERSION,
    onRestored,
    onTurn: (state) => {
      const alert = {
        figure: "backup",
        state,
        value: 0,
        above: 0,
        at: clock.now(),
        host: hostname(),
      } as const;
      feed.publish(localPrincipal.profileId, { type: "system:alert", alert } satisfies ProfileEvent);
    },
  });
}

/** Where backups are unless somebody chose another folder; of an app whose data is in memory, for as long as the process lives. */
export function backupsFolder({ dataFolder }: AppConfig): string {
  return dataFolder === ":memory:"
    ? join(tmpdir(), `freshet-backups-${newId()}`)
    : join(resolve(dataFolder), "backups");
}

/** Where files of folders and the trash are, by the folder in which Freshet keeps its data. */
export function filesPlaces(directory: string): FilesPlaces {
  return {
    data: directory,
    trash: join(directory, "trash"),
    // Not within: the files' feature keeps all of the data folder closed.
    beside: `${directory}-files`,
    mayHold: async (path) => {
      const [data, home] = await Promise.all([resolved(directory), resolved(homedir())]);
      return mayRestoreTo(path, { data, home });
    },
  };
}

async function resolved(path: string): Promise<string> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (error instanceof Error) return path;
    throw error;
  }
}
