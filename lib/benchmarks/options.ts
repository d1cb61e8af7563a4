import type { ServerProcess } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Prices } from "../analytics/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Nodes } from "../nodes/mod.ts";
import type { Feed, Store } from "../store/mod.ts";

/** What the benchmarks need. */
export interface BenchmarksOptions {
  store: Store;
  clock: Clock;
  log: Log;
  feed: Pick<Feed, "publish">;
  nodes: Nodes;
  prices: Pick<Prices, "list">;
  /** The processes of model servers on this machine; null where nobody can tell. */
  processes: (principal: Principal) => Promise<readonly ServerProcess[] | null>;
}
