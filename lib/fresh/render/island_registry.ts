import type { ClientModule, Snapshot } from "../snapshot.ts";

/** An exported component of an island module. */
export interface IslandExport {
  client: ClientModule;
  /** Name of the export. */
  name: string;
  /** Name for error messages. */
  label: string;
}

const registries = new WeakMap<Snapshot, Map<unknown, IslandExport>>();

/** The island that a component is, where it is one. */
export function findIsland(snapshot: Snapshot, component: unknown): IslandExport | undefined {
  let registry = registries.get(snapshot);
  if (!registry) {
    registry = createRegistry(snapshot);
    registries.set(snapshot, registry);
  }
  return registry.get(component);
}

function createRegistry({ islands }: Snapshot): Map<unknown, IslandExport> {
  const registry = new Map<unknown, IslandExport>();
  for (const { client, exports } of islands) {
    for (const [name, value] of Object.entries(exports)) {
      if (typeof value !== "function") continue;
      const label = name === "default" ? value.name || client.file : name;
      registry.set(value, { client, name, label });
    }
  }
  return registry;
}
