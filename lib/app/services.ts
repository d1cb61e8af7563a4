import { localPrincipal } from "../access/mod.ts";
import type { Backups } from "../backups/mod.ts";
import type { AppConfig } from "./config.ts";
import { type AccessServices, createAccess } from "./services/access.ts";
import { type AnalyticsServices, createAnalytics } from "./services/analytics.ts";
import { type ChatServices, createChats } from "./services/chats.ts";
import { type ConnectionServices, createConnections } from "./services/connections.ts";
import { createEntrances, type EntranceServices } from "./services/entrances.ts";
import { type FoundationServices, openFoundation } from "./services/foundation.ts";
import { createInference, type InferenceServices } from "./services/inference.ts";
import { close, createRestorable, drain, type Layers, start } from "./services/lifecycle.ts";
import { createMachine, type MachineServices } from "./services/machine.ts";
import type { ServiceOverrides } from "./services/overrides.ts";
import { createStudio, type StudioServices } from "./services/studio.ts";
import { takeOver } from "./services/take_over.ts";

export type { ServiceOverrides } from "./services/overrides.ts";

/** Everything that routes may call. */
export interface Services
  extends
    FoundationServices,
    AccessServices,
    AnalyticsServices,
    ConnectionServices,
    InferenceServices,
    ChatServices,
    StudioServices,
    MachineServices,
    EntranceServices {
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

/** Opens the store and starts all services, each made of those above it. */
export async function createServices(config: AppConfig, overrides: ServiceOverrides = {}): Promise<Services> {
  const foundation = await openFoundation(config, overrides, (profileId, event) => {
    return takeOver(layers, profileId, event);
  });
  const access = await createAccess(foundation);
  const analytics = createAnalytics(foundation, access);
  const connections = createConnections(foundation);
  const inference = createInference({
    ...foundation,
    ...access,
    ...analytics,
    connections,
    overrides,
    onChanged: async (model) => {
      for (const { id } of await access.profiles.list()) await studio.studio.forgetModel(id, model);
    },
  });
  const chats = createChats(foundation, { ...access, ...inference });
  const studio = createStudio({ ...foundation, ...access, ...inference, ...chats, connections, overrides });
  const machine = createMachine(foundation, overrides, { ...inference, ...analytics });
  const entrances = createEntrances(foundation, access, { ...inference, ...chats });
  const layers: Layers = {
    ...foundation,
    ...access,
    ...analytics,
    ...connections,
    ...inference,
    ...chats,
    ...studio,
    ...machine,
    ...entrances,
  };
  const backups = createRestorable(layers);
  await start(layers);
  backups.start();
  return {
    ...layers,
    backups,
    closing: foundation.ending.signal,
    discover: async () => await inference.nodes.discover(localPrincipal),
    drain: (graceMs) => drain(layers, graceMs),
    close: () => close(layers, backups),
  };
}
