import { homedir } from "node:os";
import { Benchmarks } from "../../benchmarks/mod.ts";
import { readDocument } from "../../documents/mod.ts";
import { createFiles, type Files } from "../../files/mod.ts";
import { Monitor } from "../../monitor/mod.ts";
import { Terminals } from "../../terminal/mod.ts";
import type { AnalyticsServices } from "./analytics.ts";
import type { Foundation } from "./foundation.ts";
import type { InferenceServices } from "./inference.ts";
import type { ServiceOverrides } from "./overrides.ts";

/** What this machine is, does and holds. */
export interface MachineServices {
  files: Files;
  monitor: Monitor;
  benchmarks: Benchmarks;
  terminals: Terminals;
}

/** Makes what looks at this machine, and begins to look; makes what measures models on it. */
export function createMachine(
  { store, clock, log, feed, revocations, directory, host, isWatched }: Foundation,
  overrides: ServiceOverrides,
  { nodes, prices }: Pick<InferenceServices, "nodes"> & Pick<AnalyticsServices, "prices">,
): MachineServices {
  const files = createFiles({
    store,
    clock,
    directory,
    home: homedir(),
    readDocument,
  });
  const monitor = new Monitor({ host, store, clock, log, feed });
  if (isWatched) monitor.start();
  const benchmarks = new Benchmarks({
    store,
    clock,
    log,
    feed,
    nodes,
    prices,
    processes: async (principal) => isWatched ? (await monitor.view(principal)).state.processes : null,
  });
  const terminals = new Terminals({ store, clock, log, revocations, ...overrides.terminals });
  return { files, monitor, benchmarks, terminals };
}
