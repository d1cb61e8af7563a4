import { LOCAL_PROFILE } from "../../../lib/access/mod.ts";
import { keys, openStore } from "../../../lib/store/mod.ts";

/** How many commits hold the logs of each group of runs, by the store's own stamps. Its process must have ended. */
export async function countCommits(folder: string, groups: string[][]): Promise<number[]> {
  const store = await openStore({ folder });
  try {
    const counts: number[] = [];
    for (const runIds of groups) {
      const stamps = new Set<string>();
      for (const id of runIds) {
        const entries = store.kv.list({ prefix: keys.runLog(LOCAL_PROFILE, id) });
        for await (const { versionstamp } of entries) stamps.add(versionstamp);
      }
      counts.push(stamps.size);
    }
    return counts;
  } finally {
    store.close();
  }
}
