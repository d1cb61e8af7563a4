import { recorded, recordedFetch } from "../../contacts/mod.ts";
import { Models } from "../../models/mod.ts";
import { Nodes } from "../../nodes/mod.ts";
import { createManagers, createProviders, DEFAULT_LOCAL_SERVERS } from "../../providers/mod.ts";
import { createSketch } from "../../providers/sketch/mod.ts";
import { CONTACT_FEATURES, type ProfileEvent } from "../../shared/mod.ts";
import { readDocumentation } from "../documentation.ts";
import type { Access } from "./access.ts";
import type { Analytics } from "./analytics.ts";
import type { Connections } from "./connections.ts";
import type { Foundation } from "./foundation.ts";
import type { ServiceOverrides } from "./overrides.ts";

/** The inference servers, and what is installed on them. */
export interface InferenceServices {
  nodes: Nodes;
  models: Models;
}

/** What inference is made of. */
export interface InferenceOptions extends Foundation, Pick<Access, "limiter">, Pick<Analytics, "ledger"> {
  connections: Connections;
  overrides: ServiceOverrides;
  /** Told of a model whose weights have changed under its name. */
  onChanged(model: string): Promise<void>;
}

/** Makes what calls models, and what looks after them. */
export function createInference(options: InferenceOptions): InferenceServices {
  const { store, clock, log, feed, config, host, isWatched, overrides, ledger } = options;
  const { contacts, reach } = options.connections;
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
    limits: options.limiter,
    onChange: (profileId) => feed.publish(profileId, { type: "nodes:changed" } satisfies ProfileEvent),
    onModels: (_, node, found) => models.digests.look(node, found),
  });
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
    ...(isWatched ? { gpu: () => host.gpu() } : {}),
    onChanged: options.onChanged,
  });
  return { nodes, models };
}
