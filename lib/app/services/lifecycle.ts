import { localPrincipal } from "../../access/mod.ts";
import type { Backups } from "../../backups/mod.ts";
import { createBackups } from "../backup_services.ts";
import { endWorkOf } from "../end_work.ts";
import type { Access } from "./access.ts";
import type { Analytics } from "./analytics.ts";
import type { ChatServices } from "./chats.ts";
import type { Connections } from "./connections.ts";
import type { EntranceServices } from "./entrances.ts";
import type { Foundation } from "./foundation.ts";
import type { InferenceServices } from "./inference.ts";
import type { MachineServices } from "./machine.ts";
import type { StudioLayer } from "./studio.ts";
import { takeOver } from "./take_over.ts";

/** All layers of the services, whose work begins and ends here. */
export type Layers =
  & Foundation
  & Access
  & Analytics
  & Connections
  & InferenceServices
  & ChatServices
  & StudioLayer
  & MachineServices
  & EntranceServices;

/** Makes the backups; after a restore everything begins again with what is in the store then. */
export function createRestorable(layers: Layers): Backups {
  const { config, store, prices, chats, monitor, runs, studio, purge, terminals, models, benchmarks } =
    layers;
  const { profiles, sessions } = layers;
  return createBackups(layers, async (sessionId) => {
    await takeOver(layers, localPrincipal.profileId, undefined);
    prices.forget();
    chats.forget();
    await monitor.thresholds.load();
    layers.rebuild.begin();
    await runs.reap();
    studio.start();
    chats.start();
    await Promise.all([purge.start(), terminals.start()]);
    // Who has restored stays logged in; everybody else does so anew, to what is there now.
    for (const { id } of await profiles.list()) await sessions.revokeAll(id, sessionId);
    if (config.features.models && !store.shared) await Promise.all([models.start(), benchmarks.start()]);
  });
}

/** Begins what goes on by itself. */
export async function start(layers: Layers): Promise<void> {
  const { config, store, log, feed, profiles, nodes, accounts, runs, processes, studio } = layers;
  const profileIds = (await profiles.list()).map(({ id }) => id);
  await Promise.all(profileIds.map((id) => feed.hear(id)));
  nodes.watch(localPrincipal);
  layers.rebuild.begin();
  accounts.onDeleted = (profileId) => endWorkOf({ runs, processes, store, log }, profileId);
  await Promise.all([
    layers.local.sweep(),
    runs.start().then(() => studio.start()),
    config.features.models ? Promise.all([layers.models.start(), layers.benchmarks.start()]) : undefined,
    layers.purge.start(),
    layers.terminals.start(),
  ]);
  layers.chats.start();
}

/** Waits for running answers up to `graceMs`, then ends all streams. */
export async function drain(layers: Layers, graceMs: number): Promise<void> {
  await layers.runs.drain(graceMs);
  await endStreams(layers);
}

/** Ends everything, what uses others before them, and closes the store. */
export async function close(layers: Layers, backups: Backups): Promise<void> {
  await endStreams(layers);
  await layers.runs.close();
  await layers.studio.close();
  await layers.sandbox.close();
  await layers.chats.close();
  await layers.benchmarks.close();
  await backups.close();
  if (layers.config.dataFolder === ":memory:") {
    await layers.files.discard();
    await backups.discard();
  }
  await layers.models.close();
  await layers.nodes.close();
  layers.disconnect();
  await layers.rebuild.settled();
  await layers.purge.close();
  await layers.ledger.flush();
  await layers.limiter.close();
  await layers.budgets.close();
  await layers.contacts.close();
  await layers.monitor.close();
  layers.logging.debug.close();
  await layers.feed.close();
  layers.store.close();
}

async function endStreams({ ending, sockets, terminals, gateway }: Layers): Promise<void> {
  ending.abort();
  sockets.close();
  await terminals.shutDown();
  await gateway.close();
}
