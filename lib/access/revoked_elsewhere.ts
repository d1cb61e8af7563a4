import { keys, type Store } from "../store/mod.ts";
import type { Revocations } from "./revocations.ts";

/** Ends what is open here with keys and sessions of the profile that another process has revoked. */
export async function endRevokedElsewhere(
  store: Store,
  revocations: Revocations,
  profileId: string,
): Promise<void> {
  for (const id of revocations.idsOf(profileId)) {
    const [key, session] = await store.kv.getMany([keys.apiKey(profileId, id), keys.session(profileId, id)]);
    if (key.versionstamp === null && session.versionstamp === null) revocations.end(id);
  }
}
