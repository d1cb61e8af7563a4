import { backgroundPrincipal } from "../access/mod.ts";
import type { Log } from "../host/mod.ts";
import type { Runs } from "../runs/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";
import type { Processes } from "../studio/mod.ts";

/** Stops what goes on for a profile that is gone: its answers, and its projects' processes. */
export async function endWorkOf(
  { runs, processes, store, log }: {
    runs: Pick<Runs, "cancel">;
    processes: Pick<Processes, "stopAll">;
    store: Store;
    log: Log;
  },
  profileId: string,
): Promise<void> {
  try {
    await processes.stopAll(profileId);
    for await (const { value: { id, status } } of store.list(records.run, { prefix: keys.runs(profileId) })) {
      if (status === "running") await runs.cancel(backgroundPrincipal(profileId), id);
    }
  } catch (error) {
    // Its data goes all the same, and nothing is written to a run without a record.
    log.of("profiles").error("Cannot stop the work of a profile that is gone", { error });
  }
}
