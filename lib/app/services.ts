import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CONTACT_FEATURES, newId, type ProfileEvent } from "../shared/mod.ts";
import {
  ApiKeys,
  Authenticator,
  endRevokedElsewhere,
  KeyBudgets,
  localPrincipal,
  type Login,
  Preferences,
  type ProfilePurge,
  type Profiles,
  profilesChangedElsewhere,
  RateLimiter,
  Revocations,
  type Sessions,
} from "../access/mod.ts";
import { createAccounts } from "./accounts.ts";
import { Ledger, Metrics, Prices, rebuildWhereOld, UsageReports } from "../analytics/mod.ts";
import { Benchmarks } from "../benchmarks/mod.ts";
import { Chats } from "../chats/mod.ts";
import { withConnectDeadline } from "../connect_deadline/mod.ts";
import { Contacts, recorded, recordedFetch } from "../contacts/mod.ts";
import { readDocument } from "../documents/mod.ts";
import { createFiles, type Files } from "../files/mod.ts";
import { Backups } from "../backups/mod.ts";
import { createGateway, type Gateway } from "../gateway/mod.ts";
import { type Clock, type Log, systemClock } from "../host/mod.ts";
import { createHttp1 } from "../http1/mod.ts";
import { Models, type OnlineOptions } from "../models/mod.ts";
import { localHost, Monitor, type SystemHost } from "../monitor/mod.ts";
import { type LocalServer, Nodes, nodesChangedElsewhere } from "../nodes/mod.ts";
import {
  createManagers,
  createProviders,
  DEFAULT_LOCAL_SERVERS,
  type ProviderOptions,
} from "../providers/mod.ts";
import { createSketch } from "../providers/sketch/mod.ts";
import { E2bSandbox, LocalSandbox } from "../sandbox/mod.ts";
import { Runs } from "../runs/mod.ts";
import { ChatSockets } from "../socket/mod.ts";
import { type ImageStore, Previews, Processes, Studio, type Validate, validateIn } from "../studio/mod.ts";
import { Feed, openStore, SharedFeed, type SharedFeedOptions, type Store } from "../store/mod.ts";
import { createBackups, prepareStore } from "./backup_services.ts";
import { Terminals, type TerminalsOptions } from "../terminal/mod.ts";
import { createTools, ToolRegistry } from "../tools/mod.ts";
import { type AppConfig, needsLogin, refuseOpenAddress } from "./config.ts";
import { readDocumentation } from "./documentation.ts";
import { endWorkOf } from "./end_work.ts";
import { createLogging, type Logging } from "./logging.ts";

/** ms after which a node that takes no connection counts as unreachable. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Everything that routes may call. */
export interface Services {
  config: AppConfig;
  clock: Clock;
  log: Log;
  store: Store;
  feed: Feed;
  /** Whether everybody has to log in. */
  needsLogin: boolean;
  profiles: Profiles;
  sessions: Sessions;
  login: Login;
  purge: ProfilePurge;
  apiKeys: ApiKeys;
  /** What ends with the key or session that it was begun with. */
  revocations: Revocations;
  authenticator: Authenticator;
  limiter: RateLimiter;
  budgets: KeyBudgets;
  preferences: Preferences;
  ledger: Ledger;
  prices: Prices;
  usage: UsageReports;
  metrics: Metrics;
  nodes: Nodes;
  models: Models;
  benchmarks: Benchmarks;
  runs: Runs;
  tools: ToolRegistry;
  chats: Chats;
  studio: Studio;
  previews: Previews;
  processes: Processes;
  files: Files;
  gateway: Gateway;
  sockets: ChatSockets;
  monitor: Monitor;
  /** The lines of the log, and what switches the debug mode. */
  logging: Logging;
  /** Which hosts were contacted. */
  contacts: Contacts;
  terminals: Terminals;
  backups: Backups;
  /** Aborted when streams have to end because the process does. */
  closing: AbortSignal;
  /** Looks for model servers, unless that is switched off; returns their names with addresses. */
  discover(): Promise<{ name: string; baseUrl: string }[]>;
  /** Waits for running answers up to `graceMs`, then ends all streams. */
  drain(graceMs: number): Promise<void>;
  /** Ends everything and closes the store. */
  close(): Promise<void>;
}

/** What tests replace. */
export interface ServiceOverrides {
  clock?: Clock;
  log?: Log;
  /** What checks versions of projects in place of the sandbox. */
  validate?: Validate;
  /** The machine that is looked at. */
  host?: SystemHost;
  /** Servers to look for in place of the default ones. */
  servers?: readonly LocalServer[];
  /** Where models are searched for on the internet. */
  online?: Pick<OnlineOptions, "addresses">;
  /** How model servers are asked. */
  providers?: Pick<ProviderOptions, "pollMs">;
  /** What opens PTYs, and which shell is started on them. */
  terminals?: Pick<TerminalsOptions, "support" | "shell" | "endProcesses">;
}

/** Opens the store and starts all services. */
export async function createServices(config: AppConfig, overrides: ServiceOverrides = {}): Promise<Services> {
  const clock = overrides.clock ?? systemClock;
  const logging = createLogging(config, clock, overrides.log);
  const { log, trace } = logging;
  const store = await openStore({
    folder: config.dataFolder,
    url: config.kvUrl,
    passphrase: config.passphrase,
    encryptAll: config.encryptAll,
  });
  await prepareStore(store, { config, clock, log });
  const onElsewhere: SharedFeedOptions["onElsewhere"] = (profileId, event) =>
    takeOver(taken(), profileId, event);
  const feed: Feed = store.shared ? new SharedFeed({ store, clock, log, onElsewhere }) : new Feed();
  const closing = new AbortController();
  const revocations = new Revocations();
  const accounts = createAccounts({ config, store, clock, log, feed, revocations });
  const { profiles, sessions, login, purge, apiKeys, authenticator } = accounts;
  await refuseOpenAddress(config, profiles).catch(async (error) => {
    await feed.close();
    store.close();
    throw error;
  });
  const budgets = new KeyBudgets({
    store,
    clock,
    log,
    keys: apiKeys,
    onAlert: (profileId, alert) =>
      feed.publish(profileId, { type: "system:alert", alert } satisfies ProfileEvent),
  });
  const limiter = new RateLimiter({
    store,
    clock,
    log,
    keys: apiKeys,
    profile: config.limits ?? {},
    budgets,
  });
  const preferences = new Preferences(store, config.ui);
  const prices = new Prices({ store, clock });
  const usage = new UsageReports(store);
  const metrics = new Metrics();
  const ledger = new Ledger({
    store,
    clock,
    log,
    prices,
    onRows: (rows) => metrics.count(rows),
    onBooked: (bookings) => budgets.booked(bookings),
  });
  const connectable = withConnectDeadline(fetch, { timeoutMs: CONNECT_TIMEOUT_MS });
  const http1 = config.http1 === false
    ? undefined
    : createHttp1({ connectTimeoutMs: CONNECT_TIMEOUT_MS, fallback: connectable });
  const reach = {
    fetch: trace.fetch(http1?.fetch ?? connectable),
    // What goes by this way is not seen by the debug mode.
    get http1() {
      return logging.debug.isOn ? undefined : http1;
    },
  };
  const contacts = new Contacts({ store, clock, log });
  if (config.kvUrl !== undefined) contacts.note("store", config.kvUrl);
  const sketch = createSketch({ documentation: readDocumentation });
  const reaching = new Map(CONTACT_FEATURES.map((feature) => {
    return [feature, createProviders(sketch, recorded(contacts, feature, reach))];
  }));
  const providers = createProviders(sketch, recorded(contacts, "models", reach));
  const nodes = new Nodes({
    store,
    providers,
    providersFor: (feature) => reaching.get(feature) ?? providers,
    ledger,
    clock,
    log,
    sketch: config.features.sketch,
    config: config.nodes,
    aliases: config.aliases,
    servers: overrides.servers ?? (config.features.discovery ? DEFAULT_LOCAL_SERVERS : []),
    patience: config.patience,
    limits: limiter,
    onChange: (profileId) => feed.publish(profileId, { type: "nodes:changed" } satisfies ProfileEvent),
    onModels: (_, node, found) => models.digests.look(node, found),
  });
  const host = overrides.host ?? localHost();
  const samples = config.features.system && config.sampling !== false;
  const models: Models = new Models({
    store,
    clock,
    log,
    feed,
    nodes,
    managers: createManagers({
      ...overrides.providers,
      fetch: recordedFetch(contacts, "models", reach.fetch),
    }),
    online: config.features.onlineSearch
      ? { fetch: recordedFetch(contacts, "search", reach.fetch), ...overrides.online }
      : {},
    calls: ledger,
    ...(samples ? { gpu: () => host.gpu() } : {}),
    onChanged: async (model) => {
      for (const { id } of await profiles.list()) await studio.forgetModel(id, model);
    },
  });
  const runs = new Runs({ store, clock, log });
  const tools = config.features.tools ? createTools() : new ToolRegistry([]);
  const chats = new Chats({ store, clock, log, feed, nodes, runs, tools, preferences });
  const asked = {
    clock,
    log,
    fetch: recordedFetch(contacts, "sandbox", fetch),
    onContact: (origin: string) => contacts.note("sandbox", origin),
  };
  const local = new LocalSandbox({ directory: sandboxDirectory(config), ...asked });
  const sandbox = config.e2b ? new E2bSandbox({ ...config.e2b, ...asked }) : local;
  const validate = overrides.validate ?? validateIn(sandbox);
  const studio = new Studio({ store, clock, log, feed, nodes, runs, images: imagesOf(chats), validate });
  const processes = new Processes({ store, clock, studio, sandbox });
  const previews = new Previews({ store, clock, studio, processes });
  const files = createFiles({
    store,
    clock,
    directory: filesDirectory(config),
    home: homedir(),
    readDocument,
  });
  const gateway = createGateway({ nodes, authenticator, limits: limiter, revocations, log, clock });
  const sockets = new ChatSockets({ authenticator, revocations, chats, runs, store, clock, log });
  const monitor = new Monitor({ host, store, clock, log, feed });
  if (samples) monitor.start();
  const benchmarks = new Benchmarks({
    store,
    clock,
    log,
    feed,
    nodes,
    prices,
    processes: async (principal) =>
      config.features.system && config.sampling !== false
        ? (await monitor.view(principal)).state.processes
        : null,
  });
  const terminals = new Terminals({
    store,
    clock,
    log,
    revocations,
    ...overrides.terminals,
  });
  let rebuilding = Promise.resolve();
  const rebuild = () => {
    rebuilding = rebuilding.then(() => rebuildAll(store, profiles, closing.signal))
      .catch((error) => log.of("ledger").error("Cannot sum up the ledger", { error }));
  };
  const taken = () => ({ nodes, models, preferences, profiles, apiKeys, revocations, store, feed });
  const backups = createBackups({ store, clock, log, feed, config }, async () => {
    await takeOver(taken(), localPrincipal.profileId, undefined);
    prices.forget();
    chats.forget();
    await monitor.thresholds.load();
    rebuild();
    await runs.reap();
    studio.start();
    await Promise.all([purge.start(), terminals.start()]);
    if (config.features.models && !store.shared) await Promise.all([models.start(), benchmarks.start()]);
  });
  const profileIds = (await profiles.list()).map(({ id }) => id);
  await Promise.all(profileIds.map((id) => feed.hear(id)));
  nodes.watch(localPrincipal);
  rebuild();
  accounts.onDeleted = (profileId) => endWorkOf({ runs, processes, store, log }, profileId);
  await Promise.all([
    local.sweep(),
    runs.start().then(() => studio.start()),
    config.features.models ? Promise.all([models.start(), benchmarks.start()]) : undefined,
    purge.start(),
    terminals.start(),
  ]);
  backups.start();
  return {
    config,
    clock,
    log,
    store,
    feed,
    needsLogin: needsLogin(config),
    profiles,
    sessions,
    login,
    purge,
    apiKeys,
    revocations,
    authenticator,
    limiter,
    budgets,
    preferences,
    ledger,
    prices,
    usage,
    metrics,
    nodes,
    models,
    benchmarks,
    runs,
    tools,
    chats,
    studio,
    previews,
    processes,
    files,
    gateway,
    sockets,
    monitor,
    logging,
    contacts,
    terminals,
    backups,
    closing: closing.signal,
    discover: async () => await nodes.discover(localPrincipal),
    drain: async (graceMs) => {
      await runs.drain(graceMs);
      closing.abort();
      sockets.close();
      await terminals.shutDown();
      await gateway.close();
    },
    close: async () => {
      closing.abort();
      sockets.close();
      await terminals.shutDown();
      await gateway.close();
      await runs.close();
      await studio.close();
      await sandbox.close();
      await chats.close();
      await benchmarks.close();
      await backups.close();
      if (config.dataFolder === ":memory:") {
        await files.discard();
        await backups.discard();
      }
      await models.close();
      await nodes.close();
      http1?.close();
      await rebuilding;
      await purge.close();
      await ledger.flush();
      await limiter.close();
      await budgets.close();
      await contacts.close();
      await monitor.close();
      logging.debug.close();
      await feed.close();
      store.close();
    },
  };
}

/** Drops what another instance has changed, or may have; without an event, that is everything. */
async function takeOver(
  { nodes, models, preferences, profiles, apiKeys, revocations, store, feed }: Pick<
    Services,
    "nodes" | "models" | "preferences" | "profiles" | "apiKeys" | "revocations" | "store" | "feed"
  >,
  profileId: string,
  event: Parameters<SharedFeedOptions["onElsewhere"]>[1],
): Promise<void> {
  if (!event || event.type === "settings:changed") preferences.forget(profileId);
  if (!event || event.type === "profiles:changed") {
    await profilesChangedElsewhere(profiles, revocations);
    for (const { id } of await profiles.list()) void feed.hear(id);
  }
  if (!event || event.type === "api_keys:changed" || event.type === "sessions:changed") {
    await endRevokedElsewhere(store, revocations, profileId);
    await apiKeys.changedElsewhere(profileId);
  }
  if (!event || event.type === "nodes:changed") {
    models.digests.forget();
    await nodesChangedElsewhere(nodes, { ...localPrincipal, profileId });
  }
}

async function rebuildAll(store: Store, profiles: Profiles, signal: AbortSignal): Promise<void> {
  for (const { id } of await profiles.list()) await rebuildWhereOld(store, id, signal);
}

/** Pictures of projects are kept where those of chats are. */
function imagesOf({ attachments }: Chats): ImageStore {
  return {
    getAll: (principal, ids) => attachments.getAll(principal, ids),
    bytes: (principal, id) => attachments.bytes(principal, id),
    keep: (principal, operation, ids, projectId) => {
      attachments.use(principal, operation, ids.map((id) => ({ id })), projectId);
    },
    release: (profileId, id, projectId) => attachments.release(profileId, id, projectId),
  };
}

/** Beside the data; an app whose data is in memory has a place of its own for as long as it lives. */
function sandboxDirectory({ dataFolder }: AppConfig): string {
  return dataFolder === ":memory:" ? join(tmpdir(), `freshet-${newId()}`) : join(dataFolder, "sandbox");
}

/** The data folder, which the files' feature keeps closed and has its trash in. */
function filesDirectory({ dataFolder }: AppConfig): string {
  return dataFolder === ":memory:" ? join(tmpdir(), `freshet-${newId()}`) : resolve(dataFolder);
}
