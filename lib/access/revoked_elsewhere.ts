import { keys, type Store } from "../store/mod.ts";
import type { Profiles } from "./profiles/profiles.ts";
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

/**
 * Takes over what another process has changed of the profiles; what is open with a lost role or in a profile that is gone ends,
 * and with a first or a lost password too: what people at the machine have open belongs to no session that could be revoked.
 */
export async function profilesChangedElsewhere(profiles: Profiles, revocations: Revocations): Promise<void> {
  const before = await profiles.list();
  profiles.forget();
  const after = new Map((await profiles.list()).map((profile) => [profile.id, profile]));
  for (const { id, role, hasPassword } of before) {
    const now = after.get(id);
    if (now?.role !== role || now.hasPassword !== hasPassword) revocations.endAll(id);
  }
}
