import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Revocations, TrustedProxies } from "../../access/mod.ts";
import { type Clock, type Log, systemClock } from "../../host/mod.ts";
import { localHost, type SystemHost } from "../../monitor/mod.ts";
import { newId } from "../../shared/mod.ts";
import { Feed, openStore, SharedFeed, type SharedFeedOptions, type Store } from "../../store/mod.ts";
import { prepareStore } from "../backup_services.ts";
import type { AppConfig } from "../config.ts";
import { createLogging, type Logging } from "../logging.ts";
import type { ServiceOverrides } from "./overrides.ts";

/** What everything else stands on. */
export interface FoundationServices {
  config: AppConfig;
  clock: Clock;
  log: Log;
  /** The lines of the log, and what switches the debug mode. */
  logging: Logging;
  store: Store;
  feed: Feed;
  /** What ends with the key or session that it was begun with. */
  revocations: Revocations;
  /** Who is believed on where requests come from. */
  trustedProxies: TrustedProxies;
}

/** The same, with what only the other services are made of. */
export interface Foundation extends FoundationServices {
  /** The data folder, which the files' feature keeps closed and has its trash in; of its own where the store is in memory. */
  directory: string;
  /** The machine that Freshet runs on. */
  host: SystemHost;
  /** Whether it is looked at by itself. */
  isWatched: boolean;
  /** Aborts what has to end because the process does. */
  ending: AbortController;
}

/** Makes the log and opens the store. What another instance publishes is told to `onElsewhere`. */
export async function openFoundation(
  config: AppConfig,
  overrides: ServiceOverrides,
  onElsewhere: SharedFeedOptions["onElsewhere"],
): Promise<Foundation> {
  const clock = overrides.clock ?? systemClock;
  const trustedProxies = new TrustedProxies(config.trustedProxies);
  const logging = createLogging(config, clock, overrides.log);
  const { log } = logging;
  const store = await openStore({
    folder: config.dataFolder,
    url: config.kvUrl,
    passphrase: config.passphrase,
    encryptAll: config.encryptAll,
  });
  await prepareStore(store, { config, clock, log });
  const feed = store.shared ? new SharedFeed({ store, clock, log, onElsewhere }) : new Feed();
  return {
    config,
    clock,
    log,
    logging,
    store,
    feed,
    revocations: new Revocations(),
    trustedProxies,
    directory: directoryOf(config),
    host: overrides.host ?? localHost(),
    isWatched: config.features.system && config.sampling !== false,
    ending: new AbortController(),
  };
}

function directoryOf({ dataFolder }: AppConfig): string {
  return dataFolder === ":memory:" ? join(tmpdir(), `freshet-${newId()}`) : resolve(dataFolder);
}
